package io.gatecast.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Looks tensors up by their canonical names, so that every error names the tensor in full.
 *
 * <p>It knows names and shapes only. It does not translate the names or layouts of other libraries.
 */
final class NamedTensors {
  private final Map<String, Tensor> weights;
  private final String prefix;

  NamedTensors(Map<String, Tensor> weights, String prefix) {
    this.weights = weights;
    this.prefix = prefix;
  }

  /** The tensor called {@code prefix + name}. */
  Tensor get(String name) {
    Tensor tensor = weights.get(prefix + name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          prefix
              + name
              + ": expected a tensor of this name, found only "
              + new TreeSet<>(weights.keySet())
              + "; add it, or check the prefix and the kind of cell");
    }
    return tensor;
  }

  /** The tensor called {@code prefix + name}, which must have this shape. */
  Tensor get(String name, int... shape) {
    Tensor tensor = get(name);
    Shapes.require(prefix + name, tensor, shape);
    return tensor;
  }

  /** The matrix called {@code prefix + name}, of any size. */
  Tensor matrix(String name, String rows, String columns) {
    Tensor tensor = get(name);
    Shapes.requireRank(prefix + name, tensor, rows, columns);
    return tensor;
  }

  /** The gates of one cell, in the order of {@link CellKind#gates}. */
  List<Gate> gatesInOrder(CellKind kind) {
    // The first matrix sets both sizes; all others are held against it.
    int[] sizes = matrix(kind.gates().get(0) + ".input_weights", "hidden", "input").shape();
    int hiddenSize = sizes[0];
    int inputSize = sizes[1];
    List<Gate> gates = new ArrayList<>();
    for (String gate : kind.gates()) {
      gates.add(
          new Gate(
              get(gate + ".input_weights", hiddenSize, inputSize),
              get(gate + ".recurrent_weights", hiddenSize, hiddenSize),
              get(gate + ".bias", hiddenSize)));
    }
    rejectUnknownParameters(kind);
    return gates;
  }

  /** A weight that the cell would ignore makes it another network than the caller believes. */
  private void rejectUnknownParameters(CellKind kind) {
    for (String name : weights.keySet()) {
      for (String gate : kind.gates()) {
        boolean ofThisGate = name.startsWith(prefix + gate + ".");
        if (ofThisGate && !kind.tensorNames().contains(name.substring(prefix.length()))) {
          throw new IllegalArgumentException(
              name
                  + ": unknown tensor, expected of "
                  + kind
                  + " only "
                  + kind.tensorNames()
                  + (prefix.isEmpty() ? "" : " after " + prefix)
                  + "; remove it, or choose the kind of cell that has it");
        }
      }
    }
  }
}
