package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.transform.RollingVolatility.GarmanKlass;
import io.gatecast.forecasting.transform.RollingVolatility.Parkinson;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves both estimators by hand, by a naive loop, and on a walk whose volatility is known. */
class RollingVolatilityTest {
  private static final int OPEN = 0;
  private static final int HIGH = 1;
  private static final int LOW = 2;
  private static final int CLOSE = 3;

  /** Sessions of a log random walk without drift: {@code [open, high, low, close][session]}. */
  private static double[][] sessions(long seed, int count, double sigma, int moves) {
    Random random = new Random(seed);
    double[][] bars = new double[4][count];
    double level = Math.log(100);
    for (int t = 0; t < count; t++) {
      bars[OPEN][t] = Math.exp(level);
      double high = level;
      double low = level;
      for (int move = 0; move < moves; move++) {
        level += sigma / Math.sqrt(moves) * random.nextGaussian();
        high = Math.max(high, level);
        low = Math.min(low, level);
      }
      bars[HIGH][t] = Math.exp(high);
      bars[LOW][t] = Math.exp(low);
      bars[CLOSE][t] = Math.exp(level);
    }
    return bars;
  }

  private static double[] parkinson(int steps, double[][] bars) {
    return new Parkinson("h", "l", steps).apply(new double[][] {bars[HIGH], bars[LOW]})[0];
  }

  private static double[] garmanKlass(int steps, double[][] bars) {
    return new GarmanKlass("o", "h", "l", "c", steps).apply(bars)[0];
  }

  @Test
  void knowsHandValues() {
    // ln(110/100) = 0.0953101798, its square 0.0090840304; by 4 ln 2 = 2.7725887222: 0.0032763714
    double[][] bar = {{101}, {110}, {100}, {104}};
    assertEquals(0.0572395963742, parkinson(1, bar)[0], 1e-12);
    // half the square 0.0045420152, less 0.3862943611 times ln(104/101)² = 0.0008567553
    assertEquals(0.0648926456052, garmanKlass(1, bar)[0], 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 13})
  void agreesWithANaiveLoop(int steps) {
    double[][] bars = sessions(steps, 60, 0.02, 20);
    for (double[] column : bars) {
      column[30] = Double.NaN;
    }
    assertEquals(steps - 1, new Parkinson("h", "l", steps).memory());
    double[] parkinson = parkinson(steps, bars);
    double[] klass = garmanKlass(steps, bars);
    for (int t = 0; t < 60; t++) {
      double ranges = 0;
      double both = 0;
      int there = 0;
      for (int s = Math.max(0, t - steps + 1); s <= t; s++) {
        double range = Math.log(bars[HIGH][s]) - Math.log(bars[LOW][s]);
        double change = Math.log(bars[CLOSE][s]) - Math.log(bars[OPEN][s]);
        there += Double.isNaN(range) ? 0 : 1;
        ranges += Math.pow(range, 2);
        both += 0.5 * Math.pow(range, 2) - (2 * Math.log(2) - 1) * Math.pow(change, 2);
      }
      if (there < steps) {
        assertTrue(Double.isNaN(parkinson[t]) && Double.isNaN(klass[t]), "step " + t);
      } else {
        assertEquals(Math.sqrt(ranges / (4 * steps * Math.log(2))), parkinson[t], 1e-12);
        assertEquals(Math.sqrt(both / steps), klass[t], 1e-12);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.01", "2, 0.03"})
  void bothFindTheVolatilityOfAWalk(long seed, double sigma) {
    double[][] bars = sessions(seed, 3000, sigma, 400);
    // Seen at 400 moves a session, the extremes fall short by a few per cent.
    assertEquals(sigma, parkinson(3000, bars)[2999], 0.07 * sigma);
    assertEquals(sigma, garmanKlass(3000, bars)[2999], 0.07 * sigma);
  }

  @Test
  void realSessionsHaveOne() {
    PriceFile file = PriceFile.read("stocknet-88/AAPL.csv");
    double[][] bars = {
      file.column("Open"), file.column("High"), file.column("Low"), file.column("Close")
    };
    double[] parkinson = parkinson(20, bars);
    double[] klass = garmanKlass(20, bars);
    for (int t = 19; t < parkinson.length; t++) {
      assertEquals(1, parkinson[t] / klass[t], 0.5, "two estimators of one thing");
      assertTrue(parkinson[t] > 0.002 && parkinson[t] < 0.05, "a share's day, at " + t);
    }
  }

  @Test
  void whatHasNoRangeIsRefused() {
    Parkinson parkinson = new Parkinson("High", "Low", 2);
    TransformFault fault =
        assertThrows(TransformFault.class, () -> parkinson.apply(new double[][] {{2, 3}, {1, 0}}));
    assertEquals("Low 0.0", fault.found());
    assertEquals(1, fault.step().orElseThrow());
    assertThrows(TransformFault.class, () -> parkinson.fit(new double[][] {{2, -3}, {1, -4}}));
    assertThrows(IllegalArgumentException.class, () -> new Parkinson("h", "l", 0));
    assertThrows(
        IllegalArgumentException.class, () -> parkinson.apply(new double[][] {{1, 2}, {1}}));
    assertTrue(
        Double.isNaN(garmanKlass(1, new double[][] {{100}, {101}, {99}, {120}})[0]),
        "a close far outside the range leaves no variance");
  }
}
