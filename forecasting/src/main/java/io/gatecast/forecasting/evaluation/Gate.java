package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.evaluation.significance.DieboldMariano;
import io.gatecast.forecasting.evaluation.significance.LagCopy;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Persistence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets a network through only if, on the same origins, it is better than the best baseline beyond
 * chance, does not merely repeat the last value, has intervals that hold what they promise, and is
 * no worse than the champion, the network that was let through before. It decides on the mean
 * absolute scaled error, so that of several series the one with the largest unit does not decide
 * alone.
 */
public final class Gate {
  private Gate() {}

  /** What came of it. */
  public enum Verdict {
    /** The candidate forecasts. */
    PROMOTED,
    /** The champion forecasts: the candidate failed, and the champion still beats the baselines. */
    KEPT,
    /** The best baseline forecasts. */
    REFUSED
  }

  /**
   * One thing that was asked of a network.
   *
   * @param name in one word
   * @param model that was asked
   * @param passed whether it is so
   * @param finding with the numbers
   */
  public record Check(String name, String model, boolean passed, String finding) {}

  /**
   * What the gate decided, and why.
   *
   * @param verdict what came of it
   * @param winner name of the model to forecast with
   * @param best name of the best baseline
   * @param checks all that was asked, in order
   * @param reason in one sentence, with the numbers
   */
  public record Decision(
      Verdict verdict, String winner, String best, List<Check> checks, String reason) {
    /** Copies the list. */
    public Decision {
      checks = List.copyOf(checks);
    }
  }

  /**
   * Decides.
   *
   * @param evaluation of all models on the same origins
   * @param candidate name of the network to let through
   * @param champion name of the network that was let through before, if it can be compared
   * @param spec what is asked
   * @param before checks that were made elsewhere; the candidate has to have passed them, too
   * @throws IllegalArgumentException if there is no baseline
   */
  public static Decision decide(
      Evaluation evaluation,
      String candidate,
      Optional<String> champion,
      GateSpec spec,
      List<Check> before) {
    Evaluation.Score best = best(evaluation);
    List<Check> ofChampion =
        champion.map(name -> network(evaluation, name, best, spec)).orElse(List.of());
    boolean fit = champion.isPresent() && ofChampion.stream().allMatch(Check::passed);
    List<Check> checks = new ArrayList<>(before);
    checks.addAll(network(evaluation, candidate, best, spec));
    if (fit) { // one that fails by itself stands in nobody's way
      checks.add(noWorse(evaluation, candidate, champion.get()));
    }
    boolean passed = checks.stream().allMatch(Check::passed);
    String reason = reason(evaluation, candidate, checks);
    checks.addAll(ofChampion);
    return passed
        ? new Decision(Verdict.PROMOTED, candidate, best.name(), checks, reason)
        : otherwise(fit ? champion : Optional.empty(), best, checks, reason);
  }

  /**
   * Decides where there is no candidate, as its training failed.
   *
   * @param evaluation of all other models on the same origins
   * @param champion name of the network that was let through before, if it can be compared
   * @param spec what is asked
   * @param why there is no candidate
   */
  public static Decision without(
      Evaluation evaluation, Optional<String> champion, GateSpec spec, String why) {
    Evaluation.Score best = best(evaluation);
    List<Check> checks =
        champion.map(name -> network(evaluation, name, best, spec)).orElse(List.of());
    boolean fit = checks.stream().allMatch(Check::passed);
    return otherwise(fit ? champion : Optional.empty(), best, checks, why);
  }

  private static Decision otherwise(
      Optional<String> champion, Evaluation.Score best, List<Check> checks, String reason) {
    return champion.isPresent()
        ? new Decision(
            Verdict.KEPT,
            champion.get(),
            best.name(),
            checks,
            reason + "; " + champion.get() + " kept")
        : new Decision(
            Verdict.REFUSED,
            best.name(),
            best.name(),
            checks,
            reason + "; " + best.name() + " used");
  }

  /**
   * The baseline with the smallest mean absolute scaled error.
   *
   * @param evaluation with at least one
   */
  public static Evaluation.Score best(Evaluation evaluation) {
    return baselines(evaluation).stream()
        .min(Comparator.comparingDouble(score -> score.accuracy().mase()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "baselines: expected one with finite forecasts, found none"));
  }

  private static List<Check> network(
      Evaluation evaluation, String model, Evaluation.Score best, GateSpec spec) {
    if (evaluation.broken(model)) {
      return List.of(new Check("finite", model, false, "a forecast is no finite number"));
    }
    Accuracy accuracy = evaluation.score(model).accuracy();
    return List.of(
        better(evaluation, model, accuracy, best, spec),
        copy(evaluation, model, spec),
        coverage(model, accuracy, 0.80, spec),
        coverage(model, accuracy, 0.95, spec));
  }

  private static Check better(
      Evaluation evaluation,
      String model,
      Accuracy accuracy,
      Evaluation.Score best,
      GateSpec spec) {
    DieboldMariano test = evaluation.compare(model, best.name());
    double own = accuracy.mase();
    double other = best.accuracy().mase();
    return new Check(
        "baseline",
        model,
        own < other && test.firstIsBetter(spec.significance()),
        String.format(
            Locale.ROOT,
            "MASE %.4g (MAE %.4g) against %.4g (%.4g) of the best baseline, %s (%s%s)",
            own,
            accuracy.mae(),
            other,
            best.accuracy().mae(),
            best.name(),
            difference(own, other),
            own < other ? ", " + chance(test, spec) : ""));
  }

  private static String chance(DieboldMariano test, GateSpec spec) {
    if (!test.conclusive()) {
      return "too few origins to tell from chance";
    }
    return String.format(Locale.ROOT, "p = %.2g by Diebold and Mariano", test.pValue())
        + (test.firstIsBetter(spec.significance()) ? "" : ": may be chance");
  }

  private static Check copy(Evaluation evaluation, String model, GateSpec spec) {
    LagCopy.Verdict verdict = evaluation.lagCopy(model, spec.significance());
    return new Check("lag-copy", model, !verdict.copy(), verdict.text());
  }

  private static Check coverage(String model, Accuracy accuracy, double nominal, GateSpec spec) {
    double coverage = accuracy.interval(nominal).coverage();
    double least = nominal - spec.shortfall();
    return new Check(
        "coverage",
        model,
        coverage >= least,
        String.format(
            Locale.ROOT,
            "the %.0f %% interval holds %.1f %% of the true values, at least %.1f %% asked",
            100 * nominal,
            100 * coverage,
            100 * least));
  }

  private static Check noWorse(Evaluation evaluation, String candidate, String champion) {
    double own = evaluation.score(candidate).accuracy().mase();
    double other = evaluation.score(champion).accuracy().mase();
    return new Check(
        "champion",
        candidate,
        own <= other,
        String.format(
            Locale.ROOT,
            "MASE %.4g against %.4g of the champion (%s)",
            own,
            other,
            difference(own, other)));
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

  /** The verdict with the comparison, and each other check that failed. */
  private static String reason(Evaluation evaluation, String candidate, List<Check> checks) {
    List<Check> own = checks.stream().filter(check -> check.model().equals(candidate)).toList();
    boolean passed = own.stream().allMatch(Check::passed);
    StringBuilder reason = new StringBuilder(candidate + (passed ? " used" : " refused"));
    String joint = ": ";
    for (Check check : own) {
      if (check.name().equals("baseline") || !check.passed()) {
        reason.append(joint).append(check.finding().replaceFirst("\\.$", ""));
        joint = "; ";
      }
    }
    return reason
        .append(steps(evaluation, candidate))
        .append("; ")
        .append(randomWalk(evaluation, candidate))
        .toString();
  }

  /** At which steps a baseline was at least as good, or that none was. */
  private static String steps(Evaluation evaluation, String candidate) {
    List<Accuracy> own = evaluation.score(candidate).bySteps();
    List<String> lost = new ArrayList<>();
    for (Evaluation.Score baseline : baselines(evaluation)) {
      List<String> steps = new ArrayList<>();
      for (int h = 0; h < own.size(); h++) {
        if (!(own.get(h).mae() < baseline.bySteps().get(h).mae())) {
          steps.add(String.valueOf(h + 1));
        }
      }
      if (steps.size() == own.size()) {
        lost.add(baseline.name() + " at any step");
      } else if (!steps.isEmpty()) {
        lost.add(baseline.name() + " at step " + String.join(", ", steps));
      }
    }
    return lost.isEmpty()
        ? "; better than every baseline at every step"
        : "; not better than " + String.join(" and ", lost);
  }

  private static List<Evaluation.Score> baselines(Evaluation evaluation) {
    return evaluation.scores().stream()
        .filter(score -> score.kind() == Forecaster.Kind.BASELINE)
        .filter(score -> !evaluation.broken(score.name()))
        .toList();
  }

  /** Says plainly what beat the random walk, whose forecast is the last value. */
  private static String randomWalk(Evaluation evaluation, String candidate) {
    if (!evaluation.models().contains(Persistence.NAME)) {
      return "the random walk (persistence) was not among the baselines";
    }
    double walk = evaluation.score(Persistence.NAME).accuracy().mase();
    List<String> beat =
        evaluation.scores().stream()
            .filter(
                score -> score.name().equals(candidate) || score.kind() == Forecaster.Kind.BASELINE)
            .filter(score -> score.accuracy().mase() < walk)
            .map(Evaluation.Score::name)
            .toList();
    return beat.isEmpty()
        ? "nothing beats the random walk (persistence)"
        : "the random walk (persistence) is beaten by " + String.join(", ", beat);
  }
}
