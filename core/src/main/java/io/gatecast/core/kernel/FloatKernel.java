package io.gatecast.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.IntFunction;

/**
 * A recurrent layer in float on plain arrays: forward, and backward through time, with the rows of
 * the batch over the threads. What it computes with is its {@link Arithmetic}.
 *
 * <p>The same weights, inputs and number of threads give the same bits. It holds nothing between
 * calls and may be shared by threads.
 */
public final class FloatKernel {
  private final String name;
  private final Arithmetic arithmetic;
  private final int threads;

  FloatKernel(String name, Arithmetic arithmetic, int threads) {
    this.name = name;
    this.arithmetic = arithmetic;
    this.threads = threads;
  }

  /** How reports call it. */
  public String name() {
    return name;
  }

  /**
   * Runs a layer over a batch of sequences.
   *
   * @param shape the layer
   * @param weights its weights; read, not kept
   * @param x {@code [time][batch][inputs]}; kept by the pass, must not change before the way back
   * @param time steps, at least 1
   * @param batch sequences, at least 1
   * @param mask {@code [batch][time]}, 0 where a step is padding and carries the state through;
   *     empty for none
   * @param initialH {@code [batch][hidden]}; empty for zeros
   * @param initialC {@code [batch][hidden]} for an LSTM; empty for zeros
   * @param backward whether the way back will be asked for
   * @return the pass
   */
  public LayerPass forward(
      LayerShape shape,
      LayerWeights weights,
      float[] x,
      int time,
      int batch,
      float[] mask,
      float[] initialH,
      float[] initialC,
      boolean backward) {
    PackedWeights packed = new PackedWeights(arithmetic, shape, weights, backward);
    List<RowsPass> parts =
        overParts(
            batch,
            (part, from, to) -> {
              int rows = to - from;
              float[] own = rowsOf(x, time, batch, shape.inputs(), from, to);
              float[] ownMask =
                  mask.length == 0 ? mask : Arrays.copyOfRange(mask, from * time, to * time);
              RowsPass pass =
                  new RowsPass(packed, time, rows, withoutPadding(own, rows, ownMask), ownMask);
              spread(initialH, from, to, shape.hidden(), pass.h, packed.hidden);
              spread(initialC, from, to, shape.hidden(), pass.c, packed.hidden);
              new RowsLoop(arithmetic, pass).forward();
              return pass;
            });
    return new LayerPass(packed, time, batch, parts);
  }

  /**
   * What the way back finds.
   *
   * @param weights ∂L/∂weights, summed over batch and time
   * @param x ∂L/∂x, {@code [time][batch][inputs]}; empty if not asked for
   * @param initialH ∂L/∂h_0, {@code [batch][hidden]}
   * @param initialC ∂L/∂C_0, {@code [batch][hidden]} for an LSTM, else empty
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and handed on at once
  public record LayerGradient(
      LayerWeights weights, float[] x, float[] initialH, float[] initialC) {}

  /**
   * The way back through a pass, once: it overwrites what the pass kept.
   *
   * @param pass a forward pass made for it
   * @param dh ∂L/∂h_t by what reads h_t, {@code [time][batch][hidden]}
   * @param lastH ∂L/∂h_T by whoever carries the state on, {@code [batch][hidden]}; empty for zeros
   * @param lastC ∂L/∂C_T likewise for an LSTM; empty for zeros
   * @param wantX whether ∂L/∂x is asked for
   * @return the gradients
   */
  public LayerGradient backward(
      LayerPass pass, float[] dh, float[] lastH, float[] lastC, boolean wantX) {
    PackedWeights packed = pass.weights;
    LayerShape shape = packed.shape;
    int units = shape.hidden();
    int width = arithmetic.padded(shape.inputs());
    float[] dx = new float[wantX ? pass.time * pass.batch * shape.inputs() : 0];
    float[] initialH = new float[pass.batch * units];
    float[] initialC = new float[shape.hasCellState() ? initialH.length : 0];
    List<RowsLoop.RowsGradient> gradients =
        overParts(
            pass.batch,
            (part, from, to) -> {
              float[] own = rowsOf(dh, pass.time, pass.batch, units, from, to);
              float[] ownDx = new float[wantX ? pass.time * (to - from) * width : 0];
              RowsLoop.RowsGradient gradient = new RowsLoop.RowsGradient(packed, to - from);
              spread(lastH, from, to, units, gradient.carryH, packed.hidden);
              spread(lastC, from, to, units, gradient.carryC, packed.hidden);
              new RowsLoop(arithmetic, pass.parts.get(part)).backward(own, ownDx, gradient);
              for (int t = 0; wantX && t < pass.time; t++) {
                for (int r = from; r < to; r++) {
                  System.arraycopy(
                      ownDx,
                      (t * (to - from) + r - from) * width,
                      dx,
                      (t * pass.batch + r) * shape.inputs(),
                      shape.inputs());
                }
              }
              gather(gradient.carryH, packed.hidden, initialH, from, units);
              gather(gradient.carryC, packed.hidden, initialC, from, units);
              return gradient;
            });
    LayerWeights sum = LayerWeights.zeros(shape);
    for (RowsLoop.RowsGradient part : gradients) { // in order: the same sums every time
      packed.addGradient(part, sum);
    }
    return new LayerGradient(sum, dx, initialH, initialC);
  }

  /** Some rows of {@code [time][batch][width]}, as {@code [time][rows][width]}. */
  private static float[] rowsOf(float[] all, int time, int batch, int width, int from, int to) {
    if (to - from == batch) {
      return all;
    }
    int size = (to - from) * width;
    float[] own = new float[time * size];
    for (int t = 0; t < time; t++) {
      System.arraycopy(all, (t * batch + from) * width, own, t * size, size);
    }
    return own;
  }

  /** Whatever stands in a padding step, NaN included, must not reach a product: it is made 0. */
  private static float[] withoutPadding(float[] x, int rows, float[] mask) {
    if (mask.length == 0) {
      return x;
    }
    float[] clean = x.clone();
    int time = mask.length / rows;
    int inputs = x.length / mask.length;
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < time; t++) {
        if (mask[r * time + t] == 0) {
          int at = (t * rows + r) * inputs;
          Arrays.fill(clean, at, at + inputs, 0);
        }
      }
    }
    return clean;
  }

  private static void spread(
      float[] rows, int from, int to, int width, float[] padded, int stride) {
    for (int r = from; r < to && rows.length > 0; r++) {
      System.arraycopy(rows, r * width, padded, (r - from) * stride, width);
    }
  }

  private static void gather(float[] padded, int stride, float[] rows, int firstRow, int width) {
    for (int r = 0; r * stride < padded.length; r++) {
      System.arraycopy(padded, r * stride, rows, (firstRow + r) * width, width);
    }
  }

  private interface RowsTask<T> {
    T run(int part, int from, int to);
  }

  /** Shares out the rows evenly; results in the rows' order. */
  private <T> List<T> overParts(int batch, RowsTask<T> task) {
    int parts = Math.min(threads, batch);
    IntFunction<T> part = p -> task.run(p, batch * p / parts, batch * (p + 1) / parts);
    List<ForkJoinTask<T>> others = new ArrayList<>();
    for (int p = 1; p < parts; p++) {
      int index = p;
      others.add(ForkJoinPool.commonPool().submit(() -> part.apply(index)));
    }
    List<T> results = new ArrayList<>();
    results.add(part.apply(0));
    for (ForkJoinTask<T> other : others) {
      results.add(other.join());
    }
    return results;
  }
}
