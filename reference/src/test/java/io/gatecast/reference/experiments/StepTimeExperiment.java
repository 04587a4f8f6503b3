package io.gatecast.reference.experiments;

import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.training.Adam;
import io.gatecast.reference.training.Clipping;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Loss;
import io.gatecast.reference.training.Objective;
import io.gatecast.reference.training.OptimizerState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The time of a training step (forward, backward, clipping, Adam) of the GRU and the LSTM as a
 * multiple of the vanilla RNN's, by the oracle itself.
 *
 * <p>The cells take turns in one thread, while nothing else of the experiments runs; the ratio is
 * taken within each round, and its median is reported. Seconds are not: they are the machine's.
 */
final class StepTimeExperiment {
  static final List<Contender> CELLS = List.of(Contender.RNN, Contender.GRU, Contender.LSTM);
  static final int LENGTH = 50;
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 101;

  private StepTimeExperiment() {}

  /** The ratios for networks of this many hidden units, on the adding problem. */
  static Map<Contender, Double> ratios(int hidden) {
    List<Example> batch = MemoryTask.ADDING.draw(TrainingRun.BATCH, LENGTH, new Random(1));
    Map<Contender, List<Double>> ratios = new EnumMap<>(Contender.class);
    CELLS.forEach(cell -> ratios.put(cell, new ArrayList<>()));
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      Map<Contender, Long> nanos = new EnumMap<>(Contender.class);
      CELLS.forEach(cell -> nanos.put(cell, step(cell, hidden, batch)));
      if (round >= 0) {
        double vanilla = nanos.getOrDefault(Contender.RNN, 0L);
        ratios.forEach((cell, list) -> list.add(nanos.getOrDefault(cell, 0L) / vanilla));
      }
    }
    Map<Contender, Double> medians = new EnumMap<>(Contender.class);
    ratios.forEach(
        (cell, list) -> medians.put(cell, Numbers.median(list.stream().sorted().toList())));
    return medians;
  }

  private static long step(Contender cell, int hidden, List<Example> batch) {
    MemoryTask task = MemoryTask.ADDING;
    ReferenceNetwork network =
        cell.network(task.inputSize(), hidden, task.outputSize(), task.readout(), LENGTH, 1);
    Objective objective = new Objective(new Loss.Squared());
    Clipping clipping = new Clipping.ByGlobalNorm(1);
    OptimizerState state = new Adam(0.001).start();
    long start = System.nanoTime();
    ReferenceNetwork updated =
        network.withWeights(
            state.update(
                network.weights(), clipping.apply(objective.gradient(network, batch).weights())));
    long nanos = System.nanoTime() - start;
    if (updated.weights().equals(network.weights())) {
      throw new IllegalStateException("weights: expected an update, found none");
    }
    return nanos;
  }
}
