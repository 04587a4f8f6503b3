package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.transform.ErrorScale;

/**
 * Adaptive conformal inference (Gibbs and Candès, 2021), for each step ahead and each tail: it goes
 * on learning from every forecast whose truth arrives, those of the test part included, and never
 * from more than was known at an origin.
 *
 * <p>Scores are those of conformalised quantile regression, {@code s = max(q_lo − y, y − q_hi) /
 * u}, in the unit u of recent errors ({@link Volatility}); of a model without quantiles of its own
 * both ends are its forecast, and {@code s = |y − ŷ| / u}. The ends of an interval at origin t are
 *
 * <pre>{@code
 * q_lo − u_t·S(1 − 2·α_lo,t)   and   q_hi + u_t·S(1 − 2·α_hi,t)
 * }</pre>
 *
 * where S is the conformal quantile of the latest {@value #WINDOW} scores ({@link SlidingWindow}).
 * Each tail's α begins at its nominal level α* and moves when a truth arrives:
 *
 * <pre>{@code
 * α ← α + γ·(α* − [it lay beyond that end])   with   γ = 0.004·4·α*·(1 − α*)
 * }</pre>
 *
 * so that ends which are missed too often go out, each for itself, and a skewed or biased error is
 * met by unlike tails. Whatever the data does, over T forecasts {@code |share missed − α*| = |α_T −
 * α_1| / (γ·T)}, which falls to 0 as α stays bounded (their proposition 4.1); where theirs answers
 * with an infinite interval, S goes on in a straight line. The ends that are counted are those
 * before all levels are put in order.
 *
 * <p>Window, step size and unit were ranked on the train and validation parts of six sets of
 * weather, transformer and price series: a larger step size came closer to nominal coverage at a
 * larger interval score, a longer window the other way round.
 */
public final class AdaptiveConformal implements IntervalMethod {
  private static final int WINDOW = 500;
  private static final double STEP_SIZE = 0.004;

  private final boolean ownQuantiles;
  private final int window;
  private final double stepSize;

  /**
   * With other constants.
   *
   * @param ownQuantiles whether it starts from the model's own quantiles, where there are some
   * @param window scores that it keeps, at least {@link IntervalMethod#FEWEST}
   * @param stepSize γ at level ½, at least 0; less in the tails
   */
  AdaptiveConformal(boolean ownQuantiles, int window, double stepSize) {
    this.ownQuantiles = ownQuantiles;
    this.window = window;
    this.stepSize = stepSize;
  }

  /** About the forecast; the model's own quantiles are not read. */
  public static AdaptiveConformal ofResiduals() {
    return new AdaptiveConformal(false, WINDOW, STEP_SIZE);
  }

  /** About the model's own quantiles; where it has none, the same as {@link #ofResiduals}. */
  public static AdaptiveConformal ofQuantiles() {
    return new AdaptiveConformal(true, WINDOW, STEP_SIZE);
  }

  @Override
  public String label() {
    return ownQuantiles ? "adaptive-cqr" : "adaptive";
  }

  @Override
  public double[][][] quantiles(Track track, ErrorScale scale) {
    int wanted = track.size() - track.calibration();
    double[][][] quantiles = new double[wanted][track.horizon()][];
    if (wanted == 0) {
      return quantiles;
    }
    Volatility volatility = Volatility.of(track, scale);
    boolean own = ownQuantiles && track.hasQuantiles();
    for (int step = 0; step < track.horizon(); step++) {
      AdaptiveStep one = new AdaptiveStep(track, scale, volatility, step, own, window, stepSize);
      for (int at = 0; at < track.size(); at++) {
        one.advance(at);
        if (at >= track.calibration()) {
          quantiles[at - track.calibration()][step] = one.quantiles(at);
        }
      }
    }
    return quantiles;
  }
}
