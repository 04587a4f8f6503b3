package io.gatecast.core.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Which steps of which sequences are padding, in the order of a {@link Slab}'s rows. */
final class Padding implements AutoCloseable {
  private final int batch;
  private final boolean[] paddedSteps;

  /** {@code [steps·batch]}, true where a row is none. */
  private final INDArray taken;

  /** {@code [steps·batch, 1]}: 1 where a row is padding, else 0. */
  private final INDArray ones;

  /**
   * Reads a mask.
   *
   * @param mask {@code [batch, time]}, 0 where a step is padding
   * @param type of the slabs
   */
  Padding(INDArray mask, DataType type) {
    batch = (int) mask.size(0);
    int time = (int) mask.size(1);
    long rows = mask.length();
    INDArray values = Nd4j.createUninitializedDetached(DataType.DOUBLE, 'c', time, batch);
    values.assign(mask.permute(1, 0));
    double[] inOrder = values.data().asDouble();
    paddedSteps = new boolean[time];
    for (int row = 0; row < inOrder.length; row++) {
      paddedSteps[row / batch] |= inOrder[row] == 0;
    }
    // Not ScalarNotEquals, whose scalar comes from the caller's workspace.
    taken = Nd4j.createUninitializedDetached(DataType.BOOL, 'c', rows);
    taken.assign(values.reshape(rows));
    ones = Slab.zeros(type, rows, 1).assign(taken.reshape(rows, 1));
    ones.rsubi(1);
    values.close();
  }

  /** Whether any sequence has padding at a step. */
  boolean at(int t) {
    return paddedSteps[t];
  }

  /** Leaves the state as it was before the step, where the step is padding. */
  void carry(int t, INDArray before, INDArray after) {
    if (at(t)) {
      select(taken.get(ofStep(t)), after, before);
    }
  }

  /** Clears the rows of padding, of all steps, whatever is in them: 0 times NaN would not be 0. */
  void clear(INDArray allSteps) {
    INDArray none = Slab.zeros(allSteps.dataType(), allSteps.shape());
    select(taken, allSteps, none);
    none.close();
  }

  /** Clears all finite rows of a step but those of padding. */
  void keepOnly(int t, INDArray finite) {
    finite.muliColumnVector(ones.get(ofStep(t), NDArrayIndex.all()));
  }

  /** Adds 1 to the rows of padding, of all steps. */
  void plusOne(INDArray array) {
    array.addiColumnVector(ones);
  }

  private INDArrayIndex ofStep(int t) {
    return NDArrayIndex.interval((long) t * batch, (long) (t + 1) * batch);
  }

  private static void select(INDArray which, INDArray rows, INDArray others) {
    Nd4j.exec(
        DynamicCustomOp.builder("select").addInputs(which, rows, others).addOutputs(rows).build());
  }

  @Override
  public void close() {
    taken.close();
    ones.close();
  }
}
