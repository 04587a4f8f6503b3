package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the window against a list that is sorted anew for each question. */
class SlidingWindowTest {

  /** The same by definition. */
  static double naive(List<Double> scores, double coverage) {
    List<Double> sorted = scores.stream().sorted().toList();
    int n = sorted.size();
    double smallest = sorted.get(0);
    double largest = sorted.get(n - 1);
    if (coverage < 0) {
      return 2 * smallest - naive(scores, -coverage);
    }
    double position = (n + 1) * coverage;
    if (position >= n) {
      return largest + (coverage - n / (n + 1.0)) * (largest - Math.min(smallest, 0));
    }
    double below = position < 1 ? smallest : sorted.get((int) Math.floor(position) - 1);
    double above = position < 1 ? smallest : sorted.get((int) Math.floor(position));
    return below + (position - Math.floor(position)) * (above - below);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 207})
  void agreesWithSortingAnew(int capacity) {
    Random random = new Random(capacity);
    SlidingWindow window = new SlidingWindow(capacity);
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      double score = random.nextInt(50) - 10; // with ties and negative ones
      window.add(score);
      all.add(score);
      List<Double> latest = all.subList(Math.max(0, all.size() - capacity), all.size());
      assertEquals(latest.size(), window.size());
      for (double coverage : new double[] {-0.3, 0, 0.2, 0.5, 0.8, 0.95, 1, 1.7}) {
        assertEquals(naive(latest, coverage), window.at(coverage), 1e-9);
      }
    }
  }

  @Test
  void itIsTheConformalRankWhereThatIsWhole() {
    SlidingWindow window = new SlidingWindow(19);
    for (int i = 19; i >= 1; i--) {
      window.add(i);
    }
    assertEquals(16, window.at(0.8), 1e-9);
    assertEquals(19, window.at(0.95), 1e-9);
  }

  @Test
  void itAscendsWithoutEnd() {
    SlidingWindow window = new SlidingWindow(50);
    Random random = new Random(1);
    for (int i = 0; i < 80; i++) {
      window.add(random.nextGaussian());
    }
    double before = Double.NEGATIVE_INFINITY;
    for (double coverage = -3; coverage < 4; coverage += 0.01) {
      assertTrue(window.at(coverage) >= before - 1e-12, "at " + coverage);
      before = window.at(coverage);
    }
    assertTrue(window.at(1000) > 1000);
    assertTrue(window.at(-1000) < -1000);
  }
}
