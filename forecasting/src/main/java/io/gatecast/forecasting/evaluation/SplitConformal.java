package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prediction intervals by split conformal inference (Vovk et al., 2005; Lei et al., 2018): the
 * half-width is the {@code ⌈(n+1)·level⌉}-th smallest absolute residual on the validation part, for
 * each series and each step ahead. Residuals are taken on the transform's scale, so that a price's
 * interval grows with the price.
 */
public final class SplitConformal {
  /** Validation windows that a 95 % interval needs: {@code ⌈(n+1)·0.95⌉ ≤ n}. */
  public static final int FEWEST_WINDOWS = 19;

  private final ErrorScale errorScale;
  private final Map<String, double[][]> residuals; // series -> [step ahead][sorted]

  private SplitConformal(ErrorScale errorScale, Map<String, double[][]> residuals) {
    this.errorScale = errorScale;
    this.residuals = residuals;
  }

  /** An interval, in the target's unit. */
  public record Interval(double low, double high) {
    /**
     * Whether a value lies inside.
     *
     * @param value in the target's unit
     */
    public boolean contains(double value) {
      return value >= low && value <= high;
    }
  }

  /**
   * Learns from a model's validation forecasts.
   *
   * @param errorScale on which errors are alike
   * @param origins of the validation windows
   * @param actual {@code [origin][step]}
   * @param forecast of the same shape
   */
  public static SplitConformal fit(
      ErrorScale errorScale, List<History> origins, double[][] actual, double[][] forecast) {
    Map<String, List<double[]>> rows = new LinkedHashMap<>();
    for (int i = 0; i < actual.length; i++) {
      double[] row = new double[actual[i].length];
      for (int h = 0; h < row.length; h++) {
        row[h] = Math.abs(errorScale.residual(actual[i][h], forecast[i][h]));
      }
      rows.computeIfAbsent(origins.get(i).series().name(), any -> new ArrayList<>()).add(row);
    }
    Map<String, double[][]> residuals = new LinkedHashMap<>();
    rows.forEach((series, list) -> residuals.put(series, sortedByStep(list)));
    return new SplitConformal(errorScale, residuals);
  }

  private static double[][] sortedByStep(List<double[]> rows) {
    double[][] sorted = new double[rows.get(0).length][rows.size()];
    for (int h = 0; h < sorted.length; h++) {
      for (int i = 0; i < rows.size(); i++) {
        sorted[h][i] = rows.get(i)[h];
      }
      Arrays.sort(sorted[h]);
    }
    return sorted;
  }

  /**
   * The interval around a forecast.
   *
   * @param series name
   * @param step ahead, index from 0
   * @param forecast level
   * @param level nominal coverage, in (0, 1)
   * @throws IllegalArgumentException if the series has too few validation windows for the level
   */
  public Interval interval(String series, int step, double forecast, double level) {
    double[][] ofSeries = residuals.get(series);
    int n = ofSeries == null ? 0 : ofSeries[step].length;
    int rank = (int) Math.ceil((n + 1) * level);
    if (ofSeries == null || rank > n) {
      throw new IllegalArgumentException(
          "series "
              + series
              + ": expected enough validation windows for a "
              + level
              + " interval, found "
              + n);
    }
    double width = ofSeries[step][rank - 1];
    return new Interval(errorScale.shifted(forecast, -width), errorScale.shifted(forecast, width));
  }
}
