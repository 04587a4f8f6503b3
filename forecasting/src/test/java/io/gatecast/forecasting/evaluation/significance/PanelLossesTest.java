package io.gatecast.forecasting.evaluation.significance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that series are combined by hand, in any order, and are not taken for more evidence. */
class PanelLossesTest {
  @Test
  void knowsHandValues() {
    PanelLosses losses = new PanelLosses();
    losses.add("a", 20, 4);
    losses.add("a", -10, 1);
    losses.add("a", 20, 2);
    losses.add("b", 20, 1);
    losses.add("b", 20, 1);
    losses.add("b", -10, 7);
    assertArrayEquals(new double[] {-6, 2}, losses.differentials("a", "b"));
    assertArrayEquals(new double[] {6, -2}, losses.differentials("b", "a"));
    assertArrayEquals(new double[] {0, 0}, losses.differentials("a", "a"));
  }

  private record Loss(String model, long time, double loss) {}

  @Property(tries = 50)
  void theOrderOfLossesDoesNotMatter(@ForAll long seed) {
    Random random = new Random(seed);
    List<Loss> all = new ArrayList<>();
    TreeMap<Long, double[]> expected = new TreeMap<>(); // sum of a, sum of b, count
    for (int i = 0; i < 300; i++) {
      long time = random.nextLong(-40, 40) * 3_600_000L;
      double[] sums = expected.computeIfAbsent(time, any -> new double[3]);
      for (int model = 0; model < 2; model++) {
        Loss loss = new Loss(model == 0 ? "a" : "b", time, random.nextDouble());
        all.add(loss);
        sums[model] += loss.loss();
      }
      sums[2]++;
    }
    Collections.shuffle(all, random);
    PanelLosses losses = new PanelLosses();
    all.forEach(loss -> losses.add(loss.model(), loss.time(), loss.loss()));
    assertArrayEquals(
        expected.values().stream().mapToDouble(sums -> (sums[0] - sums[1]) / sums[2]).toArray(),
        losses.differentials("a", "b"),
        1e-12);
  }

  @Property(tries = 50)
  void copiesOfOneSeriesAreNoMoreEvidence(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int copies) {
    assertEquals(pValue(seed, 1), pValue(seed, copies), 1e-9);
  }

  private static double pValue(long seed, int copies) {
    PanelLosses losses = new PanelLosses();
    for (int copy = 0; copy < copies; copy++) {
      Random random = new Random(seed);
      for (int t = 0; t < 80; t++) {
        losses.add("a", t, random.nextDouble());
        losses.add("b", t, 1.2 * random.nextDouble());
      }
    }
    return DieboldMariano.test(losses.differentials("a", "b"), 3).pValue();
  }

  /** Ten series with a common shock; the two models are equally good. */
  @Test
  void seriesThatMoveTogetherAreNotTakenForIndependent() {
    int panel = 0;
    int pooled = 0;
    for (int sample = 0; sample < 500; sample++) {
      Random random = new Random(sample);
      PanelLosses losses = new PanelLosses();
      double[] all = new double[1000];
      for (int t = 0; t < 100; t++) {
        double common = random.nextGaussian();
        for (int series = 0; series < 10; series++) {
          double a = common + 0.5 * random.nextGaussian();
          losses.add("a", t, a);
          losses.add("b", t, 0);
          all[series * 100 + t] = a;
        }
      }
      panel += DieboldMariano.test(losses.differentials("a", "b"), 1).firstIsBetter(0.05) ? 1 : 0;
      pooled += DieboldMariano.test(all, 1).firstIsBetter(0.05) ? 1 : 0;
    }
    assertTrue(panel < 0.09 * 500, "panel: " + panel);
    assertTrue(pooled > 0.2 * 500, "pooled: " + pooled);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "24, 1, 24", "24, 24, 1", "24, 23, 2", "24, 100, 1", "7, 3, 3"})
  void overlapIsTheHorizonInKeptOrigins(int horizon, int stride, int expected) {
    assertEquals(expected, PanelLosses.overlap(horizon, stride));
    assertEquals(expected, (int) Math.ceil((double) horizon / stride));
  }

  @Test
  void refusesWhatCannotBeCompared() {
    PanelLosses losses = new PanelLosses();
    losses.add("a", 1, 1);
    losses.add("a", 1, 1);
    losses.add("b", 1, 1);
    String unequal =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> losses.differentials("a", "b"))
                .getMessage());
    assertTrue(unequal.contains("time 1") && unequal.contains("2 and 1"), unequal);
    String unknown =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> losses.differentials("a", "c"))
                .getMessage());
    assertTrue(unknown.contains("[a, b]") && unknown.contains("found c"), unknown);
    assertThrows(IllegalArgumentException.class, () -> losses.add("a", 2, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> PanelLosses.overlap(0, 1));
    assertThrows(IllegalArgumentException.class, () -> PanelLosses.overlap(1, 0));
  }

  @Test
  void aTimeThatNeitherHasIsLeftOut() {
    PanelLosses losses = new PanelLosses();
    losses.add("c", 0, 1);
    losses.add("a", 1, 3);
    losses.add("b", 1, 1);
    assertArrayEquals(new double[] {2}, losses.differentials("a", "b"));
  }
}
