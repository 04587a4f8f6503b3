package io.gatecast.forecasting.model.linear;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.LabelledWindows;
import java.util.List;

/**
 * Linear autoregression: every step of the horizon is regressed on the look-back, on the same
 * windows and scale as a network, one regression for all series. Direct, not iterated: a step's
 * forecast uses no other step's. It tells no quantiles.
 *
 * <p>The fit is ridge regression in closed form: one pass over the windows gathers {@code X'X} and
 * {@code X'Y}, the penalty λ is that of {@link #penalties} with the least mean squared error on the
 * validation windows (on the network's scale, over all steps ahead), the largest of several. What
 * is regressed on what is {@link LinearForm}'s matter. Columns that repeat each other, such as a
 * calendar's at different lags, are no trouble: the penalty shares the weight among them.
 *
 * <p>{@link LinearForm#LINEAR} reads all features where look-back times features is at most {@value
 * #MOST_COLUMNS} and {@code X'X} takes at most {@value #MOST_PRODUCTS} products, some ten seconds;
 * beyond, the target alone. {@link LinearForecaster#description} says which it was.
 */
public final class LinearAutoregression implements Estimator {
  /** Most columns of a regression on all features. */
  public static final int MOST_COLUMNS = 2_000;

  /** Most products in {@code X'X} of a regression on all features: columns² / 2 · windows. */
  public static final long MOST_PRODUCTS = 50_000_000_000L;

  private static final List<Double> PENALTIES =
      List.of(1e3, 1e2, 1e1, 1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6);

  private final LinearForm form;

  /**
   * Chooses a form.
   *
   * @param form what is read of a look-back
   */
  public LinearAutoregression(LinearForm form) {
    this.form = form;
  }

  /**
   * The penalties that are tried, in units of the standardised columns' variance: by decades from
   * 1000, where of some hundred like columns little is left but the mean, to 1e-6, which is least
   * squares but for columns that repeat each other.
   *
   * @return descending
   */
  public static List<Double> penalties() {
    return PENALTIES;
  }

  @Override
  public String name() {
    return form.label();
  }

  @Override
  public Forecaster.Kind kind() {
    return Forecaster.Kind.BASELINE;
  }

  @Override
  public LinearForecaster fit(Fold fold) {
    requireWindows("train", fold.train());
    requireWindows("validation", fold.validation());
    Design design = design(fold);
    Ridge ridge = new Ridge(design.moments(fold.train()));
    Moments validation = design.moments(fold.validation());
    double best = PENALTIES.get(0);
    LinearMap map = ridge.fit(best);
    double least = map.meanSquaredError(validation);
    for (double penalty : PENALTIES.subList(1, PENALTIES.size())) {
      LinearMap other = ridge.fit(penalty);
      double error = other.meanSquaredError(validation);
      if (error < least) {
        best = penalty;
        map = other;
        least = error;
      }
    }
    long parameters = (ridge.used() + 1L) * fold.horizon();
    return new LinearForecaster(design, map, best, parameters, fold.windowing());
  }

  private Design design(Fold fold) {
    LabelledWindows train = fold.train();
    long columns = (long) train.lookback() * train.inputs();
    boolean all =
        form == LinearForm.LINEAR
            && columns <= MOST_COLUMNS
            && columns * columns / 2 * train.size() <= MOST_PRODUCTS;
    WindowTransform window = fold.windowing().transforms().get(0).window();
    boolean changes = window.targetBase(1) != 0;
    return new Design(form, train.lookback(), train.inputs(), all ? train.inputs() : 1, changes);
  }

  private void requireWindows(String part, LabelledWindows windows) {
    if (windows.size() == 0) {
      throw new JobFault(
          ExitCode.DATA,
          "at least one complete window in the " + part + " part, to fit " + name(),
          "none",
          "the series' " + part + " part",
          "supply more data, or lower network.lookback or horizon");
    }
  }
}
