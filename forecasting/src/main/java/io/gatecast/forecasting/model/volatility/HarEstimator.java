package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.window.Fold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code har}: a {@link Har} for each series of a log variance, fitted to its train part. It gives
 * the mean alone.
 */
public final class HarEstimator implements Estimator {
  private static final String NAME = "har";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Forecaster.Kind kind() {
    return Forecaster.Kind.BASELINE;
  }

  /**
   * Fits.
   *
   * @param fold whose target is a log variance
   * @throws io.gatecast.forecasting.JobFault if a train part is too short or does not vary
   */
  @Override
  public Forecaster fit(Fold fold) {
    Map<String, Har> fitted = new HashMap<>();
    for (TimeSeries series : fold.data().series()) {
      TrainPart train = new TrainPart(series, fold.split());
      double[] values = train.values(0);
      fitted.put(series.name(), train.fitted(NAME, () -> Har.fit(values, fold.horizon())));
    }
    return new Fitted(fitted, fold.horizon());
  }

  private record Fitted(Map<String, Har> models, int horizon) implements Forecaster {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Kind kind() {
      return Kind.BASELINE;
    }

    @Override
    public long parameters() {
      return (long) Har.COEFFICIENTS * horizon * models.size();
    }

    @Override
    public Forecasts forecast(List<History> origins) {
      double[][] means = new double[origins.size()][];
      for (int i = 0; i < means.length; i++) {
        History origin = origins.get(i);
        means[i] = PerSeries.of(models, origin).forecast(lastMonth(origin));
      }
      return Forecasts.of(means);
    }

    /** The last month's values; where none is there, the last one before. */
    private static double[] lastMonth(History origin) {
      double[] values = new double[Math.min(Har.MONTH, origin.length())];
      boolean any = false;
      for (int i = 0; i < values.length; i++) {
        values[i] = origin.target(origin.length() - values.length + i);
        any |= !Double.isNaN(values[i]);
      }
      return any ? values : new double[] {origin.last()};
    }
  }
}
