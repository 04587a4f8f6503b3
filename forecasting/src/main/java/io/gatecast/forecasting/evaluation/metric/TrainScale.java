package io.gatecast.forecasting.evaluation.metric;

import io.gatecast.forecasting.data.TimeSeries;

/**
 * What scaled errors of a series divide by: how far its target moves in one step of the train part.
 * Nothing after the train part enters.
 *
 * <p>Over the pairs of neighbouring steps t − 1, t that both lie in the train part and both have a
 * value:
 *
 * <ul>
 *   <li>absolute: {@code mean |y_t − y_{t−1}|}, the mean absolute error of one-step persistence;
 *       Hyndman and Koehler, Another look at measures of forecast accuracy, 2006, scale MASE by it.
 *   <li>rootMeanSquare: {@code √ mean (y_t − y_{t−1})²}; RMSSE of the M5 competition (Makridakis,
 *       Spiliotis and Assimakopoulos, 2022) is scaled by it.
 * </ul>
 *
 * <p>A series that never moved has the scale 0. Against it, an error of 0 counts 0 and any other
 * one is infinite: see {@link Accuracy}. A train part without such a pair has no scale: both are
 * not a number, and so is what is scaled by them.
 *
 * @param absolute mean absolute one-step change, in the target's unit; at least 0, or NaN: unknown
 * @param rootMeanSquare root of the mean squared one-step change, in the target's unit; at least 0,
 *     or NaN: unknown
 */
public record TrainScale(double absolute, double rootMeanSquare) {
  /** No scale is known: scaled errors are not a number. */
  public static final TrainScale UNKNOWN = new TrainScale(Double.NaN, Double.NaN);

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is negative or infinite
   */
  public TrainScale {
    check("absolute", absolute);
    check("rootMeanSquare", rootMeanSquare);
  }

  /**
   * The scale of a series' target, as its values were known at the train part's end.
   *
   * @param series the series; steps without a value belong to no pair
   * @param from the train part's first time, as days or seconds
   * @param to its last time
   * @return the scale; {@link #UNKNOWN} where no pair of neighbouring steps has values
   * @throws IllegalArgumentException if it ends before it starts
   */
  public static TrainScale of(TimeSeries series, long from, long to) {
    if (from > to) {
      throw new IllegalArgumentException(
          "expected a train part that ends after it starts, found from "
              + from
              + " to "
              + to
              + "; give its first and last time in this order");
    }
    Mean absolute = new Mean();
    Mean squared = new Mean();
    double before = Double.NaN;
    for (int step = 0; step < series.length() && series.time(step) <= to; step++) {
      double now = series.time(step) < from ? Double.NaN : series.value(0, step, to);
      double change = now - before;
      if (!Double.isNaN(change)) {
        absolute.add(Math.abs(change));
        squared.add(change * change);
      }
      before = now;
    }
    return new TrainScale(absolute.value(), Math.sqrt(squared.value()));
  }

  private static void check(String name, double scale) {
    if (scale < 0 || Double.isInfinite(scale)) {
      throw new IllegalArgumentException(
          "expected a scale "
              + name
              + " of at least 0, found "
              + scale
              + "; give NaN where none is known");
    }
  }
}
