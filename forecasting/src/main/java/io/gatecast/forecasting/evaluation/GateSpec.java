package io.gatecast.forecasting.evaluation;

/**
 * What the gate asks of a network.
 *
 * @param significance level of the tests that it is better than the best baseline and more than a
 *     copy of the last value, in (0, 1)
 * @param shortfall by how much the coverage of its 80 % and 95 % intervals may fall short of
 *     nominal, in [0, 0.8]
 */
public record GateSpec(double significance, double shortfall) {
  /** Five per cent, ten points. */
  public static final GateSpec DEFAULT = new GateSpec(0.05, 0.1);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is out of its bounds
   */
  public GateSpec {
    if (!(significance > 0 && significance < 1) || !(shortfall >= 0 && shortfall <= 0.8)) {
      throw new IllegalArgumentException(
          "expected significance in (0, 1) and shortfall in [0, 0.8], found "
              + significance
              + " and "
              + shortfall);
    }
  }
}
