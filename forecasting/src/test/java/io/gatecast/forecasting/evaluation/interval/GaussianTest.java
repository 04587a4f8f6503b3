package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Proves the textbook's interval by hand. */
class GaussianTest {
  /** Quantiles of the standard normal distribution, from tables. */
  private static final double[] Z = {
    -1.959963984540054,
    -1.2815515655446004,
    -0.8416212335729143,
    -0.5244005127080407,
    -0.2533471031357997,
    0,
    0.2533471031357997,
    0.5244005127080407,
    0.8416212335729143,
    1.2815515655446004,
    1.959963984540054
  };

  /** Twenty errors of 1 and 3 by turns: mean 2, sum of squares 20. */
  private static final double DEVIATION = Math.sqrt(20.0 / 19);

  private static double[] after(ErrorScale scale, double level, double unit) {
    double[] target = new double[21];
    Arrays.setAll(target, i -> scale.shifted(level, unit * (i % 2 == 0 ? 1 : 3)));
    return new Gaussian().quantiles(Tracks.oneStep(level, target, 20), scale)[0][0];
  }

  @Test
  void theWidthsAreThoseOfTheTables() {
    double[] expected = Arrays.stream(Z).map(z -> 7 + z * DEVIATION).toArray();
    double[] made = after(ErrorScale.ADDITIVE, 7, 1);
    assertArrayEquals(expected, made, 1e-9);
    assertEquals(7, made[Quantiles.MEDIAN]);
  }

  @Test
  void aPriceIsMultiplied() {
    double[] expected = Arrays.stream(Z).map(z -> 50 * Math.exp(z * DEVIATION * 0.01)).toArray();
    assertArrayEquals(expected, after(ErrorScale.MULTIPLICATIVE, 50, 0.01), 1e-9);
  }
}
