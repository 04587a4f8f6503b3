package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proves the estimate of what is left: each model is taken to need as long as it did so far. */
class TimeLeftTest {

  /** What the listener heard; the estimate as a multiple of the time that has passed. */
  private record Heard(int done, int of, String model, long took, double share) {}

  private static List<Heard> heard(int folds, long[]... tookOfModels) {
    List<Heard> heard = new ArrayList<>();
    TimeLeft time =
        new TimeLeft(
            folds,
            tookOfModels.length,
            (done, of, model, took, elapsed, left) ->
                heard.add(new Heard(done, of, model, took.toNanos(), share(elapsed, left))));
    for (int fold = 0; fold < folds; fold++) {
      for (int model = 0; model < tookOfModels.length; model++) {
        time.fitted(model, "m" + model, tookOfModels[model][fold]);
      }
    }
    return heard;
  }

  private static double share(Duration elapsed, Optional<Duration> left) {
    return left.map(rest -> (double) rest.toNanos() / elapsed.toNanos()).orElse(-1.0);
  }

  @Test
  void eachModelIsTakenToNeedWhatItNeededBeforeAndAnUntriedOneTheMean() {
    List<Heard> heard = heard(3, new long[] {100, 300, 200}, new long[] {700, 500, 600});
    // Of the first fit: two more of 100, three of another model that is taken for its like.
    double[] shares = {
      (2 * 100 + 3 * 100) / 100.0,
      (2 * 100 + 2 * 700) / 800.0,
      (1 * 200 + 2 * 700) / 1100.0,
      (1 * 200 + 1 * 600) / 1600.0,
      600 / 1800.0
    };
    for (int i = 0; i < shares.length; i++) {
      assertEquals(i + 1, heard.get(i).done());
      assertEquals(6, heard.get(i).of());
      assertEquals("m" + i % 2, heard.get(i).model());
      // The clock counts in nanoseconds, and little time has passed.
      assertEquals(shares[i], heard.get(i).share(), 0.01 * shares[i]);
    }
    assertEquals(new Heard(6, 6, "m1", 600, -1), heard.get(5));
  }

  @Test
  void fitsThatTookNoTimeAreNoFault() {
    List<Heard> heard = heard(2, new long[] {0, 0});
    assertEquals(0, heard.get(0).share());
    assertEquals(-1, heard.get(1).share());
  }
}
