package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.data.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that residuals lead from a forecast to the truth, on either scale. */
class ErrorScaleTest {

  @ParameterizedTest
  @EnumSource
  void aForecastShiftedByItsResidualIsTheTruth(ErrorScale scale) {
    double[] levels = Fixtures.walk(9, 50);
    for (int t = 1; t < levels.length; t++) {
      double residual = scale.residual(levels[t], levels[t - 1]);
      assertEquals(levels[t], scale.shifted(levels[t - 1], residual), 1e-9);
    }
    assertEquals(scale, ErrorScale.of(scale.label()));
  }

  @Test
  void residualsOfPricesDoNotGrowWithThePrice() {
    ErrorScale prices = ErrorScale.MULTIPLICATIVE;
    assertEquals(prices.residual(110, 100), prices.residual(1.1, 1), 1e-12);
    assertEquals(10, ErrorScale.ADDITIVE.residual(110, 100));
    assertEquals(Double.POSITIVE_INFINITY, prices.residual(110, -1), "no interval has the truth");
    assertThrows(IllegalArgumentException.class, () -> ErrorScale.of("log"));
  }
}
