package io.gatecast.core.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * One layer's way over a batch of sequences, in the parts that the threads took: what {@link
 * FloatKernel#backward} needs, once.
 */
final class LayerPass {
  final PackedWeights weights;
  final int time;
  final int batch;
  final List<RowsPass> parts;
  private final float[] lastCell;

  LayerPass(PackedWeights weights, int time, int batch, List<RowsPass> parts) {
    this.weights = weights;
    this.time = time;
    this.batch = batch;
    this.parts = parts;
    this.lastCell = copyLastCell(); // at once: the way back overwrites cells
  }

  /** Some rows' part of a mask {@code [batch][time]}; empty for none. */
  static float[] rowsOf(float[] mask, int time, int from, int to) {
    return mask.length == 0 ? mask : Arrays.copyOfRange(mask, from * time, to * time);
  }

  /** Writes all hidden vectors. */
  void hidden(Sequences into) {
    int row = 0;
    for (RowsPass part : parts) {
      for (int t = 0; t < time; t++) {
        for (int r = 0; r < part.rows; r++) {
          into.put(row + r, t, part.xh, part.stateAt(t + 1, r), weights.shape.hidden());
        }
      }
      row += part.rows;
    }
  }

  /** Some rows' vectors as {@code [time][rows][padded hidden]}. */
  float[] padded(Sequences source, int from, int to) {
    float[] padded = new float[time * (to - from) * weights.hidden];
    int at = 0;
    for (int t = 0; t < time; t++) {
      for (int r = from; r < to; r++) {
        source.copy(r, t, padded, at, weights.shape.hidden());
        at += weights.hidden;
      }
    }
    return padded;
  }

  /** Writes some rows' vectors from {@code [time][rows][stride]}. */
  void put(float[] padded, int stride, int width, Sequences into, int from, int to) {
    int at = 0;
    for (int t = 0; t < time; t++) {
      for (int r = from; r < to; r++) {
        into.put(r, t, padded, at, width);
        at += stride;
      }
    }
  }

  /** h after the last step, {@code [batch][hidden]}. */
  float[] lastHidden() {
    float[] last = new float[batch * weights.shape.hidden()];
    int row = 0;
    for (RowsPass part : parts) {
      row = copyRows(part.xh, part.stateAt(time, 0), weights.depth, part.rows, last, row);
    }
    return last;
  }

  /** C after the last step, {@code [batch][hidden]}; empty for cells without it. */
  float[] lastCell() {
    return lastCell;
  }

  private float[] copyLastCell() {
    if (!weights.shape.hasCellState()) {
      return new float[0];
    }
    float[] last = new float[batch * weights.shape.hidden()];
    int row = 0;
    for (RowsPass part : parts) {
      row = copyRows(part.c, part.cellAt(time), weights.hidden, part.rows, last, row);
    }
    return last;
  }

  private int copyRows(float[] states, int at, int stride, int rows, float[] into, int firstRow) {
    int units = weights.shape.hidden();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(states, at + r * stride, into, (firstRow + r) * units, units);
    }
    return firstRow + rows;
  }
}
