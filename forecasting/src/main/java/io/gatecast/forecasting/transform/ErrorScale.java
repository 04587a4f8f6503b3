package io.gatecast.forecasting.transform;

import io.gatecast.forecasting.Names;
import java.util.Arrays;
import java.util.Locale;

/** On which scale the errors of forecasts are alike at any level of the target. */
public enum ErrorScale {
  /** {@code y − ŷ}. */
  ADDITIVE {
    @Override
    public double residual(double actual, double forecast) {
      return actual - forecast;
    }

    @Override
    public double shifted(double forecast, double residual) {
      return forecast + residual;
    }
  },
  /** {@code log(y / ŷ)}: a price's error grows with the price. */
  MULTIPLICATIVE {
    @Override
    public double residual(double actual, double forecast) {
      // A rule such as drift may leave the positive numbers; no interval then contains the truth.
      return forecast > 0 ? Math.log(actual / forecast) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double shifted(double forecast, double residual) {
      return forecast > 0 ? forecast * Math.exp(residual) : forecast;
    }
  };

  /**
   * How far off a forecast was.
   *
   * @param actual the true value
   * @param forecast the value forecast
   */
  public abstract double residual(double actual, double forecast);

  /**
   * The value that lies a residual away from a forecast.
   *
   * @param forecast a value
   * @param residual as {@link #residual} gives it
   */
  public abstract double shifted(double forecast, double residual);

  /** The name as files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name.
   *
   * @param label as {@link #label} gives it
   * @throws IllegalArgumentException if there is none of that name
   */
  public static ErrorScale of(String label) {
    for (ErrorScale scale : values()) {
      if (scale.label().equals(label)) {
        return scale;
      }
    }
    throw new IllegalArgumentException(
        "expected an error scale, found \""
            + label
            + "\": "
            + Names.nearest(label, Arrays.stream(values()).map(ErrorScale::label).toList()));
  }
}
