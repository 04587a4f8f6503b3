package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.model.Forecaster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Lets a network through only if its mean absolute error on the test part is below that of every
 * baseline on the same origins.
 */
public final class Gate {
  private Gate() {}

  /**
   * What the gate decided, and why.
   *
   * @param winner the model to forecast with
   * @param passed whether that is the network
   * @param reason in one sentence, with the numbers
   */
  public record Decision(Backtest.Result winner, boolean passed, String reason) {}

  /**
   * Decides.
   *
   * @param network the candidate's result
   * @param baselines at least one
   */
  public static Decision decide(Backtest.Result network, List<Backtest.Result> baselines) {
    Backtest.Result best = best(baselines);
    Score candidate = network.score();
    Score rival = best.score();
    double skill = 1 - candidate.mae() / rival.mae();
    boolean passed = candidate.mae() < rival.mae();
    String numbers =
        String.format(
            Locale.ROOT,
            "MAE %.4g against %.4g of the best baseline, %s (%s %.1f %%)",
            candidate.mae(),
            rival.mae(),
            rival.name(),
            passed ? "better by" : "worse by",
            100 * Math.abs(skill));
    String reason =
        (passed ? candidate.name() + " used: " : candidate.name() + " refused: ") + numbers;
    return new Decision(passed ? network : best, passed, reason + lost(candidate, baselines));
  }

  /**
   * The baseline with the smallest mean absolute error.
   *
   * @param baselines at least one
   */
  public static Backtest.Result best(List<Backtest.Result> baselines) {
    return baselines.stream()
        .min(Comparator.comparingDouble(result -> result.score().mae()))
        .orElseThrow(() -> new IllegalArgumentException("baselines: expected one, found none"));
  }

  /** Says at which steps a baseline was better, or that none was. */
  private static String lost(Score candidate, List<Backtest.Result> baselines) {
    List<String> lost = new ArrayList<>();
    double[] own = candidate.maeByHorizon();
    for (Backtest.Result baseline : baselines) {
      if (baseline.model().kind() == Forecaster.Kind.BASELINE) {
        double[] other = baseline.score().maeByHorizon();
        List<String> steps = new ArrayList<>();
        for (int h = 0; h < own.length; h++) {
          if (!(own[h] < other[h])) {
            steps.add(String.valueOf(h + 1));
          }
        }
        if (!steps.isEmpty()) {
          lost.add(baseline.score().name() + " at step " + String.join(", ", steps));
        }
      }
    }
    return lost.isEmpty()
        ? "; better than every baseline at every step"
        : "; not better than " + String.join(" and ", lost);
  }
}
