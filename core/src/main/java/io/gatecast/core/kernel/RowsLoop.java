package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import java.util.Arrays;
import java.util.List;

/**
 * The loop over time for some rows of a batch, forward and backward: the one place where float
 * kernels know time. Rows do not touch each other, so that each thread has rows of its own.
 *
 * <p>A step's gates are one product with input and state; where there are so few rows that it would
 * not run at full speed, the input's part is made for many steps ahead. What need not wait for the
 * step before on the way back, gradients of weights and inputs, is made for many steps together.
 * The equations are the oracle's; see {@code io.gatecast.reference}.
 */
final class RowsLoop {
  private final Arithmetic arithmetic;
  private final RowsPass pass;
  private final PackedWeights weights;
  private final int rows;
  private final int hidden;

  RowsLoop(Arithmetic arithmetic, RowsPass pass) {
    this.arithmetic = arithmetic;
    this.pass = pass;
    this.weights = pass.weights;
    this.rows = pass.rows;
    this.hidden = weights.hidden;
  }

  /**
   * From the state at step 0 to that after the last step.
   *
   * @param fromZero whether the state at step 0 is zero, and need not be multiplied
   */
  void forward(boolean fromZero) {
    boolean ahead = pass.inputAhead();
    for (int t = 0; t < pass.time; t++) {
      if (ahead && t % pass.together == 0) {
        multiply(false, t, Math.min(pass.together, pass.time - t), weights.inputParts);
      }
      boolean withState = t > 0 || !fromZero;
      if (ahead && withState) {
        multiply(true, t, 1, weights.stateParts);
      } else if (!ahead) {
        multiply(false, t, 1, withState ? weights.parts : weights.inputParts);
      }
      gates(t);
      carryOverPadding(t);
    }
  }

  /** Products of some steps' vectors into their gates. */
  private void multiply(boolean add, int t, int steps, List<PackedMatrix.Part> parts) {
    for (PackedMatrix.Part part : parts) {
      arithmetic.multiply(
          add,
          pass.xh,
          pass.vectorsAt(t),
          weights.depth,
          steps * rows,
          weights.matrix,
          part,
          pass.gates,
          pass.gatesAt(t),
          weights.row);
    }
  }

  private void gates(int t) {
    CellSpec cell = weights.shape.cell();
    Arithmetic.Step step = pass.step(t);
    if (cell instanceof CellSpec.Rnn rnn) {
      arithmetic.rnn(rnn.activation(), step);
    } else if (cell instanceof CellSpec.Lstm) {
      arithmetic.lstm(step, pass.c, pass.cellAt(t), pass.cellAt(t + 1));
    } else if (weights.resetsBefore()) {
      int kept = pass.keptAt(t);
      arithmetic.gruReset(step, pass.kept, kept);
      arithmetic.multiply(
          true,
          pass.kept,
          kept,
          hidden,
          rows,
          weights.kept,
          weights.kept.whole(),
          pass.gates,
          step.at(),
          weights.row);
      arithmetic.gruCandidate(step);
    } else {
      arithmetic.gruAfter(step);
    }
  }

  /** A padding step leaves the state as it is. */
  private void carryOverPadding(int t) {
    for (int r = 0; r < rows; r++) {
      if (pass.isPadding(r, t)) {
        int s = r * hidden;
        System.arraycopy(pass.xh, pass.stateAt(t, r), pass.xh, pass.stateAt(t + 1, r), hidden);
        if (weights.shape.hasCellState()) {
          System.arraycopy(pass.c, pass.cellAt(t) + s, pass.c, pass.cellAt(t + 1) + s, hidden);
        }
      }
    }
  }

  /**
   * The way back. The pass's gates are overwritten.
   *
   * @param dOut ∂L/∂h_t by what reads it, {@code [time − from][rows][padded hidden]}
   * @param from the first step that anything reads
   * @param dx ∂L/∂x_t is written here, {@code [time][rows][padded inputs]}; empty for nowhere
   * @param toState whether ∂L/∂(state at step 0) is asked for
   * @param gradient zeros, but for the carries: ∂L/∂h_T and ∂L/∂C_T by whoever carries the state on
   */
  void backward(float[] dOut, int from, float[] dx, boolean toState, RowsGradient gradient) {
    int step = rows * hidden;
    int done = pass.time;
    for (int t = pass.time - 1; t >= 0; t--) {
      if (t >= from) {
        arithmetic.add(dOut, (t - from) * step, gradient.carryH, 0, step);
      }
      gatesBackward(t, gradient);
      if (t > 0 || toState) {
        arithmetic.multiply(
            true,
            pass.gates,
            pass.gatesAt(t) + weights.stateGates,
            weights.row,
            rows,
            weights.stateTurned,
            weights.stateTurned.whole(),
            gradient.carryH,
            0,
            hidden);
      }
      if (done - t == pass.together || t == 0) {
        inputGradient(t, done - t, dx);
        weightGradients(t, done - t, gradient);
        done = t;
      }
    }
  }

  private void gatesBackward(int t, RowsGradient gradient) {
    holdBackPadding(gradient);
    CellSpec cell = weights.shape.cell();
    Arithmetic.Step step = pass.step(t);
    float[] carry = gradient.carryH;
    if (cell instanceof CellSpec.Rnn rnn) {
      arithmetic.rnnBackward(rnn.activation(), step, carry);
    } else if (cell instanceof CellSpec.Lstm) {
      int before = pass.cellAt(t);
      arithmetic.lstmBackward(step, pass.c, before, pass.cellAt(t + 1), carry, gradient.carryC);
    } else if (weights.resetsBefore()) {
      arithmetic.gruCandidateBackward(step, carry);
      arithmetic.multiply(
          false,
          pass.gates,
          step.at(),
          weights.row,
          rows,
          weights.keptTurned,
          weights.keptTurned.whole(),
          gradient.dKept,
          0,
          hidden);
      arithmetic.gruResetBackward(step, gradient.dKept, carry);
    } else {
      arithmetic.gruAfterBackward(step, carry);
    }
    giveBackPadding(t, gradient);
  }

  /**
   * A padding step passes its gradient on unchanged: it is kept aside while the others' go back.
   */
  private void holdBackPadding(RowsGradient gradient) {
    if (pass.mask.length > 0) {
      int size = rows * hidden;
      System.arraycopy(gradient.carryH, 0, gradient.held, 0, size);
      if (weights.shape.hasCellState()) {
        System.arraycopy(gradient.carryC, 0, gradient.held, size, size);
      }
    }
  }

  private void giveBackPadding(int t, RowsGradient gradient) {
    for (int r = 0; r < rows; r++) {
      if (pass.isPadding(r, t)) {
        int g = pass.gatesAt(t) + r * weights.row;
        Arrays.fill(pass.gates, g, g + weights.row, 0);
        System.arraycopy(gradient.held, r * hidden, gradient.carryH, r * hidden, hidden);
        if (weights.shape.hasCellState()) {
          System.arraycopy(gradient.held, (rows + r) * hidden, gradient.carryC, r * hidden, hidden);
        }
      }
    }
  }

  private void inputGradient(int t, int steps, float[] dx) {
    if (dx.length > 0) {
      int width = weights.inputTurned.columns;
      arithmetic.multiply(
          false,
          pass.gates,
          pass.gatesAt(t),
          weights.row,
          steps * rows,
          weights.inputTurned,
          weights.inputTurned.whole(),
          dx,
          t * rows * width,
          width);
    }
  }

  /** Adds the products of some steps, from t on, while what they read is still near. */
  private void weightGradients(int t, int steps, RowsGradient gradient) {
    arithmetic.addTransposedProduct(
        pass.xh,
        pass.vectorsAt(t),
        weights.depth,
        pass.gates,
        pass.gatesAt(t),
        weights.row,
        steps * rows,
        weights.parts,
        gradient.scratch,
        gradient.matrix,
        weights.row);
    if (weights.resetsBefore()) {
      arithmetic.addTransposedProduct(
          pass.kept,
          pass.keptAt(t),
          hidden,
          pass.gates,
          pass.gatesAt(t),
          weights.row,
          steps * rows,
          List.of(weights.kept.whole()),
          gradient.scratch,
          gradient.kept,
          hidden);
    }
  }
}
