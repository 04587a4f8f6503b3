package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.evaluation.Gate.Decision;
import io.gatecast.forecasting.evaluation.Gate.Verdict;
import io.gatecast.forecasting.evaluation.interval.SplitConformal;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves whom the gate lets through, with models that are good and bad on purpose. */
class GateTest {
  private static final int HORIZON = 2;
  private static final Fold FOLD = fold(Fixtures.daily("s", Fixtures.walk(5, 400)));

  private static Fold fold(TimeSeries... series) {
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    return Fold.of(Fixtures.dataset(series), spec, new Split(199, 299), 5, HORIZON);
  }

  private static Evaluation evaluation(Fold fold, Fake... models) {
    Evaluation evaluation = new Evaluation(HORIZON, 1, VarianceTarget.NONE, List.of());
    int index = 0;
    for (Fake model : models) {
      evaluation.trial(
          0, index++, Trial.of(fold, model, ErrorScale.MULTIPLICATIVE, new SplitConformal()));
    }
    evaluation.trial(
        0,
        index,
        Trial.of(fold, new Persistence(HORIZON), ErrorScale.MULTIPLICATIVE, new SplitConformal()));
    return evaluation;
  }

  private static Decision decide(Evaluation evaluation, String... champion) {
    return Gate.decide(
        evaluation, "gru", Arrays.stream(champion).findFirst(), GateSpec.DEFAULT, List.of());
  }

  /** Knows some of what will come: so much of each change. */
  private static Fake.Step knowing(double share, double noise, long seed) {
    return (origin, h) -> {
      Random random = new Random(seed + 31L * origin.origin() + h);
      double change = Fake.truth(origin, h) - origin.last();
      return origin.last() + share * change + noise * random.nextGaussian();
    };
  }

  private static boolean passed(Decision decision, String check) {
    return decision.checks().stream()
        .filter(one -> one.name().equals(check))
        .allMatch(Gate.Check::passed);
  }

  @Test
  void aNetworkThatForeseesChangesIsPromotedWithEveryCheckPassed() {
    Decision decision = decide(evaluation(FOLD, Fake.network("gru", HORIZON, knowing(0.4, 0, 1))));
    assertEquals(Verdict.PROMOTED, decision.verdict());
    assertEquals("gru", decision.winner());
    assertEquals("persistence", decision.best());
    assertEquals(
        List.of("baseline", "lag-copy", "coverage", "coverage"),
        decision.checks().stream().map(Gate.Check::name).toList());
    assertTrue(decision.checks().stream().allMatch(Gate.Check::passed));
    assertTrue(decision.reason().startsWith("gru used: MASE "), decision.reason());
    assertTrue(decision.reason().contains("% better, p = "), decision.reason());
    assertTrue(
        decision
            .reason()
            .endsWith(
                "; better than every baseline at every step;"
                    + " the random walk (persistence) is beaten by gru"),
        decision.reason());
  }

  @Test
  void aDifferenceThatMayBeChanceIsRefused() {
    Evaluation evaluation = evaluation(FOLD, Fake.network("gru", HORIZON, knowing(0.02, 0.6, 8)));
    Decision decision = decide(evaluation);
    double own = evaluation.score("gru").accuracy().mase();
    double other = evaluation.score("persistence").accuracy().mase();
    assertEquals(Verdict.REFUSED, decision.verdict());
    assertFalse(passed(decision, "baseline"));
    assertTrue(
        decision.reason().contains(own < other ? "may be chance" : "worse"), decision.reason());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3, 0.5})
  void aCopyOfTheLastValueIsToldAndRefused(double noise) {
    Decision decision =
        decide(evaluation(FOLD, Fake.network("gru", HORIZON, knowing(0, noise, 3))));
    assertEquals(Verdict.REFUSED, decision.verdict());
    assertEquals("persistence", decision.winner());
    assertFalse(passed(decision, "lag-copy"));
    assertTrue(decision.reason().contains("last value"), decision.reason());
  }

  @Test
  void intervalsThatHoldTooLittleAreRefused() {
    // Errors grow tenfold after the validation part, on which intervals were calibrated.
    Fake.Step step =
        (origin, h) -> {
          double change = Fake.truth(origin, h) - origin.last();
          boolean calibrating = origin.origin() < 298;
          return origin.last() + (calibrating ? 0.97 : 0.5) * change;
        };
    Decision decision = decide(evaluation(FOLD, Fake.network("gru", HORIZON, step)));
    assertTrue(passed(decision, "baseline"));
    assertFalse(passed(decision, "coverage"));
    assertEquals(Verdict.REFUSED, decision.verdict());
    assertTrue(decision.reason().contains("the 80 % interval holds"), decision.reason());
  }

  @Test
  void theChampionStaysWhereTheCandidateIsWorse() {
    Fake worse = Fake.network("gru", HORIZON, knowing(0.3, 0, 1));
    Fake champion = Fake.network("champion", HORIZON, knowing(0.5, 0, 1));
    Decision kept = decide(evaluation(FOLD, worse, champion), "champion");
    assertEquals(Verdict.KEPT, kept.verdict());
    assertEquals("champion", kept.winner());
    assertFalse(passed(kept, "champion"));
    assertTrue(kept.reason().endsWith("; champion kept"), kept.reason());

    Fake better = Fake.network("gru", HORIZON, knowing(0.6, 0, 1));
    assertEquals(
        Verdict.PROMOTED, decide(evaluation(FOLD, better, champion), "champion").verdict());
  }

  @Test
  void aChampionThatNoLongerBeatsTheBaselinesGoesWithTheCandidate() {
    Fake candidate = Fake.network("gru", HORIZON, knowing(0, 1, 1));
    Fake champion = Fake.network("champion", HORIZON, knowing(0, 0.5, 2));
    Decision decision = decide(evaluation(FOLD, candidate, champion), "champion");
    assertEquals(Verdict.REFUSED, decision.verdict());
    assertEquals("persistence", decision.winner());
  }

  @Test
  void aCheckMadeElsewhereHasToBePassedToo() {
    Evaluation evaluation = evaluation(FOLD, Fake.network("gru", HORIZON, knowing(0.4, 0, 1)));
    Decision decision =
        Gate.decide(
            evaluation,
            "gru",
            Optional.empty(),
            GateSpec.DEFAULT,
            List.of(new Gate.Check("oracle", "gru", false, "off by a gate")));
    assertEquals(Verdict.REFUSED, decision.verdict());
    assertTrue(decision.reason().contains("off by a gate"), decision.reason());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aNetworkWithoutAFiniteForecastIsRefused(double forecast) {
    Fake.Step step = (origin, h) -> origin.origin() == 350 ? forecast : Fake.truth(origin, h);
    Decision decision = decide(evaluation(FOLD, Fake.network("gru", HORIZON, step)));
    assertEquals(Verdict.REFUSED, decision.verdict());
    assertFalse(passed(decision, "finite"));
  }

  @Test
  void theLargestUnitDoesNotDecide() {
    double[] walk = Fixtures.walk(7, 400);
    double[] large = Arrays.stream(Fixtures.walk(8, 400)).map(v -> 1e6 * v).toArray();
    Fold fold = fold(Fixtures.daily("small", walk), Fixtures.daily("large", large));
    // Much better on the small one, a little worse on the large one.
    Fake.Step step =
        (origin, h) -> {
          double change = Fake.truth(origin, h) - origin.last();
          boolean small = origin.series().name().equals("small");
          return origin.last() + (small ? 0.9 : -0.02) * change;
        };
    Evaluation evaluation = evaluation(fold, Fake.network("gru", HORIZON, step));
    assertTrue(
        evaluation.score("gru").accuracy().mae()
            > evaluation.score("persistence").accuracy().mae());
    assertEquals(Verdict.PROMOTED, decide(evaluation).verdict());
  }

  @Test
  void theReasonNamesTheStepsAtWhichItIsNotBetter() {
    Fake.Step step = (origin, h) -> h == 1 ? origin.last() : Fake.truth(origin, h);
    Fake worst = Fake.baseline("worst", HORIZON, (History origin, int h) -> 0);
    Decision decision = decide(evaluation(FOLD, Fake.network("gru", HORIZON, step), worst));
    assertTrue(
        decision.reason().contains("; not better than persistence at step 1;"), decision.reason());
  }

  @Test
  void thereHasToBeABaseline() {
    Evaluation evaluation = new Evaluation(HORIZON, 1, VarianceTarget.NONE, List.of());
    Fake alone = Fake.network("gru", HORIZON, knowing(0.4, 0, 1));
    evaluation.trial(0, 0, Trial.of(FOLD, alone, ErrorScale.MULTIPLICATIVE, new SplitConformal()));
    assertThrows(IllegalArgumentException.class, () -> decide(evaluation));
  }
}
