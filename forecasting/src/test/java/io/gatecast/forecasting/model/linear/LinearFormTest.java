package io.gatecast.forecasting.model.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves what each form makes of a look-back. */
class LinearFormTest {
  private static double[] lookback(int length) {
    return new Random(length).doubles(length, -5, 5).toArray();
  }

  private static double[] row(LinearForm form, double[] lookback) {
    double[] row = new double[form.columns(lookback.length)];
    form.write(lookback, row);
    return row;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 12, 13, 24, 25, 26, 72, 207})
  void trendAndRemainderAddUpToTheLookback(int length) {
    double[] lookback = lookback(length);
    double[] row = row(LinearForm.DLINEAR, lookback);
    assertEquals(2 * length, row.length);
    double[] sum = new double[length];
    for (int t = 0; t < length; t++) {
      sum[t] = row[t] + row[length + t];
    }
    assertArrayEquals(lookback, sum, 1e-12);
  }

  /** The paper's series_decomp: 12 copies of each end, then an average pool of 25 with stride 1. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 25, 72, 207})
  void theTrendIsThePapersPaddedAverage(int length) {
    double[] lookback = lookback(length);
    double[] padded = new double[length + 24];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = i < 12 ? lookback[0] : i < 12 + length ? lookback[i - 12] : lookback[length - 1];
    }
    double[] row = row(LinearForm.DLINEAR, lookback);
    for (int t = 0; t < length; t++) {
      double sum = 0;
      for (int k = 0; k < 25; k++) {
        sum += padded[t + k];
      }
      assertEquals(sum / 25, row[t], 1e-12);
    }
  }

  @Test
  void aLineIsItsOwnTrendAwayFromItsEnds() {
    double[] line = new double[60];
    for (int t = 0; t < line.length; t++) {
      line[t] = 3 - 0.5 * t;
    }
    double[] row = row(LinearForm.DLINEAR, line);
    for (int t = 12; t < 48; t++) {
      assertEquals(line[t], row[t], 1e-12);
    }
    // Σ_{k=1..12} k · 0.5 / 25 below the first value.
    assertEquals(3 - 78 * 0.5 / 25, row[0], 1e-12);
  }

  @Test
  void nlinearTakesTheLastValueOffAndTheOthersNothing() {
    double[] lookback = {4, -1, 2.5};
    assertArrayEquals(new double[] {1.5, -3.5, 0}, row(LinearForm.NLINEAR, lookback));
    assertArrayEquals(lookback, row(LinearForm.LINEAR, lookback));
    assertArrayEquals(lookback, row(LinearForm.LINEAR_TARGET, lookback));
  }
}
