package io.gatecast.forecasting.model.volatility;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.window.Fold;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code garch}: a {@link Garch} of each series' log returns, fitted to its train part. Of two
 * targets:
 *
 * <ul>
 *   <li>a log variance, {@link #ofLogVariance}: {@code ln E h_{t+k} + c_k}, where c_k is the train
 *       part's mean difference between the target and {@code ln E h_{t+k}}. Returns from close to
 *       close hold what moved overnight and a range does not, and the log of a noisy variance lies
 *       below the log of its mean; c_k holds both. It gives the mean alone.
 *   <li>a price, {@link #ofPrice}: the mean is the last price p, and the quantile at level τ is
 *       {@code p exp(z_τ sqrt(E h_{t+1} + .. + E h_{t+k}))} with the Gaussian quantile z_τ.
 * </ul>
 *
 * <p>A return is absent where one of its two prices is absent or not above zero.
 */
public final class GarchEstimator implements Estimator {
  static final String NAME = "garch";

  private final @Nullable String price;

  private GarchEstimator(@Nullable String price) {
    this.price = price;
  }

  /**
   * Of a log variance.
   *
   * @param price name of the column of prices whose returns it reads; one of the series' columns
   */
  public static GarchEstimator ofLogVariance(String price) {
    return new GarchEstimator(price);
  }

  /** Of a price: the target's own returns. */
  public static GarchEstimator ofPrice() {
    return new GarchEstimator(null);
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
   * Fits.
   *
   * @param fold whose target is a log variance or a price
   * @throws JobFault if a train part has too few returns or they do not vary, or if a series has no
   *     such column of prices
   */
  @Override
  public Forecaster fit(Fold fold) {
    Map<String, Garch> models = new HashMap<>();
    Map<String, double[]> constants = new HashMap<>();
    int column = column(fold.data().series().get(0));
    for (TimeSeries series : fold.data().series()) {
      TrainPart train = new TrainPart(series, fold.split());
      double[] returns = logReturns(train.values(column));
      Garch model = train.fitted(NAME, () -> GarchFit.of(returns));
      models.put(series.name(), model);
      if (price != null) {
        double[] target = train.values(0);
        constants.put(
            series.name(),
            train.fitted(NAME, () -> constants(model, returns, target, fold.horizon())));
      }
    }
    FilteredVariances filtered = new FilteredVariances(models, column);
    return price == null
        ? new GarchOfPrice(filtered, fold.horizon())
        : new GarchOfLogVariance(filtered, constants, fold.horizon());
  }

  private int column(TimeSeries series) {
    int column = price == null ? 0 : series.columns().indexOf(price);
    if (column < 0) {
      throw new JobFault(
          ExitCode.USAGE,
          "a column of prices among the columns that the job reads, " + series.columns(),
          "\"" + price + "\"",
          "model " + NAME,
          "add it to inputs, or leave " + NAME + " out");
    }
    return column;
  }

  /** Log returns of prices, one for each step; the first is absent. */
  static double[] logReturns(double[] prices) {
    double[] returns = new double[prices.length];
    double before = Double.NaN;
    for (int t = 0; t < prices.length; t++) {
      double log = prices[t] > 0 ? Math.log(prices[t]) : Double.NaN;
      returns[t] = log - before;
      before = log;
    }
    return returns;
  }

  /** The mean difference for each step ahead, over origins whose target is there. */
  private static double[] constants(Garch model, double[] returns, double[] target, int horizon) {
    double[] variances = model.filter(returns);
    double[] sums = new double[horizon];
    int[] counts = new int[horizon];
    for (int origin = 0; origin < returns.length; origin++) {
      double[] ahead = model.forecast(variances[origin + 1], horizon);
      for (int k = 0; k < horizon && origin + 1 + k < target.length; k++) {
        double truth = target[origin + 1 + k];
        if (!Double.isNaN(truth)) {
          sums[k] += truth - Math.log(ahead[k]);
          counts[k]++;
        }
      }
    }
    double[] constants = new double[horizon];
    for (int k = 0; k < horizon; k++) {
      if (counts[k] == 0) {
        throw new IllegalArgumentException(
            "expected targets " + (k + 1) + " steps ahead of returns, found none");
      }
      constants[k] = sums[k] / counts[k];
    }
    return constants;
  }
}
