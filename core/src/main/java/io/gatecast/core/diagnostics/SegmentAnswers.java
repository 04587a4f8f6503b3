package io.gatecast.core.diagnostics;

import io.gatecast.core.kernel.LayerArrays;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.kernel.LayerState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer's answers to the questions of a horizon's segments: one step each, all from one state,
 * run through a kernel at once, and back. Closing it frees what lies off the heap, but for the
 * weights.
 */
final class SegmentAnswers implements AutoCloseable {
  private final LayerShape shape;
  private final LayerArrays unread;
  private final DataType type;
  private final int count;
  private final INDArray questions;
  private final INDArray state;
  private final @Nullable INDArray cell;
  private final INDArray out;
  private final LayerKernel.Pass pass;

  /**
   * Asks.
   *
   * @param weights the layer's
   * @param unread receives gradients of weights, which nobody reads
   * @param asked {@code [question][input]}
   * @param h the state after the last segment, {@code [hidden]}
   * @param c likewise for an LSTM's C; empty for other cells
   * @param keep whether {@link #back} will be called, which frees what is kept for it
   */
  SegmentAnswers(
      LayerKernel kernel,
      LayerShape shape,
      LayerArrays weights,
      LayerArrays unread,
      double[][] asked,
      double[] h,
      double[] c,
      boolean keep) {
    this.shape = shape;
    this.unread = unread;
    this.type = weights.input().dataType();
    this.count = asked.length;
    this.questions = array(asked, count, shape.inputs(), 1);
    this.state = repeated(h);
    this.cell = shape.hasCellState() ? repeated(c) : null;
    this.out = array(new double[count][shape.hidden()], count, shape.hidden(), 1);
    this.pass =
        kernel.forward(shape, weights, questions, null, new LayerState(state, cell), out, keep);
  }

  private INDArray repeated(double[] vector) {
    double[][] rows = new double[count][];
    Arrays.fill(rows, vector);
    return array(rows, count, vector.length);
  }

  private INDArray array(double[][] rows, long... sizes) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, flat, r * rows[r].length, rows[r].length);
    }
    return Nd4j.create(flat, sizes, type);
  }

  /** g, {@code [question][hidden]}. */
  double[][] hidden() {
    double[] flat = numbers(out);
    double[][] rows = new double[count][shape.hidden()];
    for (int i = 0; i < flat.length; i++) {
      rows[i / shape.hidden()][i % shape.hidden()] = flat[i];
    }
    return rows;
  }

  /**
   * ∂L/∂(state after the last segment), once.
   *
   * @param gradient ∂L/∂g, {@code [question][hidden]}
   */
  StateGradients back(double[][] gradient) {
    try (INDArray ofAnswers = array(gradient, count, shape.hidden(), 1)) {
      LayerState before = pass.backward(ofAnswers, null, unread, null);
      INDArray ofCell = before.c();
      return new StateGradients(
          1, summed(before.h()), ofCell == null ? new double[0] : summed(ofCell));
    }
  }

  /** Over the questions; the array is freed. */
  private double[] summed(INDArray ofQuestions) {
    try (ofQuestions) {
      double[] flat = numbers(ofQuestions);
      double[] sum = new double[shape.hidden()];
      for (int i = 0; i < flat.length; i++) {
        sum[i % sum.length] += flat[i];
      }
      return sum;
    }
  }

  private static double[] numbers(INDArray array) {
    try (INDArray inOrder = array.dup('c')) {
      return inOrder.data().asDouble();
    }
  }

  @Override
  public void close() {
    questions.close();
    state.close();
    if (cell != null) {
      cell.close();
    }
    out.close();
  }
}
