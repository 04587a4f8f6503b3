package io.gatecast.forecasting.inspection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.Holidays;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.report.RunRecords;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job and its data before any model: every setting, and what the contract let through. As JSON it
 * is in snake case; what only drawings need is left out there.
 *
 * @param job name
 * @param settings every key with its value, defaults included
 * @param rows what became of the rows
 * @param step of the axis, in words
 * @param axis how series move through time
 * @param findings what the contract met, by kind and outcome: what cost or changed rows first, then
 *     what is only suspected
 * @param series each with its extent and columns
 */
public record Inspection(
    String job,
    Map<String, String> settings,
    RunRecord.Rows rows,
    String step,
    Axis axis,
    List<Finding> findings,
    List<Series> series) {

  /**
   * How series move through time.
   *
   * @param kind what the job asks for: {@code auto}, {@code regular}, {@code business-days} or
   *     {@code sessions}
   * @param step in words, as the data has it
   * @param zone of local times
   * @param holidays name of the calendar, or null
   */
  public record Axis(String kind, String step, String zone, @Nullable String holidays) {}

  /**
   * One kind of problem with one outcome.
   *
   * @param kind the key of a job file's contract
   * @param text in words
   * @param outcome {@code rejected}, {@code repaired} or {@code suspected}; several where more were
   *     met than are kept to tell them apart
   * @param policy what the job does about it
   * @param count how often it was met
   * @param first the first of them
   */
  public record Finding(
      String kind, String text, String outcome, String policy, int count, RunRecord.Problem first) {

    /** Whether nothing was changed. */
    public boolean suspicion() {
      return outcome.equals("suspected");
    }
  }

  /**
   * One series.
   *
   * @param name of the series
   * @param from first time
   * @param to last time
   * @param steps from first to last
   * @param missing steps without a row
   * @param gaps how many stretches of missing steps there are
   * @param longestGap the longest of them, or null
   * @param columns the target first
   * @param drawing where gaps and problems are in a plot
   */
  public record Series(
      String name,
      String from,
      String to,
      int steps,
      int missing,
      int gaps,
      @Nullable Gap longestGap,
      List<Column> columns,
      @JsonIgnore Drawing drawing) {}

  /**
   * A stretch without rows.
   *
   * @param from first missing step's time
   * @param to last missing step's time
   * @param steps how many
   */
  public record Gap(String from, String to, int steps) {}

  /**
   * One column's values.
   *
   * @param name of the column
   * @param type {@code number}, {@code text} or {@code compass}
   * @param unit as the job file says it, or null
   * @param least smallest value; not a number where there is none, as for text
   * @param mean arithmetic mean
   * @param most largest value
   * @param missing steps with a row but without this value
   * @param missingShare of the steps with a row, in [0, 1]
   * @param categories a text column's most frequent values
   * @param allCategories how many different values a text column has
   * @param means of at most 60 equal stretches of time, null where nothing is; empty for text
   * @param curve the same in more detail
   */
  public record Column(
      String name,
      String type,
      @Nullable String unit,
      double least,
      double mean,
      double most,
      int missing,
      double missingShare,
      List<Category> categories,
      int allCategories,
      List<Double> means,
      @JsonIgnore Curve curve) {}

  /**
   * A value of a text column.
   *
   * @param name the text
   * @param count how often it is there
   */
  public record Category(String name, int count) {}

  /**
   * A column for plotting, by equal stretches of steps; not a number where nothing is.
   *
   * @param least of each stretch
   * @param mean of each stretch
   * @param most of each stretch
   */
  public record Curve(List<Double> least, List<Double> mean, List<Double> most) {}

  /**
   * What to mark in a series' plots.
   *
   * @param gaps the longest stretches without rows
   * @param marks the first problems, where their rows' times are known
   */
  public record Drawing(List<Stretch> gaps, List<Mark> marks) {}

  /**
   * Some steps.
   *
   * @param from the first, from 0
   * @param steps how many
   */
  public record Stretch(int from, int steps) {}

  /**
   * A row with a problem.
   *
   * @param step at or before its time
   * @param column its column, or empty for the whole row
   * @param outcome {@code rejected}, {@code repaired} or {@code suspected}
   * @param label line and reason
   */
  public record Mark(int step, String column, String outcome, String label) {}

  /**
   * Looks. Problems are not placed in time: that takes a second look at the source.
   *
   * @param job the job
   * @param data its data after the contract
   */
  public static Inspection of(JobSpec job, Dataset data) {
    return of(job, data, Map.of());
  }

  /**
   * Looks, and reads the source of CSV files once more to place problems in time, for plots.
   *
   * @param job the job
   * @param data its data after the contract
   * @throws io.gatecast.forecasting.JobFault if the source can no longer be read
   */
  public static Inspection placed(JobSpec job, Dataset data) {
    return of(job, data, ProblemPlaces.of(job, data));
  }

  private static Inspection of(JobSpec job, Dataset data, Map<String, List<Mark>> marks) {
    Holidays holidays = job.data().axis().holidays();
    return new Inspection(
        job.name(),
        job.settings(data.axis()),
        RunRecords.rows(data.report()),
        data.axis().label(),
        new Axis(
            job.data().axis().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            data.axis().label(),
            data.axis().zone().toString(),
            holidays == null ? null : holidays.name()),
        InspectedProblems.of(data.report(), job.data().contract()),
        data.series().stream()
            .map(
                one ->
                    new InspectedSeries(one, job.data().seriesColumns())
                        .series(marks.getOrDefault(one.name(), List.of())))
            .toList());
  }
}
