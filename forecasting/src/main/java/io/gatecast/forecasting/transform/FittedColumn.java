package io.gatecast.forecasting.transform;

import java.util.Arrays;

/**
 * A column's transform with what it learned from the train part. {@link TransformJson} writes and
 * reads it. Immutable, shared by threads.
 *
 * <p>Causal: {@code apply(values)[t]} depends on {@code values[t − memory()] … values[t]} and on
 * what was learned, bit for bit, and on nothing else.
 */
public sealed interface FittedColumn
    permits FittedScaling, Log, LogReturn, Difference, FillLast, FittedChain {

  /**
   * Transforms.
   *
   * @param values of consecutive steps, not a number where absent
   * @return as many; not a number where absent or where one cannot be had
   * @throws TransformFault if a value does not allow it
   */
  double[] apply(double[] values);

  /**
   * Goes back for the steps that follow an origin.
   *
   * @param history the column's own values up to and including the origin; only the last {@link
   *     #memory()} are read, so that the tail is enough; what is missing before counts as absent
   * @param transformed of the steps after the origin
   * @return as many values in the column's unit; not a number where one cannot be had
   */
  double[] invert(double[] history, double[] transformed);

  /** How many values before its own step a transformed value may depend on. */
  int memory();

  /**
   * {@link #invert} at one of many origins, without a copy of all the values before it.
   *
   * @param values the column's own values
   * @param origin index of the last known step; nothing after it is read
   * @param transformed of the steps after the origin
   * @return as {@link #invert}
   */
  default double[] invertAt(double[] values, int origin, double[] transformed) {
    int end = origin + 1;
    return invert(Arrays.copyOfRange(values, Math.max(0, end - memory()), end), transformed);
  }
}
