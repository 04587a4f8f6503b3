package io.gatecast.core.kernel;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers of float ND4J arrays to and from the heap, in one copy whatever the strides; DL4J's
 * {@code [batch, size, time]} as views of sequences.
 */
final class FloatArrays {
  private FloatArrays() {}

  /** The memory from an array's first number to its last, gaps included. */
  private static float[] span(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("array: expected FLOAT, found " + array.dataType());
    }
    if (array.wasClosed()) {
      throw new IllegalStateException("array: expected a live one, found one that was closed");
    }
    float[] span = new float[Math.toIntExact(spanLength(array))];
    new FloatPointer(array.data().addressPointer()).position(0).get(span);
    return span;
  }

  private static long spanLength(INDArray array) {
    long length = 1;
    for (int dimension = 0; dimension < array.rank(); dimension++) {
      length += (array.size(dimension) - 1) * array.stride(dimension);
    }
    return length;
  }

  /** All numbers of a vector or matrix, row by row. */
  static float[] rows(INDArray array) {
    float[] span = span(array);
    if (array.rank() < 2) {
      return strided(span, 1, array.length(), 0, array.rank() == 0 ? 1 : array.stride(0));
    }
    return strided(span, array.size(0), array.size(1), array.stride(0), array.stride(1));
  }

  private static float[] strided(
      float[] span, long rows, long columns, long rowStride, long columnStride) {
    if (columnStride == 1 && (rows == 1 || rowStride == columns)) {
      return span;
    }
    float[] values = new float[Math.toIntExact(rows * columns)];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[r * (int) columns + c] = span[(int) (r * rowStride + c * columnStride)];
      }
    }
    return values;
  }

  /** The sequences of {@code [batch, size, time]}, as they lie. */
  static Sequences sequences(INDArray array) {
    return new Sequences(span(array), 0, array.stride(0), array.stride(2), array.stride(1));
  }

  /** Room for sequences that {@link #write} will take. */
  static Sequences room(INDArray into) {
    float[] values = new float[Math.toIntExact(into.length())];
    if (isDense(into)) {
      return new Sequences(values, 0, into.stride(0), into.stride(2), into.stride(1));
    }
    int batch = (int) into.size(0);
    int size = (int) into.size(1);
    return new Sequences(values, 0, 1, batch * size, batch); // as order 'f' lies
  }

  private static boolean isDense(INDArray array) {
    return spanLength(array) == array.length();
  }

  /** Writes sequences into the array for which {@link #room} was made. */
  static void write(Sequences sequences, INDArray into) {
    if (isDense(into)) {
      put(sequences.values(), into);
      return;
    }
    try (INDArray whole = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', into.shape())) {
      put(sequences.values(), whole);
      into.assign(whole);
    }
  }

  /** Writes a matrix row by row, or a vector, from a place in an array on. */
  static void writeRows(float[] source, int at, INDArray into) {
    int length = Math.toIntExact(into.length());
    float[] values =
        at == 0 && source.length == length ? source : Arrays.copyOfRange(source, at, at + length);
    boolean byRows =
        into.rank() < 2
            ? into.rank() == 0 || into.stride(0) == 1
            : into.stride(1) == 1 && into.stride(0) == into.size(1);
    if (byRows) {
      put(values, into);
      return;
    }
    try (INDArray whole = Nd4j.createUninitializedDetached(DataType.FLOAT, into.shape())) {
      put(values, whole);
      into.assign(whole);
    }
  }

  private static void put(float[] values, INDArray into) {
    if (into.dataType() != DataType.FLOAT || into.length() != values.length) {
      throw new IllegalArgumentException(
          "into: expected "
              + values.length
              + " numbers in FLOAT, found "
              + into.shapeInfoToString());
    }
    new FloatPointer(into.data().addressPointer()).position(0).put(values);
  }
}
