package io.gatecast.core.kernel;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers of float ND4J arrays to and from the heap, in one copy whatever the strides, and from
 * DL4J's order {@code [batch, size, time]} to the kernels' {@code [time][batch][size]}.
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

  /** {@code [batch, size, time]} as {@code [time][batch][size]}. */
  static float[] timeFirst(INDArray array) {
    int batch = (int) array.size(0);
    int size = (int) array.size(1);
    int time = (int) array.size(2);
    float[] span = span(array);
    int byRow = array.stride(0);
    int byUnit = array.stride(1);
    int byStep = array.stride(2);
    float[] values = new float[time * batch * size];
    int at = 0;
    for (int t = 0; t < time; t++) {
      for (int b = 0; b < batch; b++) {
        int from = t * byStep + b * byRow;
        for (int k = 0; k < size; k++) {
          values[at++] = span[from + k * byUnit];
        }
      }
    }
    return values;
  }

  /** Writes {@code [time][batch][size]} into {@code [batch, size, time]}. */
  static void writeTimeFirst(float[] values, INDArray into) {
    int batch = (int) into.size(0);
    int size = (int) into.size(1);
    int time = (int) into.size(2);
    if (spanLength(into) != into.length()) {
      try (INDArray whole = Nd4j.createUninitializedDetached(DataType.FLOAT, into.shape())) {
        writeTimeFirst(values, whole);
        into.assign(whole);
      }
      return;
    }
    int byRow = into.stride(0);
    int byUnit = into.stride(1);
    int byStep = into.stride(2);
    float[] span = new float[values.length];
    int at = 0;
    for (int t = 0; t < time; t++) {
      for (int b = 0; b < batch; b++) {
        int to = t * byStep + b * byRow;
        for (int k = 0; k < size; k++) {
          span[to + k * byUnit] = values[at++];
        }
      }
    }
    put(span, into);
  }

  /** Writes a matrix row by row, or a vector. */
  static void writeRows(float[] values, INDArray into) {
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
