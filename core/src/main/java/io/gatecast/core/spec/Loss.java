package io.gatecast.core.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one output costs against its target. A network's loss is the mean over windows, steps and
 * outputs.
 *
 * <p>Below, {@code e = y − target}. All are computed in double.
 */
public sealed interface Loss {
  /**
   * The cost.
   *
   * @param y the output
   * @param target what it should have been
   * @return the cost, at least 0; NaN if an argument is
   */
  double value(double y, double target);

  /**
   * The derivative of {@link #value} with regard to y. Where there is a kink it gives 0, which lies
   * between the slopes on both sides.
   *
   * @param y the output
   * @param target what it should have been
   * @return ∂value/∂y
   */
  double derivative(double y, double target);

  /**
   * The loss in one word: {@code squared}, {@code absolute}, {@code huber(1.5)}, {@code
   * pinball(0.9)}. Losses are equal if and only if their labels are.
   */
  String label();

  /**
   * A loss by its label.
   *
   * @param label as {@link #label} gives it
   * @return the loss
   * @throws IllegalArgumentException for another word, or a δ or q out of its bounds; the message
   *     lists the labels or names the bound
   */
  static Loss of(String label) {
    return switch (label) {
      case "squared" -> new Squared();
      case "absolute" -> new Absolute();
      default -> withNumber(label);
    };
  }

  private static Loss withNumber(String label) {
    Matcher matcher = Pattern.compile("(huber|pinball)\\((.+)\\)").matcher(label);
    if (!matcher.matches()) {
      throw unknown(label, null);
    }
    double number;
    try {
      number = Double.parseDouble(matcher.group(2));
    } catch (NumberFormatException e) {
      throw unknown(label, e);
    }
    return matcher.group(1).equals("huber") ? new Huber(number) : new Pinball(number);
  }

  private static IllegalArgumentException unknown(
      String label, @Nullable NumberFormatException cause) {
    return new IllegalArgumentException(
        "loss: expected one of "
            + "squared, absolute, huber(<delta>) and pinball(<quantile>), found "
            + label,
        cause);
  }

  /** Squared error, {@code e²}. Its best constant forecast is the mean. */
  record Squared() implements Loss {
    @Override
    public double value(double y, double target) {
      return (y - target) * (y - target);
    }

    @Override
    public double derivative(double y, double target) {
      return 2 * (y - target);
    }

    @Override
    public String label() {
      return "squared";
    }
  }

  /** Absolute error, {@code |e|}. Its best constant forecast is the median. */
  record Absolute() implements Loss {
    @Override
    public double value(double y, double target) {
      return Math.abs(y - target);
    }

    @Override
    public double derivative(double y, double target) {
      return Math.signum(y - target);
    }

    @Override
    public String label() {
      return "absolute";
    }
  }

  /**
   * Huber's loss: {@code e² / 2} for {@code |e| ≤ δ}, beyond {@code δ (|e| − δ / 2)}. Squared for
   * small errors, absolute for large ones. P. J. Huber, <i>Robust Estimation of a Location
   * Parameter</i>, Annals of Mathematical Statistics 35, 1964.
   *
   * @param delta δ, above 0 and finite, in the unit of y
   */
  record Huber(double delta) implements Loss {
    /**
     * Checks δ.
     *
     * @throws IllegalArgumentException if δ is not above 0 and finite
     */
    public Huber {
      Bounds.positive("delta", delta);
    }

    @Override
    public double value(double y, double target) {
      double distance = Math.abs(y - target);
      return distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2);
    }

    @Override
    public double derivative(double y, double target) {
      double error = y - target;
      return Math.abs(error) <= delta ? error : delta * Math.signum(error);
    }

    @Override
    public String label() {
      return "huber(" + delta + ")";
    }
  }

  /**
   * The pinball loss: {@code −q e} if y is too low, {@code (1 − q) e} if too high. Its best
   * constant forecast is the q-quantile. R. Koenker and G. Bassett, <i>Regression Quantiles</i>,
   * Econometrica 46, 1978.
   *
   * @param quantile q, above 0 and below 1
   */
  record Pinball(double quantile) implements Loss {
    /**
     * Checks q.
     *
     * @throws IllegalArgumentException if q is not above 0 and below 1
     */
    public Pinball {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException(
            "quantile: expected above 0 and below 1, found " + quantile);
      }
    }

    @Override
    public double value(double y, double target) {
      double error = y - target;
      return Math.max(-quantile * error, (1 - quantile) * error);
    }

    @Override
    public double derivative(double y, double target) {
      double error = y - target;
      return (error > 0 ? 1 - quantile : quantile) * Math.signum(error);
    }

    @Override
    public String label() {
      return "pinball(" + quantile + ")";
    }
  }
}
