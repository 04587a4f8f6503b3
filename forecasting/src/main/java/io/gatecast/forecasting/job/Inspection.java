package io.gatecast.forecasting.job;

import io.gatecast.forecasting.data.Dataset;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.report.RunRecords;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;

/**
 * A job and its data before any model: every setting, and what the contract let through.
 *
 * @param job name
 * @param settings every key with its value, defaults included
 * @param rows what became of the rows
 * @param step of the axis, in words
 * @param series each with its extent and columns
 */
public record Inspection(
    String job,
    Map<String, String> settings,
    RunRecord.Rows rows,
    String step,
    List<Series> series) {

  /**
   * One series.
   *
   * @param name of the series
   * @param from first time
   * @param to last time
   * @param steps from first to last
   * @param missing steps without a row
   * @param columns the target first
   */
  public record Series(
      String name, String from, String to, int steps, int missing, List<Column> columns) {}

  /**
   * One column's values.
   *
   * @param name of the column
   * @param least smallest value
   * @param mean arithmetic mean
   * @param most largest value
   */
  public record Column(String name, double least, double mean, double most) {}

  /**
   * Looks.
   *
   * @param job the job
   * @param data its data after the contract
   */
  public static Inspection of(JobSpec job, Dataset data) {
    List<Series> series = new ArrayList<>();
    for (TimeSeries one : data.series()) {
      List<Column> columns = new ArrayList<>();
      for (int column = 0; column < one.columns().size(); column++) {
        DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
        for (int step = 0; step < one.length(); step++) {
          if (one.present(step)) {
            statistics.accept(one.value(column, step));
          }
        }
        columns.add(
            new Column(
                one.columns().get(column),
                statistics.getMin(),
                statistics.getAverage(),
                statistics.getMax()));
      }
      series.add(
          new Series(
              one.name(),
              one.axis().format(one.time(0)),
              one.axis().format(one.time(one.length() - 1)),
              one.length(),
              one.missing(),
              columns));
    }
    return new Inspection(
        job.name(),
        JobSettings.of(job, data.axis()),
        RunRecords.rows(data.report()),
        data.axis().label(),
        series);
  }
}
