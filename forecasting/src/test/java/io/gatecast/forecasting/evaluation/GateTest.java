package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that only a network that beats every baseline passes, and that the reason says how. */
class GateTest {
  private record Named(String name, Kind kind) implements Forecaster {
    @Override
    public long parameters() {
      return 0;
    }

    @Override
    public double[][] forecast(List<History> origins) {
      throw new UnsupportedOperationException("the gate reads scores only");
    }
  }

  private static Backtest.Result result(String name, Forecaster.Kind kind, double... byStep) {
    return scaled(name, kind, Arrays.stream(byStep).average().orElseThrow(), byStep);
  }

  private static Backtest.Result scaled(
      String name, Forecaster.Kind kind, double mase, double... byStep) {
    double mae = Arrays.stream(byStep).average().orElseThrow();
    Score score =
        new Score(name, kind, 0, mae, mae, mase, Arrays.stream(byStep).boxed().toList(), 0.8, 0.95);
    SplitConformal intervals =
        SplitConformal.fit(
            ErrorScale.ADDITIVE,
            Collections.nCopies(19, new History(Fixtures.daily("s", 1), 0)),
            new double[19][byStep.length],
            new double[19][byStep.length]);
    return new Backtest.Result(new Named(name, kind), score, intervals);
  }

  private static Backtest.Result network(double... byStep) {
    return result("gru", Forecaster.Kind.NETWORK, byStep);
  }

  private static Backtest.Result baseline(String name, double... byStep) {
    return result(name, Forecaster.Kind.BASELINE, byStep);
  }

  @Test
  void aNetworkThatBeatsEveryBaselineIsUsed() {
    Backtest.Result network = network(1, 2);
    Gate.Decision decision =
        Gate.decide(network, List.of(baseline("drift", 3, 3), baseline("persistence", 2, 4)));
    assertTrue(decision.passed());
    assertSame(network, decision.winner());
    assertTrue(
        decision.reason().startsWith("gru used: MASE 1.500 (MAE 1.500) against 3.000 (3.000)"));
    assertTrue(decision.reason().contains("50.0 % better"), decision.reason());
    assertTrue(
        decision
            .reason()
            .endsWith(
                "; better than every baseline at every step;"
                    + " the random walk (persistence) is beaten by gru"),
        decision.reason());
  }

  @Test
  void oneBetterBaselineIsEnoughToRefuseAndItIsUsed() {
    Backtest.Result best = baseline("seasonal-naive", 1, 1);
    Gate.Decision decision =
        Gate.decide(network(2, 2), List.of(baseline("persistence", 9, 9), best));
    assertFalse(decision.passed());
    assertSame(best, decision.winner());
    assertTrue(decision.reason().startsWith("gru refused"), decision.reason());
    assertTrue(decision.reason().contains("100.0 % worse"), decision.reason());
  }

  @Test
  void theScaledErrorDecidesSoThatTheLargestUnitDoesNot() {
    Backtest.Result network = scaled("gru", Forecaster.Kind.NETWORK, 0.9, 533.2);
    Backtest.Result rival = scaled("drift", Forecaster.Kind.BASELINE, 1.0, 533.1);
    assertTrue(Gate.decide(network, List.of(rival)).passed());
  }

  @Test
  void aTieIsRefused() {
    Backtest.Result rival = baseline("drift", 1, 3);
    Gate.Decision decision = Gate.decide(network(2, 2), List.of(rival));
    assertFalse(decision.passed());
    assertSame(rival, decision.winner());
    assertTrue(decision.reason().contains("no difference"), decision.reason());
    double least = Math.nextDown(2.0);
    assertTrue(Gate.decide(network(least, least), List.of(rival)).passed(), "strictly better");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aNetworkWithoutAFiniteErrorIsRefused(double mae) {
    assertFalse(Gate.decide(network(mae, mae), List.of(baseline("drift", 1, 1))).passed());
  }

  @Test
  void theReasonNamesTheStepsAtWhichItIsNotBetter() {
    Gate.Decision decision =
        Gate.decide(
            network(1, 2, 3),
            List.of(
                baseline("persistence", 1, 9, 9),
                baseline("drift", 9, 1.5, 2.5),
                baseline("seasonal-naive", 9, 9, 9)));
    assertTrue(decision.passed());
    assertTrue(
        decision
            .reason()
            .contains("; not better than persistence at step 1 and drift at step 2, 3;"),
        decision.reason());
  }

  @Test
  void theReasonSaysWhetherAnythingBeatsTheRandomWalk() {
    Backtest.Result walk = baseline("persistence", 2, 2);
    assertTrue(
        Gate.decide(network(3, 3), List.of(walk, baseline("drift", 2, 2)))
            .reason()
            .endsWith(
                "not better than persistence at any step and drift at any step;"
                    + " nothing beats the random walk (persistence)"));
    assertTrue(
        Gate.decide(network(3, 3), List.of(walk, baseline("drift", 1, 1)))
            .reason()
            .endsWith("the random walk (persistence) is beaten by drift"));
  }

  @Test
  void theBestBaselineHasTheLeastErrorAndThereMustBeOne() {
    Backtest.Result best = baseline("b", 1);
    assertSame(best, Gate.best(List.of(baseline("a", Double.NaN), best, baseline("c", 2))));
    assertThrows(IllegalArgumentException.class, () -> Gate.best(List.of()));
  }

  @Test
  void aScoreCannotBeChanged() {
    List<Double> byStep = new ArrayList<>(List.of(1.0, 2.0));
    Score score = new Score("s", Forecaster.Kind.NETWORK, 0, 1, 1, 1, byStep, 0, 0);
    byStep.set(0, 9.0);
    assertEquals(List.of(1.0, 2.0), score.maeByHorizon());
    assertThrows(UnsupportedOperationException.class, () -> score.maeByHorizon().set(1, 9.0));
  }
}
