package io.gatecast.forecasting.model.smoothing;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.ErrorScale;

/** What is smoothed: the values, or their logarithms. */
enum SmoothingScale {
  /** The values. */
  VALUES,
  /** Their logarithms. */
  LOGARITHMS;

  static SmoothingScale of(ErrorScale scale) {
    return scale == ErrorScale.ADDITIVE ? VALUES : LOGARITHMS;
  }

  /**
   * Takes values to this scale, in place.
   *
   * @param values {@code [step]}, not a number where absent
   * @param series that they are of
   * @param first step of the first value
   * @throws JobFault if a value is not positive and has no logarithm
   */
  void apply(double[] values, TimeSeries series, int first) {
    if (this == VALUES) {
      return;
    }
    for (int t = 0; t < values.length; t++) {
      if (values[t] <= 0) {
        throw new JobFault(
            ExitCode.DATA,
            "positive values, without which a logarithm does not exist",
            String.valueOf(values[t]),
            "series "
                + series.name()
                + ", column "
                + series.columns().get(0)
                + " at "
                + series.axis().format(series.time(first + t)),
            "take differences of the target instead of log returns, or leave the series out");
      }
      values[t] = Math.log(values[t]);
    }
  }

  /** Takes forecasts back, in place. */
  void invert(double[] forecasts) {
    for (int h = 0; this == LOGARITHMS && h < forecasts.length; h++) {
      forecasts[h] = Math.exp(forecasts[h]);
    }
  }
}
