package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.BacktestSpec.Refit;
import io.gatecast.forecasting.evaluation.BacktestSpec.Window;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Proves how a backtest cuts time, against loops over the origins themselves. */
class FoldsTest {
  private static final FeatureSpec TARGET_ALONE =
      FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());

  @Property(tries = 60)
  void everyOriginOfTheTestPartIsInOneFoldAndKnowsNothingAfterItsCut(
      @ForAll @IntRange(min = 120, max = 260) int length,
      @ForAll @IntRange(min = 0, max = 40) int refitEvery,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 0, max = 9) int embargo,
      @ForAll @IntRange(min = 1, max = 8) int horizon,
      @ForAll boolean sliding) {
    Dataset data = Fixtures.dataset(Fixtures.daily("s", Fixtures.walk(length, length)));
    SplitSpec shares = new SplitSpec(0.2, 0.3);
    BacktestSpec spec =
        new BacktestSpec(
            stride, refitEvery, sliding ? Window.SLIDING : Window.EXPANDING, Refit.COLD, embargo);
    int cut = (int) (Split.of(data, shares).validationEnd() + 1);
    Set<Integer> seen = new HashSet<>();
    long lastTestEnd = Long.MIN_VALUE;
    for (Split split : Folds.of(data, shares, spec, horizon)) {
      Fold fold = Fold.of(data, TARGET_ALONE, split, 5, horizon, stride);
      assertTrue(split.testStart() - split.validationEnd() > embargo);
      assertTrue(fold.test().size() <= (refitEvery == 0 ? length : refitEvery));
      for (History origin : fold.test().origins()) {
        assertTrue(seen.add(origin.origin()), "an origin in two folds");
        assertTrue(origin.origin() >= split.validationEnd() + embargo);
        assertEquals(0, (origin.origin() + 1 - (cut + embargo)) % stride);
      }
      assertTrue(fold.train().size() > 0);
      if (sliding && refitEvery > 0) {
        long first = split.trainEnd() - split.trainStart() + 1;
        assertEquals(Split.of(data, shares).trainEnd() + 1, first, "a train part of one length");
      }
      assertTrue(split.testEnd() >= lastTestEnd);
      lastTestEnd = split.testEnd();
    }
    Set<Integer> expected = new HashSet<>();
    for (int first = cut + embargo; first + horizon <= length; first += stride) {
      expected.add(first - 1);
    }
    if (!expected.isEmpty()) {
      assertEquals(expected, seen);
    }
  }

  @Test
  void withoutRefitsItIsTheJobsOwnSplit() {
    Dataset data = Fixtures.dataset(Fixtures.daily("s", Fixtures.walk(1, 100)));
    SplitSpec shares = new SplitSpec(0.2, 0.2);
    assertEquals(List.of(Split.of(data, shares)), Folds.of(data, shares, BacktestSpec.ONCE, 3));
  }

  @Test
  void seriesThatBeginAndEndAnywhereAreCutAtTheSameTimes() {
    double[] walk = Fixtures.walk(3, 300);
    Dataset data =
        Fixtures.dataset(
            Fixtures.daily("long", 0, new double[][] {walk}),
            Fixtures.daily("late", 100, new double[][] {java.util.Arrays.copyOf(walk, 180)}));
    BacktestSpec spec = new BacktestSpec(1, 20, Window.EXPANDING, Refit.COLD, 0);
    List<Integer> origins = new ArrayList<>();
    for (Split split : Folds.of(data, new SplitSpec(0.2, 0.2), spec, 2)) {
      Fold fold = Fold.of(data, TARGET_ALONE, split, 5, 2, 1);
      for (History origin : fold.test().origins()) {
        if (origin.series().name().equals("late")) {
          origins.add(origin.origin());
        }
      }
    }
    assertEquals(IntStream.rangeClosed(139, 177).boxed().toList(), origins);
  }
}
