package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.spec.CellSpec;

/**
 * How many floating-point operations the matrix products of one training step are, a multiplication
 * and an addition counted as two. Gates, biases, loss and optimiser are not counted; the first
 * step's product with a zero state is, as an operator that knows no zeros makes it.
 */
public final class StepFlops {
  private StepFlops() {}

  /**
   * Counts.
   *
   * @param cell the cell of the one layer
   * @param size how large
   * @return forward, gradient of the weights, gradient of the states (none of the input), and the
   *     head's three products on the last step
   */
  public static double of(CellSpec cell, WorkSize size) {
    double rows = (double) size.batch() * size.steps();
    double width = (double) cell.gates().size() * size.hidden();
    double forward = 2 * rows * width * (size.hidden() + size.inputs());
    double states = 2 * rows * width * size.hidden();
    double head = 3 * 2.0 * size.batch() * size.hidden() * size.outputs();
    return 2 * forward + states + head;
  }
}
