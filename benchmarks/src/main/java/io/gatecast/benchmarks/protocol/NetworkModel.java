package io.gatecast.benchmarks.protocol;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.training.Trained;
import io.gatecast.core.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Recurrent networks under the protocol, trained and stopped as in any job: by {@link Trainer}, the
 * best epoch on the validation part being kept.
 */
final class NetworkModel implements ProtocolModel {
  /** From a seed to its members': far enough apart that no two seeds share one. */
  private static final long SEED_STRIDE = 1000;

  private final String name;
  private final Recipes recipes;

  /** Where recipes come from. */
  @FunctionalInterface
  interface Recipes {
    Recipe of(ProtocolCell cell);
  }

  NetworkModel(String name, Recipes recipes) {
    this.name = name;
    this.recipes = recipes;
  }

  @Override
  public String name() {
    return name;
  }

  /** How a task's network is made. */
  Recipe recipe(ProtocolCell cell) {
    return recipes.of(cell);
  }

  @Override
  public String settings(ProtocolCell cell) {
    return recipes.of(cell).toString();
  }

  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public ProtocolForecaster fit(
      ProtocolCell cell, ProtocolData data, long seed, ProgressListener progress) {
    Recipe recipe = recipes.of(cell);
    NetworkSpec spec = recipe.spec(cell, data.channels());
    ProtocolWindows train = data.windows(ProtocolPart.TRAIN, cell.lookback(), cell.horizon());
    ProtocolWindows validation =
        data.windows(ProtocolPart.VALIDATION, cell.lookback(), cell.horizon());
    List<Trained> members = new ArrayList<>();
    try {
      for (int member = 0; member < recipe.members(); member++) {
        int before = member * recipe.epochs();
        double epochs = (double) recipe.members() * recipe.epochs();
        members.add(
            new Trainer()
                .train(
                    spec,
                    recipe.training(seed * SEED_STRIDE + member),
                    train,
                    validation,
                    report ->
                        progress.progress(
                            (before + report.epoch()) / epochs,
                            String.format(
                                Locale.ROOT,
                                "epoch %d of %.0f, validation loss %.4f",
                                before + report.epoch(),
                                epochs,
                                report.validationLoss()))));
      }
      MeanForecaster network = new MeanForecaster(cell, spec, members);
      if (!recipe.gated()) {
        return network;
      }
      double pValue = LastValueGate.pValue(network, validation);
      return new Gated(network, new RepeatLast().fit(cell, data, 0, progress), pValue);
    } catch (RuntimeException | Error e) {
      members.forEach(trained -> trained.network().close());
      throw e;
    }
  }

  /** The mean of the members' forecasts. */
  private static final class MeanForecaster implements ProtocolForecaster {
    private final ProtocolCell cell;
    private final NetworkSpec spec;
    private final List<Trained> members;
    private float[] one = new float[0];
    private float[] mean = new float[0];

    MeanForecaster(ProtocolCell cell, NetworkSpec spec, List<Trained> members) {
      this.cell = cell;
      this.spec = spec;
      this.members = members;
    }

    @Override
    public float[] forecast(float[] inputs, int windows) {
      int size = windows * spec.outputs();
      if (mean.length < size) {
        mean = new float[size];
        one = new float[size];
      }
      Arrays.fill(mean, 0, size, 0);
      for (Trained member : members) {
        RecurrentNetwork network = member.network();
        network.forecast(inputs, windows, cell.lookback(), one);
        for (int i = 0; i < size; i++) {
          mean[i] += one[i] / members.size();
        }
      }
      return mean;
    }

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("epochs", members.stream().mapToInt(Trained::epochs).sum());
      facts.put("best_epochs", members.stream().map(Trained::bestEpoch).toList().toString());
      facts.put("parameters", spec.parameters() * members.size());
      return facts;
    }

    @Override
    public void close() {
      members.forEach(trained -> trained.network().close());
    }
  }

  /** The network where it has passed, else the last value. */
  private record Gated(ProtocolForecaster network, ProtocolForecaster last, double pValue)
      implements ProtocolForecaster {
    @Override
    public float[] forecast(float[] inputs, int windows) {
      return (LastValueGate.passes(pValue) ? network : last).forecast(inputs, windows);
    }

    @Override
    public Map<String, Object> facts() {
      Map<String, Object> facts = new LinkedHashMap<>(network.facts());
      facts.put(
          LastValueGate.FACT, LastValueGate.passes(pValue) ? "network" : LastValueGate.LAST_VALUE);
      facts.put("gate_p_value", Double.isNaN(pValue) ? "no verdict" : pValue);
      return facts;
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
