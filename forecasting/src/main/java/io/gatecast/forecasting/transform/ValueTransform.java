package io.gatecast.forecasting.transform;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a network learns of a series: its level or its log return. Stateless; forecasts go back to
 * levels from the last true level, so that a network need not learn where it stands.
 */
public enum ValueTransform {
  /** The value itself; a forecast is its change since the last value, {@code y_{T+h} − y_T}. */
  LEVEL {
    @Override
    public double[] apply(double[] values) {
      return values.clone();
    }

    @Override
    public boolean relativeToLast() {
      return true;
    }

    @Override
    public double[] path(double last, double[] changes) {
      return Arrays.stream(changes).map(change -> last + change).toArray();
    }

    @Override
    public double residual(double actual, double forecast) {
      return actual - forecast;
    }

    @Override
    public double shifted(double forecast, double residual) {
      return forecast + residual;
    }
  },
  /** {@code log(x_t / x_{t−1})}; needs positive values; a forecast is each step's return. */
  LOG_RETURN {
    @Override
    public double[] apply(double[] values) {
      double[] returns = new double[values.length];
      for (int t = 0; t < values.length; t++) {
        returns[t] = t == 0 ? Double.NaN : Math.log(values[t] / values[t - 1]);
      }
      return returns;
    }

    @Override
    public boolean relativeToLast() {
      return false;
    }

    @Override
    public double[] path(double last, double[] returns) {
      double[] levels = new double[returns.length];
      double sum = 0;
      for (int h = 0; h < levels.length; h++) {
        sum += returns[h];
        levels[h] = last * Math.exp(sum);
      }
      return levels;
    }

    @Override
    public double residual(double actual, double forecast) {
      // A rule such as drift may leave the positive numbers; no interval then contains the truth.
      return forecast > 0 ? Math.log(actual / forecast) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double shifted(double forecast, double residual) {
      return forecast * Math.exp(residual);
    }
  };

  /**
   * Transforms a series.
   *
   * @param values levels, not a number where absent
   * @return as many numbers, not a number where one cannot be had
   */
  public abstract double[] apply(double[] values);

  /** Whether a forecast is a difference from the last transformed value, or a value itself. */
  public abstract boolean relativeToLast();

  /**
   * Goes back to levels.
   *
   * @param last the last true level
   * @param forecast changes since it, or each step's return
   * @return as many levels
   */
  public abstract double[] path(double last, double[] forecast);

  /**
   * How far off a forecast was, on the scale on which errors are alike at any level.
   *
   * @param actual the true level
   * @param forecast the level forecast
   */
  public abstract double residual(double actual, double forecast);

  /**
   * The level that lies a residual away from a forecast.
   *
   * @param forecast a level
   * @param residual as {@link #residual} gives it
   */
  public abstract double shifted(double forecast, double residual);

  /** The name as job files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
