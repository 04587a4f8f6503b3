package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All published results are there, and the goals that they make. */
class PublishedTest {
  private static final List<Published> ALL = Published.all();

  @Test
  void everyModelHasAllFourHorizons() {
    Map<String, List<Integer>> horizons = new LinkedHashMap<>();
    for (Published each : ALL) {
      String line = each.set().label() + " " + each.model() + " " + each.lookback();
      horizons.computeIfAbsent(line, any -> new ArrayList<>()).add(each.horizon());
      boolean mseAlone = each.set() == ProtocolSet.ETTM1;
      assertEquals(mseAlone, each.mae().isEmpty(), line);
      assertTrue(each.mse() > 0.05 && each.mse() < 3, line);
      assertTrue(!each.source().isBlank(), line);
    }
    horizons.forEach((line, own) -> assertEquals(List.of(96, 192, 336, 720), own, line));
    Map<ProtocolSet, Long> models =
        ALL.stream()
            .filter(each -> each.horizon() == 96)
            .collect(Collectors.groupingBy(Published::set, TreeMap::new, Collectors.counting()));
    assertEquals(
        Map.of(
            ProtocolSet.ETTH1, 8L,
            ProtocolSet.ETTM1, 2L,
            ProtocolSet.WEATHER, 9L,
            ProtocolSet.EXCHANGE, 3L),
        models);
  }

  /** Digits that were copied wrongly would not add up. */
  @Test
  void sumsOfErrorsAreThoseOfTheTables() {
    double mse = ALL.stream().mapToDouble(Published::mse).sum();
    double mae = ALL.stream().mapToDouble(each -> each.mae().orElse(0)).sum();
    assertEquals(46.715, mse, 1e-9);
    assertEquals(36.447, mae, 1e-9);
  }

  private static List<Double> bounds(ProtocolSet set, int lookback) {
    return ProtocolGoal.of(ALL).stream()
        .filter(goal -> goal.set() == set && goal.lookback().orElse(0) == lookback)
        .map(ProtocolGoal::bound)
        .toList();
  }

  @Test
  void goalsAreThoseOfTheBestAndOfTheLookbackInQuestion() {
    assertEquals(Arrays.asList(.368, .408, .444, .446), bounds(ProtocolSet.ETTH1, 96));
    assertEquals(Arrays.asList(.165, .211, .270, .357), bounds(ProtocolSet.WEATHER, 96));
    assertEquals(Arrays.asList(.081, .167, .305, .823), bounds(ProtocolSet.EXCHANGE, 96));
    assertEquals(Arrays.asList(.292, .329, .362, .421), bounds(ProtocolSet.ETTM1, 336));
    assertEquals(Arrays.asList(.351, .392, .422, .440), bounds(ProtocolSet.ETTH1, 0));
    assertEquals(Arrays.asList(.143, .189, .243, .314), bounds(ProtocolSet.WEATHER, 0));
    assertEquals(Arrays.asList(.081, .157, .305, .643), bounds(ProtocolSet.EXCHANGE, 0));
    assertEquals(Arrays.asList(.292, .329, .362, .421), bounds(ProtocolSet.ETTM1, 0));
  }
}
