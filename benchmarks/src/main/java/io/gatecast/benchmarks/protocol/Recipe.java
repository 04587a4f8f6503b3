package io.gatecast.benchmarks.protocol;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.spec.ScheduleSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a network is made and trained for a task. {@code NOTES.md} tells how each was chosen, and
 * what else was tried. A value.
 *
 * @param cell kind and variant
 * @param hidden units of the layer
 * @param segments how windows are read; empty for step by step
 * @param loss what training minimises
 * @param learningRate Adam's, at its highest
 * @param epochs passes over the train windows
 * @param batch windows a step
 * @param members networks that differ by their seed alone and whose forecasts are averaged
 * @param gated whether the last value is forecast where the network has not passed {@link
 *     LastValueGate}
 */
record Recipe(
    CellSpec cell,
    int hidden,
    Optional<Cut> segments,
    Loss loss,
    double learningRate,
    int epochs,
    int batch,
    int members,
    boolean gated) {

  private static final double CLIP_NORM = 1;
  private static final double WARM_UP = .1; // epochs

  /**
   * What a recipe says of segments.
   *
   * @param length steps of one
   * @param normalisation what is taken from a window
   * @param dropout before the head
   * @param linear whether a linear map of the whole look-back stands beside
   */
  record Cut(int length, Segments.Normalisation normalisation, double dropout, boolean linear) {
    /** Another length. */
    Cut of(int steps) {
      return new Cut(steps, normalisation, dropout, linear);
    }
  }

  /** With another cell. */
  Recipe with(CellSpec other) {
    return new Recipe(other, hidden, segments, loss, learningRate, epochs, batch, members, gated);
  }

  /** With another number of members. */
  Recipe ensemble(int of) {
    return new Recipe(cell, hidden, segments, loss, learningRate, epochs, batch, of, gated);
  }

  /** The same behind the gate. */
  Recipe behindGate() {
    return new Recipe(cell, hidden, segments, loss, learningRate, epochs, batch, members, true);
  }

  /** The network of a task. */
  NetworkSpec spec(ProtocolCell task, int channels) {
    if (segments.isEmpty()) {
      int outputs = Math.multiplyExact(task.horizon(), channels);
      return NetworkSpec.uniform(cell, channels, hidden, 1, outputs, 0, loss);
    }
    Cut cut = segments.get();
    Segments of =
        new Segments(
            cut.length(),
            hidden,
            channels,
            cut.normalisation(),
            cut.dropout(),
            cut.linear() ? task.lookback() : 0);
    return NetworkSpec.segmented(cell, channels, hidden, task.horizon(), of, loss);
  }

  /** The training of a member. */
  TrainingSpec training(long seed) {
    return TrainingSpec.adam(epochs, batch, learningRate, epochs, CLIP_NORM, seed)
        .with(new OptimiserSpec.Adam(learningRate))
        .with(new ScheduleSpec.Cosine(WARM_UP, 0));
  }

  /** All of it, as rows tell it. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(cell.label() + " " + hidden);
    segments.ifPresent(
        cut -> {
          parts.add("segments of " + cut.length());
          parts.add(cut.normalisation().name().toLowerCase(Locale.ROOT).replace('_', ' '));
          parts.add("dropout " + cut.dropout());
          if (cut.linear()) {
            parts.add("linear map");
          }
        });
    parts.add(loss.label());
    parts.add("Adam " + learningRate + ", cosine");
    parts.add("batch " + batch);
    parts.add(epochs + " epochs");
    if (members > 1) {
      parts.add(members + " members");
    }
    if (gated) {
      parts.add("gated");
    }
    return String.join(", ", parts);
  }
}
