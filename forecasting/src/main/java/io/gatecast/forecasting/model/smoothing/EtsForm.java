package io.gatecast.forecasting.model.smoothing;

import java.util.ArrayList;
import java.util.List;

/**
 * One member of the ETS family: which components it has and how they join. It holds no numbers.
 *
 * <pre>
 *   q_t = l_{t−1} + φ b_{t−1}            the level expected
 *   ŷ_t = q_t + s_{t−m}   or  q_t s_{t−m}
 *   e_t = y_t − ŷ_t
 *   l_t = q_t + α e_t     or  q_t + α e_t / s_{t−m}
 *   b_t = φ b_{t−1} + β e_t   or  … + β e_t / s_{t−m}
 *   s_t = s_{t−m} + γ e_t     or  … + γ e_t / q_t
 * </pre>
 *
 * The right-hand forms are those of a multiplicative season. Additive errors {@code e_t}, or
 * multiplicative ones {@code e_t / ŷ_t}, are independent and normal: that changes the likelihood,
 * not the recursion.
 *
 * <p>Source: Hyndman, Koehler, Snyder and Grose (2002), "A state space framework for automatic
 * forecasting using exponential smoothing methods"; Hyndman, Koehler, Ord and Snyder (2008),
 * "Forecasting with Exponential Smoothing", tables 2.2 and 2.3. Their β is used, which is Holt's
 * times α. Multiplicative trends are left out: they forecast badly and explode.
 *
 * @param errors how errors join
 * @param trend whether there is a trend, and whether it fades
 * @param seasonal whether there is a season, and how it joins
 * @param season steps of a season, m; 1 without one
 */
public record EtsForm(Errors errors, Trend trend, Seasonal seasonal, int season) {
  /** The longest season: each of its steps takes an initial state that has to be estimated. */
  public static final int MAX_SEASON = 24;

  /** How errors join. */
  public enum Errors {
    /** {@code y = ŷ + ε}. */
    ADDITIVE("A"),
    /** {@code y = ŷ (1 + ε)}; for positive values. */
    MULTIPLICATIVE("M");

    private final String letter;

    Errors(String letter) {
      this.letter = letter;
    }
  }

  /** Trends. */
  public enum Trend {
    /** None: forecasts are level. */
    NONE("N", 0),
    /** A line, φ = 1. */
    ADDITIVE("A", 1),
    /** A line that becomes level, φ below 1. */
    DAMPED("Ad", 2);

    private final String letters;
    private final int parameters;

    Trend(String letters, int parameters) {
      this.letters = letters;
      this.parameters = parameters;
    }
  }

  /** Seasons. */
  public enum Seasonal {
    /** None. */
    NONE("N"),
    /** Added to the level. */
    ADDITIVE("A"),
    /** A factor of the level; for positive values, and with multiplicative errors only. */
    MULTIPLICATIVE("M");

    private final String letter;

    Seasonal(String letter) {
      this.letter = letter;
    }
  }

  /**
   * Checks the season.
   *
   * @throws IllegalArgumentException if its length does not fit, or a multiplicative one comes with
   *     additive errors, whose variance of forecasts may be infinite
   */
  public EtsForm {
    if (seasonal == Seasonal.NONE ? season != 1 : season < 2 || season > MAX_SEASON) {
      throw new IllegalArgumentException(
          "season: expected "
              + (seasonal == Seasonal.NONE ? "1 without a season" : "2 to " + MAX_SEASON)
              + ", found "
              + season);
    }
    if (seasonal == Seasonal.MULTIPLICATIVE && errors == Errors.ADDITIVE) {
      throw new IllegalArgumentException(
          "errors: expected multiplicative ones beside a multiplicative season, found additive");
    }
  }

  /** Simple exponential smoothing: a level and additive errors. */
  public static EtsForm simple() {
    return new EtsForm(Errors.ADDITIVE, Trend.NONE, Seasonal.NONE, 1);
  }

  /**
   * The forms to choose among: the simplest first.
   *
   * @param season steps of a season; with 1, or more than {@link #MAX_SEASON}, seasonal forms are
   *     left out
   * @param multiplicative whether errors and seasons may multiply; only sensible for positive
   *     values
   */
  public static List<EtsForm> candidates(int season, boolean multiplicative) {
    List<EtsForm> forms = new ArrayList<>();
    for (Seasonal seasonal : Seasonal.values()) {
      if (seasonal != Seasonal.NONE && (season < 2 || season > MAX_SEASON)) {
        continue;
      }
      for (Trend trend : Trend.values()) {
        for (Errors errors : Errors.values()) {
          boolean multiplies =
              errors == Errors.MULTIPLICATIVE || seasonal == Seasonal.MULTIPLICATIVE;
          boolean stable = seasonal != Seasonal.MULTIPLICATIVE || errors == Errors.MULTIPLICATIVE;
          if (stable && (multiplicative || !multiplies)) {
            forms.add(new EtsForm(errors, trend, seasonal, seasonal == Seasonal.NONE ? 1 : season));
          }
        }
      }
    }
    return List.copyOf(forms);
  }

  /** Smoothing parameters: α, and β, γ and φ where they have a part. */
  public int smoothing() {
    return 1 + trend.parameters + (seasonal == Seasonal.NONE ? 0 : 1);
  }

  /** Free initial states: the level, the slope, and all seasonal ones but the last. */
  public int initial() {
    return 1 + (trend == Trend.NONE ? 0 : 1) + season - 1;
  }

  /** Whether errors depend on the initial states in a straight line. */
  boolean linear() {
    return seasonal != Seasonal.MULTIPLICATIVE;
  }

  /** The customary name, as {@code ETS(A,Ad,M)}. */
  public String label() {
    return "ETS(" + errors.letter + "," + trend.letters + "," + seasonal.letter + ")";
  }
}
