package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;

/** One layer's weights, padded and packed for the products of the loop, forward and backward. */
final class PackedWeights {
  final LayerShape shape;
  final Blocks blocks;

  /** Hidden units with padding. */
  final int hidden;

  /** Numbers in a row of the slab. */
  final int row;

  /** A row of biases, c_h in its own block. */
  final float[] bias;

  /** W {@code [inputs, inputCount·hidden]} and U {@code [hidden, stateCount·hidden]}. */
  final float[] input;

  final float[] state;

  /** GRU that resets before: U_h {@code [hidden, hidden]}; else empty. */
  final float[] kept;

  /** The same turned, for the way back; empty where only a forward pass is asked for. */
  final float[] inputTurned;

  final float[] stateTurned;
  final float[] keptTurned;

  PackedWeights(Arithmetic arithmetic, LayerShape shape, LayerWeights weights, boolean backward) {
    this.shape = shape;
    this.blocks = Blocks.of(shape.cell());
    this.hidden = arithmetic.padded(shape.hidden());
    this.row = blocks.count() * hidden;
    this.bias = bias(weights);
    float[] w = columns(weights.input, shape.inputs(), blocks.inputFrom(), blocks.inputCount());
    float[] u = columns(weights.recurrent, shape.hidden(), blocks.stateFrom(), blocks.stateCount());
    float[] v = resetsBefore() ? columns(weights.recurrent, shape.hidden(), 2, 1) : new float[0];
    int inputColumns = blocks.inputCount() * hidden;
    int stateColumns = blocks.stateCount() * hidden;
    int inputs = arithmetic.padded(shape.inputs());
    input = arithmetic.pack(w, shape.inputs(), inputColumns);
    state = arithmetic.pack(u, shape.hidden(), stateColumns);
    kept = resetsBefore() ? arithmetic.pack(v, shape.hidden(), hidden) : v;
    if (backward) {
      inputTurned =
          arithmetic.pack(turned(w, shape.inputs(), inputColumns, inputs), inputColumns, inputs);
      stateTurned =
          arithmetic.pack(turned(u, shape.hidden(), stateColumns, hidden), stateColumns, hidden);
      keptTurned =
          resetsBefore()
              ? arithmetic.pack(turned(v, shape.hidden(), hidden, hidden), hidden, hidden)
              : v;
    } else {
      inputTurned = new float[0];
      stateTurned = new float[0];
      keptTurned = new float[0];
    }
  }

  boolean resetsBefore() {
    return shape.cell() instanceof CellSpec.Gru gru && gru.reset() == CellSpec.Reset.BEFORE;
  }

  private float[] bias(LayerWeights weights) {
    float[] padded = new float[row];
    for (int block = 0; block < blocks.count(); block++) {
      boolean ofState = shape.hasRecurrentBias() && block == blocks.count() - 1;
      float[] from = ofState ? weights.recurrentBias : weights.bias;
      int at = ofState ? 0 : Blocks.gateOf(shape.cell(), block) * shape.hidden();
      System.arraycopy(from, at, padded, block * hidden, shape.hidden());
    }
    return padded;
  }

  /** A run of blocks of a matrix {@code [rows, gates·hidden]}, each padded. */
  private float[] columns(float[] matrix, int rows, int from, int count) {
    int width = shape.gates() * shape.hidden();
    float[] padded = new float[rows * count * hidden];
    for (int r = 0; r < rows; r++) {
      for (int b = 0; b < count; b++) {
        int gate = Blocks.gateOf(shape.cell(), from + b);
        System.arraycopy(
            matrix,
            r * width + gate * shape.hidden(),
            padded,
            (r * count + b) * hidden,
            shape.hidden());
      }
    }
    return padded;
  }

  private static float[] turned(float[] matrix, int rows, int columns, int paddedRows) {
    float[] turned = new float[columns * paddedRows];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        turned[c * paddedRows + r] = matrix[r * columns + c];
      }
    }
    return turned;
  }

  /** Adds what some rows found to gradients in the weights' own layout. */
  void addGradient(RowsLoop.RowsGradient part, LayerWeights sum) {
    addColumns(part.input, shape.inputs(), blocks.inputFrom(), blocks.inputCount(), sum.input);
    addColumns(part.state, shape.hidden(), blocks.stateFrom(), blocks.stateCount(), sum.recurrent);
    if (resetsBefore()) {
      addColumns(part.kept, shape.hidden(), 2, 1, sum.recurrent);
    }
    for (int block = 0; block < blocks.count(); block++) {
      boolean ofState = shape.hasRecurrentBias() && block == blocks.count() - 1;
      float[] into = ofState ? sum.recurrentBias : sum.bias;
      int at = ofState ? 0 : Blocks.gateOf(shape.cell(), block) * shape.hidden();
      for (int k = 0; k < shape.hidden(); k++) {
        into[at + k] += part.bias[block * hidden + k];
      }
    }
  }

  private void addColumns(float[] padded, int rows, int from, int count, float[] sum) {
    int width = shape.gates() * shape.hidden();
    for (int r = 0; r < rows; r++) {
      for (int b = 0; b < count; b++) {
        int at = r * width + Blocks.gateOf(shape.cell(), from + b) * shape.hidden();
        for (int k = 0; k < shape.hidden(); k++) {
          sum[at + k] += padded[(r * count + b) * hidden + k];
        }
      }
    }
  }
}
