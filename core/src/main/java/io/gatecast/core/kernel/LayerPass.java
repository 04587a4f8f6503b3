package io.gatecast.core.kernel;

import java.util.List;
import java.util.function.Function;

/**
 * One layer's way over a batch of sequences, in the parts that the threads took: what {@link
 * FloatKernel#backward} needs, once.
 */
public final class LayerPass {
  final PackedWeights weights;
  final int time;
  final int batch;
  final List<RowsPass> parts;

  LayerPass(PackedWeights weights, int time, int batch, List<RowsPass> parts) {
    this.weights = weights;
    this.time = time;
    this.batch = batch;
    this.parts = parts;
  }

  /** All hidden vectors, {@code [time][batch][hidden]}. */
  public float[] hidden() {
    int units = weights.shape.hidden();
    float[] hidden = new float[time * batch * units];
    for (int t = 0; t < time; t++) {
      copyStates(part -> part.h, t + 1, hidden, t * batch * units);
    }
    return hidden;
  }

  /** h after the last step, {@code [batch][hidden]}. */
  public float[] lastHidden() {
    float[] last = new float[batch * weights.shape.hidden()];
    copyStates(part -> part.h, time, last, 0);
    return last;
  }

  /** C after the last step, {@code [batch][hidden]}; empty for cells without it. */
  public float[] lastCell() {
    if (!weights.shape.hasCellState()) {
      return new float[0];
    }
    float[] last = new float[batch * weights.shape.hidden()];
    copyStates(part -> part.c, time, last, 0);
    return last;
  }

  /** The states before step t of all rows, without padding, part after part. */
  private void copyStates(Function<RowsPass, float[]> states, int t, float[] into, int at) {
    int units = weights.shape.hidden();
    int to = at;
    for (RowsPass part : parts) {
      for (int r = 0; r < part.rows; r++) {
        System.arraycopy(states.apply(part), (t * part.rows + r) * weights.hidden, into, to, units);
        to += units;
      }
    }
  }
}
