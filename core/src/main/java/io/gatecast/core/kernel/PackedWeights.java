package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;

/**
 * One layer's weights, padded and packed for the products of the loop, forward and, where asked
 * for, backward. The arrays stay; {@link #load} fills them anew after a step of training.
 *
 * <p>The input vector is followed by a 1, so that biases are a row of W, and their gradients fall
 * out of the same product.
 */
final class PackedWeights {
  final LayerShape shape;
  final Blocks blocks;

  /** Hidden units with padding. */
  final int hidden;

  /** Numbers in a row of gates. */
  final int row;

  /** W and, below it, b: {@code [inputs + 1, inputCount·hidden]}. */
  final PackedMatrix input;

  /** U: {@code [hidden, stateCount·hidden]}. */
  final PackedMatrix state;

  /** GRU that resets before: U_h {@code [hidden, hidden]}; else empty. */
  final PackedMatrix kept;

  /** The same turned, for the way back; empty where only a forward pass is asked for. */
  final PackedMatrix inputTurned;

  final PackedMatrix stateTurned;
  final PackedMatrix keptTurned;

  /** c_h, for a GRU that resets after; else empty. */
  final float[] stateBias;

  PackedWeights(Arithmetic arithmetic, LayerShape shape, boolean backward) {
    this.shape = shape;
    this.blocks = Blocks.of(shape.cell());
    this.hidden = arithmetic.padded(shape.hidden());
    this.row = blocks.count() * hidden;
    int inputColumns = blocks.inputCount() * hidden;
    int stateColumns = blocks.stateCount() * hidden;
    PackedMatrix none = new PackedMatrix(arithmetic, 0, 0);
    input = new PackedMatrix(arithmetic, arithmetic.depth(shape.inputs() + 1), inputColumns);
    state = new PackedMatrix(arithmetic, hidden, stateColumns);
    kept = resetsBefore() ? new PackedMatrix(arithmetic, hidden, hidden) : none;
    int inputs = arithmetic.padded(shape.inputs());
    inputTurned = backward ? new PackedMatrix(arithmetic, inputColumns, inputs) : none;
    stateTurned = backward ? new PackedMatrix(arithmetic, stateColumns, hidden) : none;
    keptTurned = backward && resetsBefore() ? new PackedMatrix(arithmetic, hidden, hidden) : none;
    stateBias = new float[shape.hasRecurrentBias() ? hidden : 0];
  }

  boolean resetsBefore() {
    return shape.cell() instanceof CellSpec.Gru gru && gru.reset() == CellSpec.Reset.BEFORE;
  }

  /** Takes over a layer's weights. */
  void load(LayerWeights weights) {
    for (int block = 0; block < blocks.inputCount(); block++) {
      int gate = gateAt(blocks.inputFrom() + block);
      for (int i = 0; i < shape.inputs(); i++) {
        put(weights, weights.input() + i * weights.width() + gate, i, block, input, inputTurned);
      }
      input.putRow(
          shape.inputs(), block * hidden, weights.values(), weights.bias() + gate, shape.hidden());
    }
    for (int i = 0; i < shape.hidden(); i++) {
      int from = weights.recurrent() + i * weights.width();
      for (int block = 0; block < blocks.stateCount(); block++) {
        int gate = gateAt(blocks.stateFrom() + block);
        put(weights, from + gate, i, block, state, stateTurned);
      }
      if (resetsBefore()) {
        put(weights, from + gateAt(2), i, 0, kept, keptTurned);
      }
    }
    if (stateBias.length > 0) {
      System.arraycopy(weights.values(), weights.recurrentBias(), stateBias, 0, shape.hidden());
    }
  }

  private int gateAt(int block) {
    return Blocks.gateOf(shape.cell(), block) * shape.hidden();
  }

  /** One row of one gate's weights: a row of a matrix, and a column of its turned one. */
  private void put(
      LayerWeights weights, int from, int i, int block, PackedMatrix matrix, PackedMatrix turned) {
    matrix.putRow(i, block * hidden, weights.values(), from, shape.hidden());
    if (turned.depth > 0) {
      turned.putColumn(block * hidden, i, weights.values(), from, shape.hidden());
    }
  }

  /** Adds what some rows found to gradients in the weights' own layout. */
  void addGradient(RowsGradient part, LayerWeights sum) {
    for (int block = 0; block < blocks.inputCount(); block++) {
      int gate = gateAt(blocks.inputFrom() + block);
      int columns = input.columns;
      for (int i = 0; i < shape.inputs(); i++) {
        int to = sum.input() + i * sum.width() + gate;
        add(part.input, i * columns + block * hidden, sum, to);
      }
      add(part.input, shape.inputs() * columns + block * hidden, sum, sum.bias() + gate);
    }
    for (int i = 0; i < shape.hidden(); i++) {
      int to = sum.recurrent() + i * sum.width();
      for (int block = 0; block < blocks.stateCount(); block++) {
        int gate = gateAt(blocks.stateFrom() + block);
        add(part.state, i * state.columns + block * hidden, sum, to + gate);
      }
      if (resetsBefore()) {
        add(part.kept, i * hidden, sum, to + gateAt(2));
      }
    }
    if (stateBias.length > 0) {
      add(part.stateBias, 0, sum, sum.recurrentBias());
    }
  }

  private void add(float[] part, int from, LayerWeights sum, int to) {
    float[] values = sum.values();
    for (int k = 0; k < shape.hidden(); k++) {
      values[to + k] += part[from + k];
    }
  }
}
