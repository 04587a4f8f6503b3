package io.gatecast.forecasting.job;

import io.gatecast.forecasting.evaluation.BacktestSpec;
import io.gatecast.forecasting.evaluation.GateSpec;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.model.NetworkSettings;
import java.util.List;
import java.util.Locale;

/** The keys of a job file that say how its models are judged. */
final class EvaluationSection {
  private static final int MOST = 1_000_000;

  private EvaluationSection() {}

  static EvaluationSpec read(YamlSection top, NetworkSettings network) {
    String[] intervals = IntervalMethod.LABELS.toArray(String[]::new);
    List<String> baselines = names(top, "baselines", Baselines.NAMES);
    String method = top.choiceOr("intervals", IntervalMethod.DEFAULT, intervals, one -> one);
    YamlSection backtest =
        top.section("backtest", "backtest: {refit_every: 100, window: expanding}");
    List<String> tested = names(backtest, "baselines", Baselines.NAMES);
    List<String> variants = names(backtest, "variants", Variant.LABELS);
    for (String variant : variants) {
      try {
        Variant.of(variant).of(network);
      } catch (IllegalArgumentException e) {
        throw backtest.faultAt(
            "variants",
            "variants that go with the job's network: " + e.getMessage(),
            variant,
            "leave " + variant + " out");
      }
    }
    BacktestSpec rolling = rolling(backtest);
    backtest.rejectUnknown();
    return new EvaluationSpec(baselines, tested, variants, method, rolling, gate(top));
  }

  private static List<String> names(YamlSection section, String key, List<String> names) {
    List<String> chosen = section.choices(key, names.toArray(String[]::new), one -> one);
    if (chosen != null && chosen.isEmpty()) {
      throw section.faultAt(key, "at least one name", "leave the key out for the default");
    }
    return chosen == null ? List.of() : chosen;
  }

  private static BacktestSpec rolling(YamlSection backtest) {
    int stride = (int) backtest.wholeOr("stride", 1, 1, MOST);
    int refitEvery = (int) backtest.wholeOr("refit_every", 0, 1, MOST);
    BacktestSpec.Window window =
        backtest.choiceOr(
            "window",
            BacktestSpec.Window.EXPANDING,
            BacktestSpec.Window.values(),
            EvaluationSection::lower);
    BacktestSpec.Refit refit =
        backtest.choiceOr(
            "refit",
            BacktestSpec.Refit.COLD,
            BacktestSpec.Refit.values(),
            EvaluationSection::lower);
    int embargo = (int) backtest.wholeOr("embargo", 0, 0, MOST);
    return new BacktestSpec(stride, refitEvery, window, refit, embargo);
  }

  private static GateSpec gate(YamlSection top) {
    YamlSection gate = top.section("gate", "gate: {significance: 0.05, shortfall: 0.1}");
    double significance =
        gate.numberOr("significance", GateSpec.DEFAULT.significance(), 0, true, 1);
    double shortfall = gate.numberOr("shortfall", GateSpec.DEFAULT.shortfall(), 0, false, 0.8);
    gate.rejectUnknown();
    return new GateSpec(significance, shortfall);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
