package io.gatecast.forecasting.window;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;

/** The one value of a column that does not change within a series. */
final class StaticValue {
  private StaticValue() {}

  /**
   * Finds it in the train part: what only later rows tell is not known there.
   *
   * @param series the series
   * @param column name
   * @param trainEnd last time of the train part
   * @throws JobFault if there is none, or it changes, be it later
   */
  static double of(TimeSeries series, String column, long trainEnd) {
    int index = series.columns().indexOf(column);
    double value = Double.NaN;
    for (int step = 0; step < series.length() && series.time(step) <= trainEnd; step++) {
      value = Double.isNaN(value) ? series.value(index, step, trainEnd) : value;
    }
    if (Double.isNaN(value)) {
      throw fault(series, column, "none in the train part", 0);
    }
    for (int step = 0; step < series.length(); step++) {
      double here = series.value(index, step);
      if (!Double.isNaN(here) && here != value) {
        throw fault(series, column, value + " and then " + here, step);
      }
    }
    return value;
  }

  private static JobFault fault(TimeSeries series, String column, String found, int step) {
    return new JobFault(
        ExitCode.DATA,
        "one value in the static column " + column + " of each series",
        found,
        "series " + series.name() + " at " + series.axis().format(series.time(step)),
        "declare the column as past or future instead");
  }
}
