package io.gatecast.forecasting.model.smoothing;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exponential smoothing, its form chosen and its parameters fitted for each series by itself: the
 * statistical baseline. It reads the latest {@value Ets#MAX_OBSERVATIONS} values of the train part,
 * as they were known at its end, and nothing else.
 *
 * <p>A season longer than {@value EtsForm#MAX_SEASON} steps is left out: such a model would have a
 * state to estimate for each of its steps. The seasonal naive rule covers those.
 *
 * @param season steps of a season, m; 1 for none
 * @param horizon steps ahead
 * @param scale where multiplicative, the logarithms are smoothed: forecasts are medians, and a
 *     season is one of factors; all values must be positive. Otherwise the values themselves, with
 *     multiplicative errors and seasons among the choices where all are positive
 */
public record EtsEstimator(int season, int horizon, ErrorScale scale) implements Estimator {
  /** The name in tables and files. */
  public static final String NAME = "ets";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if season or horizon is below 1
   */
  public EtsEstimator {
    if (season < 1 || horizon < 1) {
      throw new IllegalArgumentException(
          "season and horizon: expected at least 1, found " + season + " and " + horizon);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Forecaster.Kind kind() {
    return Forecaster.Kind.BASELINE;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A series without any value in the train part repeats its last value.
   *
   * @throws io.gatecast.forecasting.JobFault if the scale is multiplicative and a value is not
   *     positive
   */
  @Override
  public EtsForecaster fit(Fold fold) {
    Map<String, EtsForecaster.Model> models = new LinkedHashMap<>();
    for (TimeSeries series : fold.data().series()) {
      models.put(series.name(), model(series, fold.split()));
    }
    return new EtsForecaster(models, horizon, scale);
  }

  private EtsForecaster.Model model(TimeSeries series, Split split) {
    int to = series.stepsUntil(split.trainEnd());
    int from = 0;
    while (from < to && series.time(from) < split.trainStart()) {
      from++;
    }
    double[] train = series.column(0, from, to, split.trainEnd());
    SmoothingScale.of(scale).apply(train, series, from);
    EtsFit fit = Ets.choose(train, season, scale == ErrorScale.ADDITIVE);
    long start = fit.fitted() ? series.time(from + fit.first()) : Long.MIN_VALUE;
    return new EtsForecaster.Model(fit, start);
  }
}
