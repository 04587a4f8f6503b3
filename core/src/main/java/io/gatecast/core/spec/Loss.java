package io.gatecast.core.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a network's outputs cost against their targets: the mean over windows, steps and outputs of
 * what each costs. {@link Pointwise} losses charge all outputs alike, {@link Quantiles} each by its
 * level.
 *
 * <p>Below, {@code e = y − target}. All are computed in double.
 */
public sealed interface Loss {
  /**
   * The loss of one of the head's outputs.
   *
   * @param output the output's index, from 0
   * @return what it costs
   */
  Pointwise ofOutput(int output);

  /**
   * How many of the head's outputs forecast the same step: the number of quantile levels, else 1. A
   * head's outputs are a multiple of it, and two that lie so far apart have the same loss.
   */
  int outputsPerStep();

  /**
   * The loss in one word: {@code squared}, {@code absolute}, {@code huber(1.5)}, {@code
   * pinball(0.9)}, {@code quantiles(0.1,0.5,0.9)}. Losses are equal if and only if their labels
   * are.
   */
  String label();

  /**
   * A loss by its label.
   *
   * @param label as {@link #label} gives it
   * @return the loss
   * @throws IllegalArgumentException for another word, or a δ, q or levels out of their bounds; the
   *     message lists the labels or names the bound
   */
  static Loss of(String label) {
    return switch (label) {
      case "squared" -> new Squared();
      case "absolute" -> new Absolute();
      default -> withNumbers(label);
    };
  }

  private static Loss withNumbers(String label) {
    Matcher matcher = Pattern.compile("(huber|pinball|quantiles)\\((.+)\\)").matcher(label);
    if (!matcher.matches()) {
      throw unknown(label, null);
    }
    List<Double> numbers = new ArrayList<>();
    try {
      for (String number : matcher.group(2).split(",", -1)) {
        numbers.add(Double.valueOf(number));
      }
    } catch (NumberFormatException e) {
      throw unknown(label, e);
    }
    if (matcher.group(1).equals("quantiles")) {
      return new Quantiles(numbers);
    }
    if (numbers.size() > 1) {
      throw unknown(label, null);
    }
    double number = numbers.get(0);
    return matcher.group(1).equals("huber") ? new Huber(number) : new Pinball(number);
  }

  private static IllegalArgumentException unknown(
      String label, @Nullable NumberFormatException cause) {
    return new IllegalArgumentException(
        "loss: expected one of squared, absolute, huber(<delta>), pinball(<quantile>) and"
            + " quantiles(<level>,<level>,...), found "
            + label,
        cause);
  }

  /** A loss that looks at an output and its target alone, whichever output it is. */
  sealed interface Pointwise extends Loss {
    /**
     * The cost.
     *
     * @param y the output
     * @param target what it should have been
     * @return the cost, at least 0; NaN if an argument is
     */
    double value(double y, double target);

    /**
     * The derivative of {@link #value} with regard to y. Where there is a kink it gives 0, which
     * lies between the slopes on both sides.
     *
     * @param y the output
     * @param target what it should have been
     * @return ∂value/∂y
     */
    double derivative(double y, double target);

    @Override
    default Pointwise ofOutput(int output) {
      return this;
    }

    @Override
    default int outputsPerStep() {
      return 1;
    }
  }

  /** Squared error, {@code e²}. Its best constant forecast is the mean. */
  record Squared() implements Pointwise {
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
  record Absolute() implements Pointwise {
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
  record Huber(double delta) implements Pointwise {
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
  record Pinball(double quantile) implements Pointwise {
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

  /**
   * Several quantiles of each step, forecast by one head: output k is the quantile of level {@code
   * levels[k mod Q]}, Q being the number of levels, of the horizon's step {@code k div Q}, and is
   * charged the {@link Pinball} loss of that level. So the outputs of a horizon of H steps are
   * {@code H·Q}, step by step, and a target gives each step's value Q times.
   *
   * <p>R. Wen, K. Torkkola, B. Narayanaswamy and D. Madeka, <i>A Multi-Horizon Quantile Recurrent
   * Forecaster</i>, 2017, train so. Over dense levels, spread evenly, the mean nears half the
   * continuous ranked probability score. Nothing here keeps quantiles from crossing.
   *
   * @param levels at least one, strictly increasing, each above 0 and below 1
   */
  record Quantiles(List<Double> levels) implements Loss {
    /**
     * Checks the levels and copies the list.
     *
     * @throws IllegalArgumentException if there is none, one is not above 0 and below 1, or one is
     *     not above the one before it
     */
    public Quantiles {
      Bounds.atLeastOne("levels", levels.size());
      levels = List.copyOf(levels);
      double before = 0;
      for (int i = 0; i < levels.size(); i++) {
        double level = levels.get(i);
        if (!(level > before && level < 1)) {
          throw new IllegalArgumentException(
              "levels["
                  + i
                  + "]: expected above "
                  + before
                  + " and below 1, found "
                  + level
                  + "; levels are strictly increasing");
        }
        before = level;
      }
    }

    @Override
    public Pointwise ofOutput(int output) {
      return new Pinball(levels.get(output % levels.size()));
    }

    @Override
    public int outputsPerStep() {
      return levels.size();
    }

    @Override
    public String label() {
      return levels.stream()
          .map(String::valueOf)
          .collect(Collectors.joining(",", "quantiles(", ")"));
    }
  }
}
