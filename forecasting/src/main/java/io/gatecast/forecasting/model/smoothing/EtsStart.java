package io.gatecast.forecasting.model.smoothing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state before the first step.
 *
 * @param level l_0
 * @param trend b_0; 0 without a trend
 * @param seasonal m of them, that of the first step first; empty without a season. They add up to
 *     0, or to m where they are factors
 */
public record EtsStart(double level, double trend, List<Double> seasonal) {
  private static final int LEVEL_STEPS = 10;
  private static final int SEASONS = 4;

  /** Copies the list. */
  public EtsStart {
    seasonal = List.copyOf(seasonal);
  }

  /**
   * A first guess from the data, after Hyndman et al. (2002), section 3: each seasonal state is the
   * mean distance, or ratio, of its steps to the means of the first seasons, at most four; level
   * and slope are those of the straight line through the first values without their season, at
   * least ten of them; without a trend the level is their mean.
   *
   * @param form which states there are
   * @param values {@code [step]}, not a number where absent; the first is there
   */
  static EtsStart guess(EtsForm form, double[] values) {
    int m = form.season();
    boolean ratios = form.seasonal() == EtsForm.Seasonal.MULTIPLICATIVE;
    double[] seasonal =
        form.seasonal() == EtsForm.Seasonal.NONE ? new double[0] : season(values, m, ratios);
    int steps = Math.min(Math.max(LEVEL_STEPS, 2 * m), values.length);
    double count = 0;
    double time = 0;
    double mean = 0;
    double[] adjusted = new double[steps];
    for (int t = 0; t < steps; t++) {
      double season = seasonal.length == 0 ? (ratios ? 1 : 0) : seasonal[t % m];
      adjusted[t] = ratios ? values[t] / season : values[t] - season;
      if (!Double.isNaN(adjusted[t])) {
        count++;
        time += (t - time) / count;
        mean += (adjusted[t] - mean) / count;
      }
    }
    if (form.trend() == EtsForm.Trend.NONE) {
      return new EtsStart(mean, 0, list(seasonal));
    }
    double square = 0;
    double product = 0;
    for (int t = 0; t < steps; t++) {
      if (!Double.isNaN(adjusted[t])) {
        square += (t - time) * (t - time);
        product += (t - time) * (adjusted[t] - mean);
      }
    }
    double slope = square == 0 ? 0 : product / square;
    double level = mean - slope * (time + 1);
    boolean possible = !ratios || level + slope > 0;
    return possible
        ? new EtsStart(level, slope, list(seasonal))
        : new EtsStart(mean, 0, list(seasonal));
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double[] season(double[] values, int m, boolean ratios) {
    double[] sums = new double[m];
    int[] counts = new int[m];
    int whole = Math.min(SEASONS, values.length / m);
    for (int first = 0; first < whole * m; first += m) {
      double mean =
          Arrays.stream(values, first, first + m)
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN);
      for (int phase = 0; phase < m; phase++) {
        double value = values[first + phase];
        if (!Double.isNaN(value)) {
          sums[phase] += ratios ? value / mean : value - mean;
          counts[phase]++;
        }
      }
    }
    double neutral = ratios ? 1 : 0;
    double[] seasonal = new double[m];
    for (int phase = 0; phase < m; phase++) {
      seasonal[phase] = counts[phase] == 0 ? neutral : sums[phase] / counts[phase];
    }
    double mean = Arrays.stream(seasonal).average().orElse(neutral);
    for (int phase = 0; phase < m; phase++) {
      seasonal[phase] = ratios ? seasonal[phase] / mean : seasonal[phase] - mean;
    }
    return seasonal;
  }

  /**
   * The state some way off.
   *
   * @param form which states there are
   * @param change of the free ones: the level, the slope, all seasonal ones but the last, which
   *     makes up for them
   * @param share of the change to take
   */
  EtsStart moved(EtsForm form, double[] change, double share) {
    int at = 0;
    double newLevel = level + share * change[at++];
    double newTrend = form.trend() == EtsForm.Trend.NONE ? 0 : trend + share * change[at++];
    List<Double> newSeasonal = new ArrayList<>(seasonal);
    int last = seasonal.size() - 1;
    for (int phase = 0; phase < last; phase++) {
      newSeasonal.set(phase, seasonal.get(phase) + share * change[at]);
      newSeasonal.set(last, newSeasonal.get(last) - share * change[at++]);
    }
    return new EtsStart(newLevel, newTrend, newSeasonal);
  }
}
