package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import java.util.List;

/**
 * One layer's weights, padded and packed for the products of the loop, forward and, where asked
 * for, backward. The arrays stay; {@link #load} fills them anew after a step of training.
 *
 * <p>Input and state stand side by side in one vector {@code [x, 0 .., 1, h']}, and W, b and U in
 * one matrix below each other, so that a step is one product. Biases, which the 1 multiplies, are
 * weights like others. On the way forward those of logistic gates are halved, which is exact: see
 * {@link Arithmetic}.
 */
final class PackedWeights implements AutoCloseable {
  final LayerShape shape;

  /** Hidden units with padding. */
  final int hidden;

  /** Where the state begins in the vector, after the input, padding and 1. */
  final int stateFrom;

  /** Numbers of the vector. */
  final int depth;

  /** Numbers in a row of gates. */
  final int row;

  /** Where the gates begin that the state feeds; they go on to the row's end. */
  final int stateGates;

  /** Numbers of the gates that the input feeds; they come first. */
  private final int inputGatesLength;

  /** W, b and U: {@code [depth, row]}. */
  final PackedMatrix matrix;

  /** What of the matrix is not zero: a product takes each part. */
  final List<PackedMatrix.Part> parts;

  /** The parts' rows for the input and 1, and those for the state. */
  final List<PackedMatrix.Part> inputParts;

  final List<PackedMatrix.Part> stateParts;

  /** GRU that resets before: U_h {@code [hidden, hidden]}; else empty. */
  final PackedMatrix kept;

  /** W, U and U_h turned, for the way back; empty where only a forward pass is asked for. */
  final PackedMatrix inputTurned;

  final PackedMatrix stateTurned;
  final PackedMatrix keptTurned;

  private final Blocks blocks;

  PackedWeights(Arithmetic arithmetic, LayerShape shape, boolean backward) {
    this.shape = shape;
    this.blocks = Blocks.of(shape.cell());
    this.hidden = arithmetic.padded(shape.hidden());
    this.stateFrom = arithmetic.depth(shape.inputs() + 1);
    this.depth = stateFrom + hidden;
    this.row = blocks.count() * hidden;
    this.inputGatesLength = blocks.inputCount() * hidden;
    this.stateGates = blocks.ofInput() * hidden;
    this.matrix = arithmetic.matrix(depth, row);
    int one = stateFrom - 4; // the state's own bias needs the 1 beside it
    List<PackedMatrix.Part> all =
        List.of(
            new PackedMatrix.Part(0, stateGates, 0, stateFrom),
            new PackedMatrix.Part(stateGates, inputGatesLength, 0, depth),
            new PackedMatrix.Part(inputGatesLength, row, one, depth));
    this.parts = all.stream().filter(part -> !part.isEmpty()).toList();
    this.inputParts = parts.stream().map(part -> rows(part, 0, stateFrom)).toList();
    this.stateParts =
        parts.stream()
            .map(part -> rows(part, stateFrom, depth))
            .filter(part -> !part.isEmpty())
            .toList();
    PackedMatrix none = arithmetic.matrix(0, 0);
    kept = resetsBefore() ? arithmetic.matrix(hidden, hidden) : none;
    int inputs = arithmetic.padded(shape.inputs());
    inputTurned = backward ? arithmetic.matrix(inputGatesLength, inputs) : none;
    stateTurned = backward ? arithmetic.matrix(row - stateGates, hidden) : none;
    keptTurned = backward && resetsBefore() ? arithmetic.matrix(hidden, hidden) : none;
  }

  private static PackedMatrix.Part rows(PackedMatrix.Part part, int from, int to) {
    return new PackedMatrix.Part(
        part.fromColumn(),
        part.toColumn(),
        Math.max(part.fromRow(), from),
        Math.min(part.toRow(), to));
  }

  boolean resetsBefore() {
    return shape.cell() instanceof CellSpec.Gru gru && gru.reset() == CellSpec.Reset.BEFORE;
  }

  /** Takes over a layer's weights. */
  void load(LayerWeights weights) {
    float[] values = weights.values();
    int units = shape.hidden();
    for (int block = 0; block < blocks.count(); block++) {
      int gate = Blocks.gateOf(shape.cell(), block) * units;
      int column = block * hidden;
      float factor = Blocks.isLogistic(shape.cell(), block) ? 0.5f : 1;
      boolean ofState = block >= blocks.ofInput();
      boolean ofInput = column < inputGatesLength;
      for (int i = 0; ofInput && i < shape.inputs(); i++) {
        int from = weights.input() + i * weights.width() + gate;
        matrix.putRow(i, column, values, from, units, factor);
        turn(inputTurned, column, i, values, from);
      }
      for (int i = 0; ofState && i < units; i++) {
        int from = weights.recurrent() + i * weights.width() + gate;
        matrix.putRow(stateFrom + i, column, values, from, units, factor);
        turn(stateTurned, column - stateGates, i, values, from);
      }
      int bias = ofInput ? weights.bias() + gate : weights.recurrentBias();
      matrix.putRow(stateFrom - 1, column, values, bias, units, factor);
    }
    for (int i = 0; resetsBefore() && i < units; i++) {
      int from = weights.recurrent() + i * weights.width() + keptGate();
      kept.putRow(i, 0, values, from, units, 1);
      turn(keptTurned, 0, i, values, from);
    }
    matrices().forEach(PackedMatrix::settle);
  }

  private List<PackedMatrix> matrices() {
    return List.of(matrix, kept, inputTurned, stateTurned, keptTurned);
  }

  /** Frees what lies off the heap. */
  @Override
  public void close() {
    matrices().forEach(PackedMatrix::close);
  }

  private int keptGate() {
    return Blocks.gateOf(shape.cell(), 0) * shape.hidden();
  }

  /** One gate's row of a matrix is a column of its turned one. */
  private void turn(PackedMatrix turned, int row, int column, float[] values, int from) {
    if (turned.depth > 0) {
      turned.putColumn(row, column, values, from, shape.hidden());
    }
  }

  /** Adds what some rows found to gradients in the weights' own layout. */
  void addGradient(RowsGradient part, LayerWeights sum) {
    int units = shape.hidden();
    for (int block = 0; block < blocks.count(); block++) {
      int gate = Blocks.gateOf(shape.cell(), block) * units;
      int column = block * hidden;
      boolean ofState = block >= blocks.ofInput();
      boolean ofInput = column < inputGatesLength;
      for (int i = 0; ofInput && i < shape.inputs(); i++) {
        int to = sum.input() + i * sum.width() + gate;
        add(part.matrix, i * row + column, sum, to);
      }
      for (int i = 0; ofState && i < units; i++) {
        int to = sum.recurrent() + i * sum.width() + gate;
        add(part.matrix, (stateFrom + i) * row + column, sum, to);
      }
      int bias = ofInput ? sum.bias() + gate : sum.recurrentBias();
      add(part.matrix, (stateFrom - 1) * row + column, sum, bias);
    }
    for (int i = 0; resetsBefore() && i < units; i++) {
      add(part.kept, i * hidden, sum, sum.recurrent() + i * sum.width() + keptGate());
    }
  }

  private void add(float[] part, int from, LayerWeights sum, int to) {
    float[] values = sum.values();
    for (int k = 0; k < shape.hidden(); k++) {
      values[to + k] += part[from + k];
    }
  }
}
