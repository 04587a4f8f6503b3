package io.gatecast.core.kernel;

import org.nd4j.linalg.api.blas.params.MMulTranspose;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A matrix with a row for each sequence of each step, {@code [steps·batch, columns]}: a step is
 * some rows without gaps, and all steps together are one operand of a product. It belongs to no
 * workspace, and its memory is given back when it is closed.
 */
final class Slab implements AutoCloseable {
  private final INDArray all;
  private final int steps;
  private final int batch;

  /** Zeros. */
  Slab(DataType type, int steps, int batch, int columns) {
    this.all = zeros(type, Math.multiplyExact(steps, batch), columns);
    this.steps = steps;
    this.batch = batch;
  }

  /** An array of zeros that belongs to no workspace. */
  static INDArray zeros(DataType type, long... shape) {
    return Nd4j.createUninitializedDetached(type, 'c', shape).assign(0);
  }

  /** A copy that belongs to no workspace, row by row. */
  static INDArray copy(INDArray array) {
    return Nd4j.createUninitializedDetached(array.dataType(), 'c', array.shape()).assign(array);
  }

  /** Some columns of a matrix, as a view. */
  static INDArray columns(INDArray matrix, int from, int count) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count));
  }

  /** {@code sum += A B}, for any strides. */
  static void addProduct(INDArray a, INDArray b, INDArray sum) {
    Nd4j.exec(new Mmul(a, b, sum, 1, 1, MMulTranspose.builder().build()));
  }

  /** {@code sum += A^T B}. */
  static void addTransposedProduct(INDArray a, INDArray b, INDArray sum) {
    Nd4j.exec(new Mmul(a, b, sum, 1, 1, MMulTranspose.builder().transposeA(true).build()));
  }

  /** {@code sum += A B^T}. */
  static void addProductTransposed(INDArray a, INDArray b, INDArray sum) {
    Nd4j.exec(new Mmul(a, b, sum, 1, 1, MMulTranspose.builder().transposeB(true).build()));
  }

  INDArray all() {
    return all;
  }

  /** Some columns of all steps, as a view. */
  INDArray columns(int from, int count) {
    return columns(all, from, count);
  }

  /** Some steps one after the other, as a view. */
  INDArray steps(int from, int to) {
    return all.get(
        NDArrayIndex.interval((long) from * batch, (long) to * batch), NDArrayIndex.all());
  }

  /** One step, {@code [batch, columns]}, as a view. */
  INDArray step(int t) {
    return steps(t, t + 1);
  }

  /** Some columns of one step, as a view. */
  INDArray step(int t, int from, int count) {
    return all.get(
        NDArrayIndex.interval((long) t * batch, (long) (t + 1) * batch),
        NDArrayIndex.interval(from, from + count));
  }

  /** Takes over an array {@code [batch, columns, steps]}. */
  void read(INDArray array) {
    all.reshape('c', steps, batch, all.columns()).assign(array.permute(2, 0, 1));
  }

  /** Writes the steps from the one given on into an array {@code [batch, columns, steps]}. */
  void write(int from, INDArray array) {
    INDArray some = steps(from, steps);
    array.assign(some.reshape('c', steps - from, batch, all.columns()).permute(1, 2, 0));
  }

  @Override
  public void close() {
    all.close();
  }
}
