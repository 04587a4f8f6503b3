package io.gatecast.benchmarks.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What networks are to reach on one set and horizon: a bound on the test MSE, mean over seeds.
 * Compared as they are, not rounded as the published numbers are.
 *
 * @param set which series
 * @param horizon steps
 * @param lookback that counts; any where empty
 * @param bound on the mean squared error
 * @param below whether the bound itself is not enough
 * @param counting rule of the bound; where none was stated, both rules are to reach it
 * @param of whose number the bound is
 */
record ProtocolGoal(
    ProtocolSet set,
    int horizon,
    OptionalInt lookback,
    double bound,
    boolean below,
    Optional<Counting> counting,
    String of) {
  private static final String REPEAT_LAST = "repeat last";
  private static final int SHORT = 96;
  private static final int LONG = 336;

  /** Seeds that a mean is to be of. */
  static final int SEEDS = 3;

  /**
   * The goals that published results make: level with SegRNN (96) on ETTh1 and Weather at look-back
   * 96; on Exchange no worse than repeat-last where DLinear is not, at look-back 96; on ETTm1 below
   * P-sLSTM at its look-back of 336; and below the best of a set and horizon at any look-back.
   *
   * @param published all published results
   */
  static List<ProtocolGoal> of(List<Published> published) {
    List<ProtocolGoal> goals = new ArrayList<>();
    for (Published each : published) {
      switch (each.set()) {
        case ETTH1, WEATHER -> {
          if (is(each, "SegRNN", SHORT)) {
            goals.add(goal(each, each.lookback(), false));
          }
        }
        case ETTM1 -> {
          if (is(each, "P-sLSTM", LONG)) {
            goals.add(goal(each, each.lookback(), true));
          }
        }
        case EXCHANGE -> {
          if (each.model().equals(REPEAT_LAST) && dLinearIsNoWorse(each, published)) {
            goals.add(goal(each, OptionalInt.of(SHORT), false));
          }
        }
      }
    }
    for (ProtocolSet set : ProtocolSet.values()) {
      List<Published> own = published.stream().filter(each -> each.set() == set).toList();
      for (int horizon : own.stream().mapToInt(Published::horizon).distinct().toArray()) {
        own.stream()
            .filter(each -> each.horizon() == horizon)
            .min(Comparator.comparingDouble(Published::mse))
            .ifPresent(best -> goals.add(goal(best, OptionalInt.empty(), true)));
      }
    }
    return goals;
  }

  private static boolean is(Published each, String model, int lookback) {
    return each.model().equals(model) && each.lookback().equals(OptionalInt.of(lookback));
  }

  private static boolean dLinearIsNoWorse(Published repeatLast, List<Published> published) {
    return published.stream()
        .anyMatch(
            each ->
                each.set() == repeatLast.set()
                    && each.horizon() == repeatLast.horizon()
                    && each.model().equals("DLinear")
                    && each.mse() <= repeatLast.mse());
  }

  private static ProtocolGoal goal(Published of, OptionalInt lookback, boolean below) {
    String name = of.model();
    if (of.lookback().isPresent()) {
      name += " (" + of.lookback().getAsInt() + ")";
    }
    return new ProtocolGoal(of.set(), of.horizon(), lookback, of.mse(), below, of.counting(), name);
  }

  /**
   * The same with the last value's own error for the published one of three digits, where that is
   * the bound and is stored: "no worse" and "below" are matters of further digits.
   *
   * @param summaries of all models
   */
  ProtocolGoal measured(List<ProtocolSummary> summaries) {
    if (!of.equals(REPEAT_LAST)) {
      return this;
    }
    return summaries.stream()
        .filter(each -> each.model().equals("repeat-last") && concerns(each))
        .map(this::error)
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .map(
            error ->
                new ProtocolGoal(
                    set, horizon, lookback, error.getAsDouble(), below, counting, of + ", ours"))
        .orElse(this);
  }

  /** Whether a summary's cell is this goal's. */
  boolean concerns(ProtocolSummary summary) {
    ProtocolCell cell = summary.cell();
    return cell.set() == set
        && cell.horizon() == horizon
        && (lookback.isEmpty() || lookback.getAsInt() == cell.lookback());
  }

  /** The error that is held against the bound; none if there is no score of its rule. */
  OptionalDouble error(ProtocolSummary summary) {
    List<Counting> rules = counting.map(List::of).orElse(List.of(Counting.values()));
    return rules.stream()
        .flatMap(rule -> summary.test(rule, Score::mse).stream())
        .mapToDouble(ProtocolSummary.Spread::mean)
        .max();
  }

  /** {@code reached}, or {@code missed by} how much, and of how few seeds if they are too few. */
  String verdict(ProtocolSummary summary) {
    OptionalDouble error = error(summary);
    if (error.isEmpty()) {
      return "no score";
    }
    double over = error.getAsDouble() - bound;
    boolean reached = below ? over < 0 : over <= 0;
    String text =
        reached ? "reached" : String.format(Locale.ROOT, "missed by %.4f", Math.max(0, over));
    if (summary.runs().stream().allMatch(ProtocolGoal::isLastValue)) {
      text += ", by the last value: no network passed the gate";
    }
    int seeds = summary.runs().size();
    return summary.seeded() && seeds < SEEDS ? text + " (" + seeds + " of 3 seeds)" : text;
  }

  private static boolean isLastValue(ProtocolRun run) {
    return LastValueGate.LAST_VALUE.equals(run.facts().get(LastValueGate.FACT));
  }

  /** The bound, as {@code ≤ .368}. */
  String text() {
    return String.format(Locale.ROOT, "%s %.3f", below ? "<" : "≤", bound);
  }

  /**
   * The summary that stands for this goal: of those with seeds enough, if there are any, the one
   * with the least error on the validation part. Test errors have no say.
   *
   * @param summaries of networks, on any cells
   */
  Optional<ProtocolSummary> chosen(List<ProtocolSummary> summaries) {
    List<ProtocolSummary> own = summaries.stream().filter(this::concerns).toList();
    List<ProtocolSummary> enough =
        own.stream().filter(each -> !each.seeded() || each.runs().size() >= SEEDS).toList();
    return (enough.isEmpty() ? own : enough)
        .stream().min(Comparator.comparingDouble(ProtocolSummary::validation));
  }
}
