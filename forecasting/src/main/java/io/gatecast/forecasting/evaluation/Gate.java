package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.model.Persistence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lets a network through only if its mean absolute scaled error on the test part is below that of
 * every baseline on the same origins. Scaled, so that of several series the one with the largest
 * unit does not decide alone; for one series it is the verdict of the mean absolute error.
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
    boolean passed = candidate.mase() < rival.mase();
    String reason =
        String.format(
            Locale.ROOT,
            "%s %s: MASE %.4g (MAE %.4g) against %.4g (%.4g) of the best baseline, %s (%s)%s; %s",
            candidate.name(),
            passed ? "used" : "refused",
            candidate.mase(),
            candidate.mae(),
            rival.mase(),
            rival.mae(),
            rival.name(),
            difference(candidate.mase(), rival.mase()),
            steps(candidate, baselines),
            randomWalk(candidate, baselines));
    return new Decision(passed ? network : best, passed, reason);
  }

  private static String difference(double own, double other) {
    return own == other || other == 0
        ? own == other ? "no difference" : "worse"
        : String.format(
            Locale.ROOT,
            "%.1f %% %s",
            100 * Math.abs(own - other) / other,
            own < other ? "better" : "worse");
  }

  /**
   * The baseline with the smallest mean absolute scaled error.
   *
   * @param baselines at least one
   */
  public static Backtest.Result best(List<Backtest.Result> baselines) {
    return baselines.stream()
        .min(Comparator.comparingDouble(result -> result.score().mase()))
        .orElseThrow(() -> new IllegalArgumentException("baselines: expected one, found none"));
  }

  /** At which steps a baseline was at least as good, or that none was. */
  private static String steps(Score candidate, List<Backtest.Result> baselines) {
    List<Double> own = candidate.maeByHorizon();
    List<String> lost = new ArrayList<>();
    for (Backtest.Result baseline : baselines) {
      List<Double> other = baseline.score().maeByHorizon();
      List<String> steps = new ArrayList<>();
      for (int h = 0; h < own.size(); h++) {
        if (!(own.get(h) < other.get(h))) {
          steps.add(String.valueOf(h + 1));
        }
      }
      if (steps.size() == own.size()) {
        lost.add(baseline.score().name() + " at any step");
      } else if (!steps.isEmpty()) {
        lost.add(baseline.score().name() + " at step " + String.join(", ", steps));
      }
    }
    return lost.isEmpty()
        ? "; better than every baseline at every step"
        : "; not better than " + String.join(" and ", lost);
  }

  /** Says plainly what beat the random walk, whose forecast is the last value. */
  private static String randomWalk(Score candidate, List<Backtest.Result> baselines) {
    double walk =
        baselines.stream()
            .map(Backtest.Result::score)
            .filter(score -> score.name().equals(Persistence.NAME))
            .mapToDouble(Score::mase)
            .findFirst()
            .orElse(Double.NaN);
    List<String> beat =
        Stream.concat(Stream.of(candidate), baselines.stream().map(Backtest.Result::score))
            .filter(score -> score.mase() < walk)
            .map(Score::name)
            .toList();
    return beat.isEmpty()
        ? "nothing beats the random walk (persistence)"
        : "the random walk (persistence) is beaten by " + String.join(", ", beat);
  }
}
