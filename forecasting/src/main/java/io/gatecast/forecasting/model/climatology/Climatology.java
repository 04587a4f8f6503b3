package io.gatecast.forecasting.model.climatology;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.window.Fold;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Climatology: the mean of the train part by time of year and of day, smoothed. Each series has its
 * own, a harmonic regression of the target's levels,
 *
 * <pre>
 * ŷ(t) = b_0 + Σ_k (b_k sin 2πk a + c_k cos 2πk a) + Σ_l (d_l sin 2πl u + e_l cos 2πl u)
 *      + products of the lowest two k with the lowest two l
 * </pre>
 *
 * where a and u in [0, 1) are the positions of the local time t in its year and its day, with up to
 * 3 harmonics of the year and 4 of the day, by least squares. Few harmonics estimate the mean of a
 * short record better than the raw mean of each date (Narapusetty, DelSole and Tippett, "Optimal
 * Estimation of the Climatological Mean", Journal of Climate 22, 2009). The forecast of a time is
 * the fitted value there; what happened of late does not matter to it.
 *
 * <p>The year's cycle is fitted where the series' train part spans at least 365 days, the day's
 * where steps are shorter than a day, and each with no more harmonics K than leave a value in each
 * of 2K equal parts of the cycle. Without the year it is the mean of the train part, and the day's
 * cycle around it: far off, where seasons differ and the test part lies in another one. There is no
 * trend.
 */
public final class Climatology implements Estimator {
  /** The name in tables and files. */
  public static final String NAME = "climatology";

  private static final long YEAR_DAYS = 365;
  private static final long DAY_SECONDS = 86_400;

  /** Makes one; there is nothing to choose. */
  public Climatology() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Forecaster.Kind kind() {
    return Forecaster.Kind.BASELINE;
  }

  @Override
  public ClimatologyForecaster fit(Fold fold) {
    Map<String, ClimatologyForecaster.Cycle> cycles = new LinkedHashMap<>();
    for (TimeSeries series : fold.data().series()) {
      cycles.put(series.name(), fit(series, fold.split().trainStart(), fold.split().trainEnd()));
    }
    return new ClimatologyForecaster(cycles, fold.horizon());
  }

  private static ClimatologyForecaster.Cycle fit(TimeSeries series, long start, long end) {
    TimeAxis axis = series.axis();
    int to = series.stepsUntil(end);
    int from = 0;
    while (from < to && !(series.time(from) >= start && known(series, from, end))) {
      from++;
    }
    while (to > from && !known(series, to - 1, end)) {
      to--;
    }
    if (from == to) {
      throw new JobFault(
          ExitCode.DATA,
          "at least one value in the train part, to fit " + NAME,
          "none until " + axis.format(end),
          "series " + series.name() + ", column " + series.columns().get(0),
          "leave the series out, or make the train part longer");
    }
    Coverage coverage = new Coverage();
    for (int step = from; step < to; step++) {
      if (known(series, step, end)) {
        coverage.add(axis.local(series.time(step)));
      }
    }
    long day = axis.unit() == TimeUnit.DAY ? 1 : DAY_SECONDS;
    long span = series.time(to - 1) - series.time(from) + axis.step();
    Harmonics harmonics =
        new Harmonics(
            span >= YEAR_DAYS * day ? coverage.year() : 0,
            axis.unit() == TimeUnit.SECOND && axis.step() < DAY_SECONDS ? coverage.day() : 0);
    LeastSquares regression = new LeastSquares(harmonics.width());
    for (int step = from; step < to; step++) {
      if (known(series, step, end)) {
        LocalDateTime local = axis.local(series.time(step));
        regression.add(harmonics.at(local), series.value(0, step, end));
      }
    }
    return new ClimatologyForecaster.Cycle(harmonics, regression.solve());
  }

  private static boolean known(TimeSeries series, int step, long asOf) {
    return !Double.isNaN(series.value(0, step, asOf));
  }
}
