package io.gatecast.core.kernel;

import io.gatecast.core.spec.Segments;
import java.util.Arrays;

/**
 * The windows of some rows, normalised and cut into segments: one row for each channel of each
 * window. It remembers what was taken from them, so that it can be given back. See {@link
 * Segments}.
 */
final class SegmentWindows {
  private final Segments segments;
  private final int inputs;
  private final int perChannel;
  private final int width;
  private final int depth;
  private final int linearDepth;
  private int time;

  /** Rows: windows times channels. */
  int rows;

  /** Segments of a window. */
  int count;

  /** {@code [segment][row][depth]}: what is embedded. */
  float[] cut = new float[0];

  /** {@code [row][linear depth]}: the last values, for the linear map; empty without it. */
  float[] last = new float[0];

  /** What was taken from each row: μ and σ. */
  float[] centre = new float[0];

  float[] deviation = new float[0];

  SegmentWindows(PackedSegments packed, int inputs) {
    this.segments = packed.segments;
    this.inputs = inputs;
    this.perChannel = inputs / segments.channels();
    this.width = packed.width;
    this.depth = packed.embedding.depth;
    this.linearDepth = packed.linear.depth;
  }

  /**
   * Reads windows.
   *
   * @param x {@code [window][time][input]}
   * @param from the first
   * @param to the one after the last
   */
  void read(float[] x, int steps, int from, int to) {
    if (steps < segments.linear()) {
      throw new IllegalArgumentException(
          "time: expected at least "
              + segments.linear()
              + " steps, as many as the linear map reads, found "
              + steps);
    }
    time = steps;
    rows = (to - from) * segments.channels();
    count = segments.count(steps);
    int size = Math.multiplyExact(Math.multiplyExact(count, rows), depth);
    cut = RowsPass.room(cut, size);
    last = RowsPass.room(last, Math.multiplyExact(rows, linearDepth));
    centre = RowsPass.room(centre, rows);
    deviation = RowsPass.room(deviation, rows);
    Arrays.fill(cut, 0, Math.multiplyExact(rows, depth), 0); // before the window
    for (int row = 0; row < rows; row++) {
      int window = from + row / segments.channels();
      int at = window * steps * inputs + row % segments.channels() * perChannel;
      normalise(x, at, row);
      cut(x, at, row);
    }
  }

  private void normalise(float[] x, int at, int row) {
    double mean = 0;
    double squares = 1;
    if (segments.normalisation() == Segments.Normalisation.LAST_VALUE) {
      mean = x[at + (time - 1) * inputs];
    } else if (segments.normalisation() == Segments.Normalisation.INSTANCE) {
      for (int t = 0; t < time; t++) {
        mean += x[at + t * inputs];
      }
      mean /= time;
      squares = Segments.Normalisation.EPSILON;
      for (int t = 0; t < time; t++) {
        double away = x[at + t * inputs] - mean;
        squares += away * away / time;
      }
    }
    centre[row] = (float) mean;
    deviation[row] = (float) Math.sqrt(squares);
  }

  private void cut(float[] x, int at, int row) {
    float mu = centre[row];
    float factor = 1 / deviation[row];
    int before = count * segments.length() - time;
    for (int t = 0; t < time; t++) {
      int place = t + before;
      int segment = place / segments.length();
      int to = (segment * rows + row) * depth + place % segments.length() * perChannel;
      int from = at + t * inputs;
      float value = (x[from] - mu) * factor;
      cut[to] = value;
      System.arraycopy(x, from + 1, cut, to + 1, perChannel - 1);
      int ofLast = t - (time - segments.linear());
      if (ofLast >= 0) {
        last[row * linearDepth + ofLast] = value;
      }
    }
    for (int segment = 0; segment < count; segment++) { // room is used again, by other shapes too
      int end = (segment * rows + row) * depth;
      Arrays.fill(cut, end + width, end + depth, 0);
    }
    Arrays.fill(last, row * linearDepth + segments.linear(), (row + 1) * linearDepth, 0);
  }

  /** Where a segment's rows begin. */
  int at(int segment) {
    return segment * rows * depth;
  }
}
