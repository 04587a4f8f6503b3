package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.window.Split;
import java.util.function.Supplier;

/**
 * One series' steps in the train part, with values as they were known at its end.
 *
 * @param series the whole series
 * @param split where time is cut
 */
record TrainPart(TimeSeries series, Split split) {

  /** A column's values, not a number where absent. */
  double[] values(int column) {
    int to = series.stepsUntil(split.trainEnd());
    long start = split.trainStart();
    int from = start == Long.MIN_VALUE ? 0 : Math.min(to, series.stepsUntil(start - 1));
    return series.column(column, from, to, split.trainEnd());
  }

  /** What is fitted to the values; where they do not allow it, a fault with the series' name. */
  <T> T fitted(String model, Supplier<T> fit) {
    try {
      return fit.get();
    } catch (IllegalArgumentException e) {
      throw new JobFault(
              ExitCode.DATA,
              "a train part that allows " + model,
              String.valueOf(e.getMessage()),
              "series " + series.name() + ", up to " + series.axis().format(split.trainEnd()),
              "supply a longer or livelier series, or leave " + model + " out")
          .because(e);
    }
  }
}
