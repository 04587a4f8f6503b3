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
   * Transforms the values that follow an origin each on its own: where {@link #apply} takes a
   * change since a step that itself lies after the origin, this takes the change since the origin.
   * It is how quantiles are learned. The quantile of a sum is not the sum of quantiles, so that a
   * path of quantiles of one-step changes leads nowhere; but the quantile of an increasing function
   * is the function of the quantile, and that is what this is, step by step.
   *
   * <p>Changes over n steps are divided by √n, as those of a random walk grow, so that all steps
   * come out on the scale of the first, which is that of {@link #apply}.
   *
   * @param history as for {@link #invert}
   * @param values that followed, not a number where absent
   * @return as many; each is an increasing function of its own value and of no other after the
   *     origin; the first is that of {@link #apply}
   * @throws TransformFault if a value does not allow it
   */
  default double[] applySinceOrigin(double[] history, double[] values) {
    return apply(values);
  }

  /**
   * Goes back from {@link #applySinceOrigin}.
   *
   * @param history as for {@link #invert}
   * @param transformed of the steps after the origin
   * @return as many values in the column's unit, each an increasing function of its own transformed
   *     value and of no other; not a number where one cannot be had
   */
  default double[] invertSinceOrigin(double[] history, double[] transformed) {
    return invert(history, transformed);
  }

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
