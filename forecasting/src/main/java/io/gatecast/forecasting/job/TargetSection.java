package io.gatecast.forecasting.job;

import io.gatecast.forecasting.data.contract.LogVariance;
import java.util.List;
import java.util.Optional;

/**
 * What a job forecasts: a column of the source, or a log variance that is computed of two.
 *
 * @param name of the series' first column
 * @param logVariance where it is computed
 */
record TargetSection(String name, Optional<LogVariance> logVariance) {
  private static final String KEY = "log-variance";
  private static final String EXAMPLE = "target: {log-variance: [High, Low]}";

  /** The columns of the source that it takes. */
  List<String> columns() {
    return logVariance.map(LogVariance::inputs).orElse(List.of(name));
  }

  static TargetSection read(YamlSection top) {
    if (!top.isMapping("target")) {
      return new TargetSection(top.text("target", "target: temp_max"), Optional.empty());
    }
    YamlSection target = top.section("target", EXAMPLE);
    List<String> names = target.texts(KEY);
    target.rejectUnknown();
    if (names.size() != 2) {
      throw target.faultAt(
          KEY, "the columns of high and low", names.toString(), "write it like " + EXAMPLE);
    }
    return new TargetSection(
        LogVariance.COLUMN,
        Optional.of(
            target.made(
                KEY,
                "the columns of high and low",
                () -> new LogVariance(names.get(0), names.get(1)))));
  }
}
