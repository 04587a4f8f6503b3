package io.gatecast.forecasting.report;

import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.evaluation.metric.IntervalAccuracy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The measures of an accuracy by their names in files; those that do not apply are left out. */
final class Measures {
  private Measures() {}

  static Map<String, Double> of(Accuracy accuracy) {
    Map<String, Double> measures = new LinkedHashMap<>();
    put(measures, "rmsse", accuracy.rmsse());
    put(measures, "smape", accuracy.smape());
    put(measures, "bias", accuracy.bias());
    put(measures, "r2", accuracy.r2());
    put(measures, "directional_accuracy", accuracy.directionalAccuracy());
    put(measures, "always_up", accuracy.alwaysUp());
    put(measures, "wql", accuracy.wql());
    put(measures, "crps", accuracy.crps());
    put(measures, "qlike", accuracy.qlike());
    for (IntervalAccuracy interval : accuracy.intervals()) {
      String percent = String.format(Locale.ROOT, "%.0f", 100 * interval.nominal());
      put(measures, "coverage_" + percent, interval.coverage());
      put(measures, "width_" + percent, interval.width());
      put(measures, "winkler_" + percent, interval.winkler());
    }
    return measures;
  }

  private static void put(Map<String, Double> measures, String name, double value) {
    if (Double.isFinite(value)) {
      measures.put(name, value);
    }
  }
}
