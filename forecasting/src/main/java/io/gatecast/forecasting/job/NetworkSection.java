package io.gatecast.forecasting.job;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.NetworkSettings.Strategy;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a job file that say what its network is. What a network of segments takes from each
 * window, and what the job's window transform takes, decide on each other's default, so that the
 * last value is taken once: see {@link #window} and {@link #settings}.
 */
final class NetworkSection {
  private static final int MOST = 1_000_000;
  private static final int MOST_UNITS = 65_536;
  private static final CellSpec WEATHER = new CellSpec.Gru(CellSpec.Reset.AFTER);

  private final YamlSection network;
  private final boolean windowGiven;
  private final NetworkSettings stepwise;
  private final @Nullable Segments segments;
  private final Optional<Normalisation> normalisation;

  private NetworkSection(
      YamlSection network,
      boolean windowGiven,
      NetworkSettings stepwise,
      @Nullable Segments segments,
      Optional<Normalisation> normalisation) {
    this.network = network;
    this.windowGiven = windowGiven;
    this.stepwise = stepwise;
    this.segments = segments;
    this.normalisation = normalisation;
  }

  /**
   * Reads them.
   *
   * @param preset whose network it is where a job says nothing of it
   */
  static NetworkSection read(YamlSection top, Preset preset) {
    if (preset == Preset.WEATHER && !top.has("network")) {
      return new NetworkSection(
          top.section("network", "network: {cell: gru, hidden: 32, lookback: 28, segment: 7}"),
          top.has("window"),
          new NetworkSettings(WEATHER, 32, 1, 28, 0, new Loss.Squared()),
          new Segments(7, 32, 1, Normalisation.NONE, .2, 0),
          Optional.empty());
    }
    YamlSection network = top.section("network", "network: {cell: lstm, hidden: 32, lookback: 28}");
    boolean segmented = network.has("segment");
    CellSpec cell = cell(network);
    int hidden = (int) network.wholeOr("hidden", 32, 1, MOST_UNITS);
    int layers = (int) network.wholeOr("layers", 1, 1, 100);
    int lookback = (int) network.wholeOr("lookback", 28, 1, MOST);
    double dropout = network.numberOr("dropout", 0, 0, false, 1);
    if (dropout > 0 && layers == 1 && !segmented) {
      throw network.faultAt(
          "dropout", "no dropout with one layer: it acts between layers", "raise network.layers");
    }
    Loss[] losses = {
      new Loss.Squared(), new Loss.Absolute(), new Loss.Huber(1), NetworkSettings.quantiles()
    };
    Loss loss = network.choiceOr("loss", new Loss.Squared(), losses, NetworkSection::label);
    Strategy strategy =
        network.choiceOr("strategy", Strategy.DIRECT, Strategy.values(), Strategy::label);
    int ensemble = (int) network.wholeOr("ensemble", 1, 1, 1000);
    if (strategy == Strategy.RECURSIVE && loss instanceof Loss.Quantiles) {
      throw network.faultAt(
          "strategy",
          "strategy: direct beside loss: quantiles, which cannot be read back as an input",
          "remove one of the two");
    }
    Optional<Normalisation> normalisation =
        network.has("normalisation")
            ? Optional.of(
                network.choiceOr(
                    "normalisation",
                    Normalisation.NONE,
                    Normalisation.values(),
                    NetworkSettings::label))
            : Optional.empty();
    Segments segments = segments(network, hidden, layers, lookback, dropout, strategy);
    network.rejectUnknown();
    double between = segmented ? 0 : dropout;
    NetworkSettings stepwise =
        new NetworkSettings(cell, hidden, layers, lookback, between, loss, strategy, ensemble);
    return new NetworkSection(network, top.has("window"), stepwise, segments, normalisation);
  }

  /** Without a normalisation yet; null where the network reads step by step. */
  private static @Nullable Segments segments(
      YamlSection network,
      int hidden,
      int layers,
      int lookback,
      double dropout,
      Strategy strategy) {
    int length = (int) network.wholeOr("segment", 0, 1, MOST);
    int embedding = (int) network.wholeOr("embedding", hidden, 1, MOST_UNITS);
    boolean linear = network.flagOr("linear", false);
    if (length == 0) {
      for (String key : new String[] {"embedding", "normalisation", "linear"}) {
        if (network.has(key)) {
          throw network.faultAt(
              key, "it beside network.segment only", "set network.segment, or remove it");
        }
      }
      return null;
    }
    if (length > lookback) {
      throw network.faultAt(
          "segment",
          "a segment of at most the " + lookback + " steps of network.lookback",
          "shorten it, or raise network.lookback");
    }
    if (layers > 1) {
      throw network.faultAt(
          "layers", "one layer beside network.segment", "remove it, or network.segment");
    }
    if (strategy == Strategy.RECURSIVE) {
      throw network.faultAt(
          "strategy",
          "strategy: direct beside network.segment, which gives all steps at once",
          "remove one of the two");
    }
    return new Segments(length, embedding, 1, Normalisation.NONE, dropout, linear ? lookback : 0);
  }

  /** As job files write it: the levels of quantiles are always the same. */
  static String label(Loss loss) {
    return loss instanceof Loss.Quantiles
        ? "quantiles"
        : loss instanceof Loss.Huber ? "huber" : loss.label();
  }

  private static CellSpec cell(YamlSection network) {
    String[] names = {"rnn", "gru", "lstm"};
    String name = network.choiceOr("cell", "lstm", names, one -> one);
    CellSpec.Activation activation =
        network.choiceOr(
            "activation",
            CellSpec.Activation.TANH,
            CellSpec.Activation.values(),
            CellSpec.Activation::label);
    CellSpec.Reset reset =
        network.choiceOr(
            "reset", CellSpec.Reset.BEFORE, CellSpec.Reset.values(), CellSpec.Reset::label);
    if (network.has("activation") && !name.equals("rnn")) {
      throw network.faultAt("activation", "an activation for cell: rnn only", "remove it");
    }
    if (network.has("reset") && !name.equals("gru")) {
      throw network.faultAt("reset", "a reset for cell: gru only", "remove it");
    }
    return switch (name) {
      case "rnn" -> new CellSpec.Rnn(activation);
      case "gru" -> new CellSpec.Gru(reset);
      default -> new CellSpec.Lstm();
    };
  }

  /** Steps that a forecast reads. */
  int lookback() {
    return stepwise.lookback();
  }

  /**
   * What is taken from a window where the job does not say. A network of segments does it itself,
   * from what it reads of the target and in what it gives alike, and leaves the other features as
   * they are; only where that is switched off does the job's own default stand.
   *
   * @param usual the default for the target's transform
   */
  WindowTransform window(WindowTransform usual) {
    boolean itself = normalisation.map(one -> one != Normalisation.NONE).orElse(true);
    return segments != null && itself ? WindowTransform.NONE : usual;
  }

  /**
   * The network. Where neither window nor normalisation is given, one of segments that reads levels
   * takes the last value; changes, such as returns, have none worth taking.
   *
   * @param window what the job takes from each window
   * @param levels whether the target is read as levels, not as changes
   * @throws io.gatecast.forecasting.JobFault if the network would give back what the job took from
   *     the targets alone
   */
  NetworkSettings settings(WindowTransform window, boolean levels) {
    if (segments == null) {
      return stepwise;
    }
    Normalisation chosen =
        normalisation.orElse(
            levels && !windowGiven ? Normalisation.LAST_VALUE : Normalisation.NONE);
    if (chosen != Normalisation.NONE && window == WindowTransform.SUBTRACT_LAST) {
      throw network.faultAt(
          "normalisation",
          "none beside window: subtract-last, which takes the last value from what the network"
              + " learns and leaves it in what it reads",
          "set window: none, or remove network.normalisation");
    }
    return stepwise.with(
        Optional.of(
            new Segments(
                segments.length(),
                segments.embedding(),
                segments.channels(),
                chosen,
                segments.dropout(),
                segments.linear())));
  }
}
