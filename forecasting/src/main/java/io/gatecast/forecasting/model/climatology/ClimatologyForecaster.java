package io.gatecast.forecasting.model.climatology;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A fitted {@link Climatology}. Immutable; threads may share it. */
public final class ClimatologyForecaster implements Forecaster {
  private final Map<String, Cycle> cycles;
  private final int horizon;

  /** One series' harmonics and their coefficients. */
  static final class Cycle {
    private final Harmonics harmonics;
    private final double[] coefficients;

    Cycle(Harmonics harmonics, double[] coefficients) {
      this.harmonics = harmonics;
      this.coefficients = coefficients;
    }

    double at(LocalDateTime local) {
      double[] row = harmonics.at(local);
      double sum = 0;
      for (int i = 0; i < row.length; i++) {
        sum += coefficients[i] * row[i];
      }
      return sum;
    }
  }

  ClimatologyForecaster(Map<String, Cycle> cycles, int horizon) {
    this.cycles = new LinkedHashMap<>(cycles);
    this.horizon = horizon;
  }

  @Override
  public String name() {
    return Climatology.NAME;
  }

  @Override
  public Kind kind() {
    return Kind.BASELINE;
  }

  /** Coefficients of all series. */
  @Override
  public long parameters() {
    return cycles.values().stream().mapToLong(cycle -> cycle.harmonics.width()).sum();
  }

  /**
   * The fitted mean at a time, in the target's unit.
   *
   * @param series its name
   * @param local date and time on the series' axis
   * @throws IllegalArgumentException if it was not fitted to the series
   */
  public double at(String series, LocalDateTime local) {
    return cycle(series).at(local);
  }

  /**
   * Harmonics of the year that a series' train part allowed.
   *
   * @param series its name
   * @return 0 where it covers no year
   */
  public int yearHarmonics(String series) {
    return cycle(series).harmonics.year();
  }

  /**
   * Harmonics of the day that a series' train part allowed.
   *
   * @param series its name
   * @return 0 where steps are of a day or longer
   */
  public int dayHarmonics(String series) {
    return cycle(series).harmonics.day();
  }

  private Cycle cycle(String series) {
    Cycle found = cycles.get(series);
    if (found == null) {
      throw new IllegalArgumentException(
          "series: expected one of " + cycles.keySet() + ", found " + series);
    }
    return found;
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    double[][] forecasts = new double[origins.size()][horizon];
    for (int i = 0; i < forecasts.length; i++) {
      History origin = origins.get(i);
      TimeAxis axis = origin.series().axis();
      Cycle cycle = cycle(origin.series().name());
      long from = origin.series().time(origin.origin());
      for (int h = 0; h < horizon; h++) {
        forecasts[i][h] = cycle.at(axis.local(axis.plus(from, h + 1)));
      }
    }
    return Forecasts.of(forecasts);
  }
}
