package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves conformalised quantiles by hand, and that they mend quantiles that are badly off. */
class ConformalQuantilesTest {
  private static final int LAST = Quantiles.COUNT - 1;

  /** One step ahead about 0 with the same own quantiles at each origin. */
  private static double[] after(double[] own, double... target) {
    double[] values = Arrays.copyOf(target, target.length + 1);
    double[][] mean = new double[values.length][1];
    double[][][] quantiles = new double[values.length][][];
    Arrays.setAll(quantiles, i -> new double[][] {own.clone()});
    double[] series = new double[values.length + 1];
    System.arraycopy(values, 0, series, 1, values.length);
    Track track =
        Tracks.of(Fixtures.daily("s", series), new Forecasts(mean, quantiles), target.length);
    return new ConformalQuantiles().quantiles(track, ErrorScale.ADDITIVE)[0][0];
  }

  @Test
  void bothEndsMoveByTheScoreOfTheConformalRank() {
    double[] own = {-9, -8, -7, -6, -5, 0, 1, 2, 3, 4, 30};
    double[] target = new double[19];
    Arrays.setAll(target, i -> i % 2 == 0 ? i : -i); // 0, -1, 2, … -17, 18
    double[] made = after(own, target);
    // 80 %: outside of [-8, 4] by max(-8 - y, y - 4); the sixteenth of them is 9, at -17.
    assertEquals(-17, made[1], 1e-12);
    assertEquals(13, made[9], 1e-12);
    // 95 %: [-9, 30] is left below alone; the nineteenth, the largest, is 8, at -17.
    assertEquals(-17, made[0], 1e-12);
    assertEquals(38, made[LAST], 1e-12);
    assertEquals(0, made[Quantiles.MEDIAN]);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0", "30, 0", "1, 2", "0.2, -3"})
  void coversWhereTheModelsOwnQuantilesAreBadlyOff(double stretch, double bias) {
    Random random = new Random(17);
    int n = 4000;
    double[] spread = new double[n];
    double[] values = new double[n + 1];
    double[][] mean = new double[n][1];
    double[][][] own = new double[n][1][Quantiles.COUNT];
    for (int i = 0; i < n; i++) {
      spread[i] = 1 + 4 * random.nextDouble();
      values[i + 1] = spread[i] * random.nextGaussian();
      for (int level = 0; level <= LAST; level++) {
        own[i][0][level] = bias + stretch * spread[i] * (level - Quantiles.MEDIAN) / 3.0;
      }
    }
    Track track = Tracks.of(Fixtures.daily("s", values), new Forecasts(mean, own), n / 2);
    for (String label : new String[] {"cqr", "adaptive-cqr"}) {
      double[][][] made = IntervalMethod.of(label).quantiles(track, ErrorScale.ADDITIVE);
      for (double coverage : new double[] {0.8, 0.95}) {
        int lower = Quantiles.lower(coverage);
        int inside = 0;
        for (int i = 0; i < made.length; i++) {
          double y = values[n / 2 + i + 1];
          inside += made[i][0][lower] <= y && y <= made[i][0][LAST - lower] ? 1 : 0;
        }
        double share = (double) inside / made.length;
        // Four standard errors of both halves.
        double tolerance = 4 * Math.sqrt(2 * coverage * (1 - coverage) / made.length);
        assertEquals(coverage, share, tolerance, label);
      }
    }
  }

  @Test
  void withoutOwnQuantilesItIsTheResidualForm() {
    double[] target = Fixtures.walk(3, 200);
    Forecasts forecasts = Forecasts.of(Tracks.forecasts(target, 2, 4).mean());
    Track track = Tracks.of(Fixtures.daily("s", target), forecasts, 100);
    for (ErrorScale scale : ErrorScale.values()) {
      assertArrayEquals(
          new SplitConformal().quantiles(track, scale),
          new ConformalQuantiles().quantiles(track, scale));
      assertArrayEquals(
          AdaptiveConformal.ofResiduals().quantiles(track, scale),
          AdaptiveConformal.ofQuantiles().quantiles(track, scale));
    }
  }

  @Test
  void anIntervalThatIsNarrowedToLessThanNothingIsAPoint() {
    // Own intervals far too wide, and of a width that says nothing: the narrow ones would turn
    // over.
    int n = 60;
    double[][] mean = new double[n][1];
    double[][][] own = new double[n][1][Quantiles.COUNT];
    for (int i = 0; i < n; i++) {
      double width = i == n - 1 ? 1 : 1000;
      Arrays.setAll(own[i][0], level -> 7 + width * (level - Quantiles.MEDIAN));
    }
    Track track = Tracks.of(Fixtures.daily("s", new double[n]), new Forecasts(mean, own), n - 1);
    double[] made = new ConformalQuantiles().quantiles(track, ErrorScale.ADDITIVE)[0][0];
    double[] expected = new double[Quantiles.COUNT];
    Arrays.fill(expected, 7);
    assertArrayEquals(expected, made);
  }

  @Test
  void intervalsThatAreTooWideAreNarrowed() {
    double[] own = new double[Quantiles.COUNT];
    Arrays.setAll(own, level -> 100.0 * (level - Quantiles.MEDIAN));
    double[] target = new double[99];
    Random random = new Random(2);
    Arrays.setAll(target, i -> random.nextGaussian());
    double[] made = after(own, target);
    assertTrue(made[LAST] - made[0] < 10, Arrays.toString(made));
  }
}
