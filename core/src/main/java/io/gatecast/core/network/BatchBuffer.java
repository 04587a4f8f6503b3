package io.gatecast.core.network;

import io.gatecast.core.samples.Samples;

/**
 * Copies windows and targets into one pair of arrays, over and over: what it gave before is
 * overwritten, and nothing is left for the collector. One thread at a time.
 */
public final class BatchBuffer {
  private final Samples samples;
  private final int rows;
  private final float[] x;
  private final float[] y;

  /**
   * Makes room.
   *
   * @param samples where windows come from
   * @param rows windows a batch, at least 1; the last batch may be smaller
   * @throws ArithmeticException if a batch has more numbers than an array has elements
   */
  public BatchBuffer(Samples samples, int rows) {
    this.samples = samples;
    this.rows = Math.min(rows, samples.size());
    int window = Math.multiplyExact(samples.lookback(), samples.inputs());
    this.x = new float[Math.multiplyExact(this.rows, window)];
    this.y = new float[Math.multiplyExact(this.rows, samples.outputs())];
  }

  /**
   * Fills the arrays.
   *
   * @param order window indices
   * @param from where in the order the batch begins
   * @return the windows from there on, as many as fit or are left; valid until the next call
   */
  public Batch fill(int[] order, int from) {
    int size = Math.min(rows, order.length - from);
    int window = samples.lookback() * samples.inputs();
    for (int row = 0; row < size; row++) {
      samples.input(order[from + row], x, row * window);
      samples.target(order[from + row], y, row * samples.outputs());
    }
    return new Batch(size, samples.lookback(), x, y);
  }
}
