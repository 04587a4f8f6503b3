package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The one step that a recurrent layer makes from its last state for each question: all of a
 * network's forecast segments at once. See {@link io.gatecast.core.spec.Segments}.
 *
 * <p>A step's gates are W q + b, which {@link PackedSegments} has made for the whole batch, plus U
 * h, which is the same for all questions of a row. So each row's state is multiplied once, whatever
 * the horizon; on the way back the gradients are summed before they are multiplied. Only a GRU that
 * resets before has a product of its own for each question.
 */
final class AnswerStep {
  /** Questions that one product of a gradient takes. */
  private static final int PRODUCT_ROWS = 256;

  private final Arithmetic arithmetic;
  private final PackedWeights weights;
  private final PackedSegments questions;
  private final int hidden;
  private final int row;
  private final int channels;
  private int rows;

  /** {@code [1 + position][row][hidden]}: the last state, and the answers. */
  float[] h = new float[0];

  private float[] c = new float[0];
  private float[] kept = new float[0];

  /** {@code [position][row][row of gates]}. */
  private float[] gates = new float[0];

  /** {@code [row][row of gates]}: U h, and ∂L/∂ of it. */
  private float[] ofState = new float[0];

  /** ∂L/∂(the last state), summed over questions, and ∂L/∂(questions). */
  private float[] dh = new float[0];

  private float[] dc = new float[0];
  private float[] ofQuestions = new float[0];
  private float[] scratch = new float[0];

  /** ∂L/∂(W q + b), {@code [position][channel][row of gates]}, summed over rows. */
  final float[] questionGradient;

  AnswerStep(
      Arithmetic arithmetic, PackedWeights weights, PackedSegments questions, boolean backward) {
    this.arithmetic = arithmetic;
    this.weights = weights;
    this.questions = questions;
    this.hidden = weights.hidden;
    this.row = weights.row;
    this.channels = questions.segments.channels();
    this.questionGradient = new float[backward ? questions.questionGates.length : 0];
  }

  /** From the states that a pass ended with to the answers. */
  void forward(RowsPass pass) {
    start(pass);
    for (PackedMatrix.Part part : weights.stateParts) {
      arithmetic.multiply(
          false,
          pass.xh,
          pass.vectorsAt(pass.time),
          weights.depth,
          rows,
          weights.matrix,
          part,
          ofState,
          0,
          row);
    }
    for (int k = 0; k < questions.asked; k++) {
      for (int first = 0; first < rows; first += channels) {
        int to = (k * rows + first) * row;
        System.arraycopy(questions.questionGates, k * channels * row, gates, to, channels * row);
      }
      arithmetic.add(ofState, 0, gates, k * rows * row, rows * row);
      gates(k);
    }
  }

  private void start(RowsPass pass) {
    rows = pass.rows;
    int states = Math.multiplyExact((questions.asked + 1) * rows, hidden);
    h = RowsPass.room(h, states);
    gates = RowsPass.room(gates, Math.multiplyExact(questions.asked * rows, row));
    ofState = RowsPass.room(ofState, rows * row);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(pass.xh, pass.stateAt(pass.time, r), h, r * hidden, hidden);
      Arrays.fill(ofState, r * row, r * row + weights.stateGates, 0); // no product reaches these
    }
    if (weights.shape.hasCellState()) {
      c = RowsPass.room(c, states);
      System.arraycopy(pass.c, pass.cellAt(pass.time), c, 0, rows * hidden);
    }
    if (weights.resetsBefore()) {
      kept = RowsPass.room(kept, states);
    }
  }

  /** Where the answers to a question begin. */
  int answersAt(int k) {
    return (k + 1) * rows * hidden;
  }

  private Arithmetic.Step step(int k) {
    return new Arithmetic.Step(
        gates, k * rows * row, row, h, 0, answersAt(k), hidden, rows, hidden);
  }

  private void gates(int k) {
    CellSpec cell = weights.shape.cell();
    Arithmetic.Step step = step(k);
    if (cell instanceof CellSpec.Rnn rnn) {
      arithmetic.rnn(rnn.activation(), step);
    } else if (cell instanceof CellSpec.Lstm) {
      arithmetic.lstm(step, c, 0, answersAt(k));
    } else if (weights.resetsBefore()) {
      int at = answersAt(k);
      arithmetic.gruReset(step, kept, at);
      arithmetic.multiply(
          true, kept, at, hidden, rows, weights.kept, weights.kept.whole(), gates, step.at(), row);
      arithmetic.gruCandidate(step);
    } else {
      arithmetic.gruAfter(step);
    }
  }

  /**
   * The way back, once. The gates are overwritten.
   *
   * @param dAnswers ∂L/∂(answers), {@code [position][row][hidden]}
   * @param pass what {@link #forward} followed
   * @param gradient gets the layer's weights' part added; its carries hold ∂L/∂(the pass's last
   *     state) afterwards, whatever they held before
   */
  void backward(float[] dAnswers, RowsPass pass, RowsGradient gradient) {
    int size = rows * hidden;
    boolean cell = weights.shape.hasCellState();
    dh = RowsPass.room(dh, size);
    dc = RowsPass.room(dc, cell ? size : 0);
    Arrays.fill(dh, 0, size, 0);
    Arrays.fill(dc, 0);
    Arrays.fill(ofState, 0, rows * row, 0);
    for (int k = 0; k < questions.asked; k++) {
      System.arraycopy(dAnswers, k * size, gradient.carryH, 0, size);
      if (cell) {
        Arrays.fill(gradient.carryC, 0, size, 0);
      }
      gatesBackward(k, gradient);
      arithmetic.add(gradient.carryH, 0, dh, 0, size);
      if (cell) {
        arithmetic.add(gradient.carryC, 0, dc, 0, size);
      }
      arithmetic.add(gates, k * rows * row, ofState, 0, rows * row);
      for (int first = 0; first < rows; first += channels) {
        int from = (k * rows + first) * row;
        arithmetic.add(gates, from, questionGradient, k * channels * row, channels * row);
      }
    }
    arithmetic.multiply(
        true,
        ofState,
        weights.stateGates,
        row,
        rows,
        weights.stateTurned,
        weights.stateTurned.whole(),
        dh,
        0,
        hidden);
    arithmetic.addTransposedProduct(
        pass.xh,
        pass.vectorsAt(pass.time),
        weights.depth,
        ofState,
        0,
        row,
        rows,
        weights.stateParts,
        gradient.scratch,
        gradient.matrix,
        row);
    System.arraycopy(dh, 0, gradient.carryH, 0, size);
    System.arraycopy(dc, 0, gradient.carryC, 0, cell ? size : 0);
  }

  private void gatesBackward(int k, RowsGradient gradient) {
    CellSpec cell = weights.shape.cell();
    Arithmetic.Step step = step(k);
    float[] carry = gradient.carryH;
    if (cell instanceof CellSpec.Rnn rnn) {
      arithmetic.rnnBackward(rnn.activation(), step, carry);
    } else if (cell instanceof CellSpec.Lstm) {
      arithmetic.lstmBackward(step, c, 0, answersAt(k), carry, gradient.carryC);
    } else if (weights.resetsBefore()) {
      int at = answersAt(k);
      arithmetic.gruCandidateBackward(step, carry);
      arithmetic.multiply(
          false,
          gates,
          step.at(),
          row,
          rows,
          weights.keptTurned,
          weights.keptTurned.whole(),
          gradient.dKept,
          0,
          hidden);
      arithmetic.gruResetBackward(step, gradient.dKept, carry);
      arithmetic.addTransposedProduct(
          kept,
          at,
          hidden,
          gates,
          step.at(),
          row,
          rows,
          List.of(weights.kept.whole()),
          gradient.scratch,
          gradient.kept,
          hidden);
    } else {
      arithmetic.gruAfterBackward(step, carry);
    }
  }

  /**
   * What the questions' own gradients come to, once a batch: adds the layer's input weights' part,
   * and gives ∂L/∂(questions).
   *
   * @return {@code [position][channel][stride]}, the stride being {@code inputTurned.columns}
   */
  float[] questions(RowsGradient gradient) {
    int n = questions.questions();
    int most = Math.min(n, PRODUCT_ROWS);
    scratch = RowsPass.room(scratch, arithmetic.scratch(weights.stateFrom, most));
    for (int i = 0; i < n; i += most) {
      arithmetic.addTransposedProduct(
          questions.questions,
          i * weights.stateFrom,
          weights.stateFrom,
          questionGradient,
          i * row,
          row,
          Math.min(most, n - i),
          weights.inputParts,
          scratch,
          gradient.matrix,
          row);
    }
    int width = weights.inputTurned.columns;
    ofQuestions = RowsPass.room(ofQuestions, n * width);
    arithmetic.multiply(
        false,
        questionGradient,
        0,
        row,
        n,
        weights.inputTurned,
        weights.inputTurned.whole(),
        ofQuestions,
        0,
        width);
    return ofQuestions;
  }
}
