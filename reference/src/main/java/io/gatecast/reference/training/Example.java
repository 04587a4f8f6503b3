package io.gatecast.reference.training;

import io.gatecast.reference.Tensor;

/**
 * One sequence to learn from.
 *
 * @param x the inputs, of shape {@code [time, input]}
 * @param targets what the network should give, of shape {@code [outputs read, output]}: one row for
 *     a head that reads the last step, one for each step for a head that reads all
 */
public record Example(Tensor x, Tensor targets) {
  /**
   * Checks the ranks; the sizes are the network's to check.
   *
   * @param x the inputs, of shape {@code [time, input]}
   * @param targets the targets, of shape {@code [outputs read, output]}
   * @throws IllegalArgumentException if one of them is not a matrix; the message names it
   */
  public Example {
    requireMatrix("x", "[time, input]", x);
    requireMatrix("targets", "[outputs read, output]", targets);
  }

  private static void requireMatrix(String name, String expected, Tensor tensor) {
    if (tensor.rank() != 2) {
      throw new IllegalArgumentException(
          name + ": expected a matrix " + expected + ", found rank " + tensor.rank());
    }
  }
}
