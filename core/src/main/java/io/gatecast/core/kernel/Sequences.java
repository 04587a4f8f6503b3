package io.gatecast.core.kernel;

/**
 * A batch of sequences of vectors in an array, by strides: a view that copies vectors out and in.
 *
 * @param values the array itself
 * @param at where the first vector begins
 * @param byRow numbers from one sequence to the next
 * @param byStep numbers from one step to the next
 * @param byUnit numbers from one element of a vector to the next
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record Sequences(float[] values, int at, int byRow, int byStep, int byUnit) {
  /** Copies a vector out. */
  void copy(int row, int step, float[] into, int intoAt, int n) {
    int from = at + row * byRow + step * byStep;
    if (byUnit == 1) {
      System.arraycopy(values, from, into, intoAt, n);
      return;
    }
    for (int k = 0; k < n; k++) {
      into[intoAt + k] = values[from + k * byUnit];
    }
  }

  /** Copies a vector in. */
  void put(int row, int step, float[] source, int sourceAt, int n) {
    int to = at + row * byRow + step * byStep;
    if (byUnit == 1) {
      System.arraycopy(source, sourceAt, values, to, n);
      return;
    }
    for (int k = 0; k < n; k++) {
      values[to + k * byUnit] = source[sourceAt + k];
    }
  }
}
