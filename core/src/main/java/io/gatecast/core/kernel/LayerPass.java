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

  LayerPass(PackedWeights weights, int time, int batch, List<RowsPass> parts) {
    this.weights = weights;
    this.time = time;
    this.batch = batch;
    this.parts = parts;
  }

  /** Some rows' part of a mask {@code [batch][time]}; empty for none. */
  static float[] rowsOf(float[] mask, int time, int from, int to) {
    return mask.length == 0 ? mask : Arrays.copyOfRange(mask, from * time, to * time);
  }

  /** Writes all hidden vectors. */
  void hidden(Sequences into) {
    int row = 0;
    for (RowsPass part : parts) {
      int step = part.rows * weights.hidden; // h_0 is the first
      for (int t = 0; t < time; t++) {
        for (int r = 0; r < part.rows; r++) {
          int from = (t + 1) * step + r * weights.hidden;
          into.put(row + r, t, part.h, from, weights.shape.hidden());
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
      row = copyRows(part.h, part.stateAt(time), part.rows, last, row);
    }
    return last;
  }

  /** C after the last step, {@code [batch][hidden]}; empty for cells without it. */
  float[] lastCell() {
    if (!weights.shape.hasCellState()) {
      return new float[0];
    }
    float[] last = new float[batch * weights.shape.hidden()];
    int row = 0;
    for (RowsPass part : parts) {
      row = copyRows(part.c, part.cellAt(time), part.rows, last, row);
    }
    return last;
  }

  private int copyRows(float[] states, int at, int rows, float[] into, int firstRow) {
    int units = weights.shape.hidden();
    for (int r = 0; r < rows; r++) {
      System.arraycopy(states, at + r * weights.hidden, into, (firstRow + r) * units, units);
    }
    return firstRow + rows;
  }
}
