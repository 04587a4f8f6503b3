package io.gatecast.core.kernel;

/**
 * A batch of sequences of vectors in an array, by strides: a view that copies vectors out and in.
 *
 * @param values the array itself
 * @param byRow numbers from one sequence to the next
 * @param byStep numbers from one step to the next
 * @param byUnit numbers from one element of a vector to the next
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Sequences(float[] values, int byRow, int byStep, int byUnit) {
  /** Copies a vector out. */
  void copy(int row, int step, float[] into, int at, int n) {
    int from = row * byRow + step * byStep;
    if (byUnit == 1) {
      System.arraycopy(values, from, into, at, n);
      return;
    }
    for (int k = 0; k < n; k++) {
      into[at + k] = values[from + k * byUnit];
    }
  }

  /** Copies a vector in. */
  void put(int row, int step, float[] source, int at, int n) {
    int to = row * byRow + step * byStep;
    if (byUnit == 1) {
      System.arraycopy(source, at, values, to, n);
      return;
    }
    for (int k = 0; k < n; k++) {
      values[to + k * byUnit] = source[at + k];
    }
  }
}
