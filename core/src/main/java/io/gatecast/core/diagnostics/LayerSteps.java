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
 * One layer over one sequence from zero states, run through a kernel a step at a time, forward and
 * back.
 *
 * <p>Only the states are kept: on the way back each step is run once more. So memory is that of the
 * states and of one step, however long the sequence. Closing it frees what lies off the heap.
 */
final class LayerSteps implements AutoCloseable {
  private final LayerKernel kernel;
  private final LayerShape shape;
  private final LayerArrays weights;
  private final DataType type;

  /** {@code [time][input]}. */
  private final double[][] x;

  /** h before the first step and after each, {@code [time + 1][hidden]}; C likewise or empty. */
  private final double[][] h;

  private final double[][] c;

  /** Kernels give gradients of weights, which nobody here reads. */
  private final LayerArrays unread;

  /**
   * Runs the layer.
   *
   * @param weights freed when this is closed
   * @param x {@code [time][input]}
   */
  LayerSteps(LayerKernel kernel, LayerShape shape, LayerArrays weights, double[][] x) {
    this.kernel = kernel;
    this.shape = shape;
    this.weights = weights;
    this.type = weights.input().dataType();
    this.x = x;
    INDArray second = weights.recurrentBias();
    this.unread =
        new LayerArrays(
            weights.input().ulike(),
            weights.recurrent().ulike(),
            weights.bias().ulike(),
            second == null ? null : second.ulike());
    this.h = new double[x.length + 1][shape.hidden()];
    this.c = new double[x.length + 1][shape.hasCellState() ? shape.hidden() : 0];
    for (int t = 0; t < x.length; t++) {
      try (Step step = new Step(t, 1, false)) {
        StateGradients last = read(step.pass.last(), 1);
        h[t + 1] = last.h();
        c[t + 1] = last.c();
      }
    }
  }

  LayerShape shape() {
    return shape;
  }

  int time() {
    return x.length;
  }

  /** h after each step, {@code [time][hidden]}. */
  double[][] hidden() {
    return Arrays.copyOfRange(h, 1, h.length);
  }

  /**
   * Asks the layer from the state after the last step.
   *
   * @param keep whether the way back will be asked for
   */
  SegmentAnswers ask(double[][] questions, boolean keep) {
    return new SegmentAnswers(
        kernel, shape, weights, unread, questions, h[x.length], c[x.length], keep);
  }

  /**
   * Carries gradients from the state after a step to the state before it.
   *
   * @param t the step, from 0
   * @param gradients with regard to the state after it
   * @param dx receives those with regard to x_t, {@code [rows][input]}; null for nowhere
   */
  StateGradients back(int t, StateGradients gradients, double @Nullable [] dx) {
    int rows = gradients.rows();
    try (Step step = new Step(t, rows, true);
        INDArray none = array(new double[rows * shape.hidden()], rows, shape.hidden(), 1);
        INDArray dh = array(gradients.h(), rows, shape.hidden());
        INDArray ofX = array(new double[rows * shape.inputs()], rows, shape.inputs(), 1)) {
      INDArray dc = shape.hasCellState() ? array(gradients.c(), rows, shape.hidden()) : null;
      LayerState before =
          step.pass.backward(none, new LayerState(dh, dc), unread, dx == null ? null : ofX);
      if (dc != null) {
        dc.close();
      }
      if (dx != null) {
        double[] found = numbers(ofX);
        System.arraycopy(found, 0, dx, 0, found.length);
      }
      return read(before, rows);
    }
  }

  /** One step with its input and the state before it repeated along the batch. */
  private final class Step implements AutoCloseable {
    private final INDArray input;
    private final INDArray before;
    private final @Nullable INDArray cellBefore;
    private final INDArray out;
    private final LayerKernel.Pass pass;

    Step(int t, int rows, boolean keep) {
      input = array(repeated(x[t], rows), rows, shape.inputs(), 1);
      before = array(repeated(h[t], rows), rows, shape.hidden());
      cellBefore = shape.hasCellState() ? array(repeated(c[t], rows), rows, shape.hidden()) : null;
      out = array(new double[rows * shape.hidden()], rows, shape.hidden(), 1);
      pass =
          kernel.forward(
              shape, weights, input, null, new LayerState(before, cellBefore), out, keep);
    }

    @Override
    public void close() {
      input.close();
      before.close();
      if (cellBefore != null) {
        cellBefore.close();
      }
      out.close();
    }
  }

  private static double[] repeated(double[] row, int rows) {
    double[] all = new double[rows * row.length];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(row, 0, all, r * row.length, row.length);
    }
    return all;
  }

  private INDArray array(double[] values, long... sizes) {
    return Nd4j.create(values, sizes, type);
  }

  /** A state's numbers, or its gradient's; the arrays are freed. */
  private static StateGradients read(LayerState state, int rows) {
    INDArray cells = state.c();
    StateGradients numbers =
        new StateGradients(
            rows, numbers(state.h()), cells == null ? new double[0] : numbers(cells));
    state.h().close();
    if (cells != null) {
      cells.close();
    }
    return numbers;
  }

  private static double[] numbers(INDArray array) {
    try (INDArray inOrder = array.dup('c')) {
      return inOrder.data().asDouble();
    }
  }

  @Override
  public void close() {
    for (LayerArrays arrays : new LayerArrays[] {weights, unread}) {
      arrays.input().close();
      arrays.recurrent().close();
      arrays.bias().close();
      INDArray second = arrays.recurrentBias();
      if (second != null) {
        second.close();
      }
    }
  }
}
