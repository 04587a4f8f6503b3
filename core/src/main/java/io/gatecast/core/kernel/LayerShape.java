package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;

/**
 * One recurrent layer's kind and sizes, from which the layout of its weights follows.
 *
 * <p>Weights lie row by row, gates side by side in the cell's canonical order: {@code W [inputs,
 * gates·hidden]}, {@code U [hidden, gates·hidden]}, {@code b [gates·hidden]}, and for a GRU that
 * resets after the product {@code c_h [hidden]}.
 *
 * @param cell kind and variant
 * @param inputs size of the input vector, at least 1
 * @param hidden hidden units, at least 1
 */
public record LayerShape(CellSpec cell, int inputs, int hidden) {
  /** The number of gates: 1, 3 or 4. */
  public int gates() {
    return cell.gates().size();
  }

  /** Whether there is a second bias, c_h. */
  public boolean hasRecurrentBias() {
    return cell.hasRecurrentBias();
  }

  /** Whether the state holds a cell vector C beside h. */
  public boolean hasCellState() {
    return cell instanceof CellSpec.Lstm;
  }
}
