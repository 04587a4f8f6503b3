package io.gatecast.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which recurrent cell a layer is made of, with the variant, but without sizes or weights.
 *
 * <p>It names gates and tensors; the equations are in the cells.
 */
public sealed interface CellKind {
  /**
   * The names of the gates.
   *
   * @return the names in the cell's fixed order; unmodifiable
   */
  List<String> gates();

  /**
   * The canonical names of all tensors of one cell, without a layer's prefix.
   *
   * @return names such as {@code forget.input_weights}, gate by gate; unmodifiable
   */
  default List<String> tensorNames() {
    List<String> names = new ArrayList<>();
    for (String gate : gates()) {
      names.add(gate + ".input_weights");
      names.add(gate + ".recurrent_weights");
      names.add(gate + ".bias");
    }
    return List.copyOf(names);
  }

  /**
   * A cell of this kind from tensors by their canonical names.
   *
   * @param weights the tensors by name; names outside the cell's gates are ignored
   * @param prefix what stands before the gates' names, such as {@code "layers.0."} or {@code ""}
   * @return the cell
   * @throws IllegalArgumentException if a tensor is missing, has another shape, or is an unknown
   *     parameter of one of the cell's gates; the message names it
   */
  RecurrentCell cellFromWeights(Map<String, Tensor> weights, String prefix);

  /**
   * A layer of {@link RnnCell}.
   *
   * @param activation φ of the hidden units
   */
  record Rnn(Activation activation) implements CellKind {
    @Override
    public List<String> gates() {
      return RnnCell.GATES;
    }

    @Override
    public RecurrentCell cellFromWeights(Map<String, Tensor> weights, String prefix) {
      return RnnCell.fromWeights(activation, weights, prefix);
    }
  }

  /**
   * A layer of {@link GruCell}.
   *
   * @param reset where the reset gate acts
   */
  record Gru(Reset reset) implements CellKind {
    @Override
    public List<String> gates() {
      return GruCell.GATES;
    }

    @Override
    public List<String> tensorNames() {
      List<String> names = new ArrayList<>(CellKind.super.tensorNames());
      if (reset == Reset.AFTER) {
        names.add(GruCell.CANDIDATE_RECURRENT_BIAS);
      }
      return List.copyOf(names);
    }

    @Override
    public RecurrentCell cellFromWeights(Map<String, Tensor> weights, String prefix) {
      return GruCell.fromWeights(reset, weights, prefix);
    }
  }

  /** A layer of {@link LstmCell}. */
  record Lstm() implements CellKind {
    @Override
    public List<String> gates() {
      return LstmCell.GATES;
    }

    @Override
    public RecurrentCell cellFromWeights(Map<String, Tensor> weights, String prefix) {
      return LstmCell.fromWeights(weights, prefix);
    }
  }
}
