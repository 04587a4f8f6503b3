package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves mean and population deviation against a naive loop, and that constants are seen. */
class StandardiserTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 207, 5000})
  void agreesWithANaiveLoopOverWhatIsThere(int length) {
    for (long seed = 0; seed < 5; seed++) {
      double[] values =
          Fixtures.withGaps(new double[][] {Fixtures.walk(seed, length)}, 0.2, seed)[0];
      double[] there = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
      double mean = 0;
      for (double value : there) {
        mean += value / there.length;
      }
      double variance = 0;
      for (double value : there) {
        variance += Math.pow(value - mean, 2) / there.length;
      }
      Standardiser fitted = Standardiser.fit(values);
      assertEquals(mean, fitted.mean(), 1e-9 * Math.abs(mean));
      assertEquals(Math.sqrt(variance), fitted.deviation(), 1e-9);
    }
  }

  @Test
  void knowsAHandValue() {
    assertEquals(new Standardiser(5, 2), Standardiser.fit(new double[] {2, 4, 4, 4, 5, 5, 7, 9}));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, -3.7, 1e-9, 123456.789})
  void aConstantHasNoDeviationWhateverTheRounding(double constant) {
    double[] values = new double[997];
    Arrays.fill(values, constant);
    assertEquals(0, Standardiser.fit(values).deviation());
    values[500] = constant + Math.max(1e-9, Math.abs(constant)) * 1e-3;
    assertTrue(Standardiser.fit(values).deviation() > 0, "a small change is no constant");
  }

  @Test
  void nothingHasNoDeviation() {
    assertEquals(new Standardiser(0, 0), Standardiser.fit(new double[0]));
    assertEquals(new Standardiser(0, 0), Standardiser.fit(new double[] {Double.NaN}));
  }

  @Test
  void goesThereAndBack() {
    Standardiser fitted = Standardiser.fit(Fixtures.walk(3, 100));
    for (double value : Fixtures.walk(4, 100)) {
      assertEquals(value, fitted.invert(fitted.apply(value)), 1e-9);
    }
    assertTrue(Double.isNaN(fitted.apply(Double.NaN)));
  }
}
