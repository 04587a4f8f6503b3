package io.gatecast.forecasting.transform;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One series' transforms with what was learned from its train part. It travels with the model, and
 * turns a network's outputs back into levels.
 *
 * @param series name of the series
 * @param transform what the network learns
 * @param columns a standardiser for each column; the target's first
 */
public record FittedTransform(String series, ValueTransform transform, List<Standardiser> columns) {

  /** Copies the list. */
  public FittedTransform {
    columns = List.copyOf(columns);
  }

  /**
   * Fits to the part of a series that ends at a time.
   *
   * @param series the series
   * @param transform what the network learns
   * @param trainEnd last time of the train part
   * @return the transforms
   * @throws JobFault if a column does not vary there, or a log return does not exist
   */
  public static FittedTransform fit(TimeSeries series, ValueTransform transform, long trainEnd) {
    int trainSteps = 0;
    while (trainSteps < series.length() && series.time(trainSteps) <= trainEnd) {
      trainSteps++;
    }
    List<Standardiser> columns = new ArrayList<>();
    for (int column = 0; column < series.columns().size(); column++) {
      double[] levels = series.column(column);
      if (transform == ValueTransform.LOG_RETURN) {
        requirePositive(series, column, levels);
      }
      double[] train = Arrays.copyOf(transform.apply(levels), trainSteps);
      String where = where(series, column) + ", up to " + series.axis().format(trainEnd);
      if (Arrays.stream(train).allMatch(Double::isNaN)) {
        throw new JobFault(
            ExitCode.DATA,
            "values in the train part",
            "none",
            where,
            "the series begins too late for the split: leave it out, or supply its past");
      }
      Standardiser standardiser = Standardiser.fit(train);
      if (!Double.isFinite(standardiser.mean()) || !Double.isFinite(standardiser.deviation())) {
        throw new JobFault(
            ExitCode.DATA,
            "values whose mean and deviation are finite",
            "one as large as " + Arrays.stream(levels).map(Math::abs).max().orElseThrow(),
            where,
            "look for a sentinel or a wrong unit");
      }
      if (standardiser.deviation() == 0) {
        throw new JobFault(
            ExitCode.DATA,
            "values that vary in the train part",
            "a constant " + (column == 0 ? "target " : "input ") + levels[0],
            where,
            column == 0
                ? "a constant series needs no network; check the target"
                : "remove the column from inputs");
      }
      columns.add(standardiser);
    }
    return new FittedTransform(series.name(), transform, columns);
  }

  private static void requirePositive(TimeSeries series, int column, double[] levels) {
    for (int step = 0; step < levels.length; step++) {
      if (levels[step] <= 0) {
        throw new JobFault(
            ExitCode.DATA,
            "positive values, without which a log return does not exist",
            String.valueOf(levels[step]),
            where(series, column) + " at " + series.axis().format(series.time(step)),
            "use transform: level, or leave the column out");
      }
    }
  }

  private static String where(TimeSeries series, int column) {
    return "series " + series.name() + ", column " + series.columns().get(column);
  }

  /**
   * Standardised values of a column.
   *
   * @param series the series
   * @param column index; 0 is the target
   * @return as many as steps, not a number where absent
   */
  public double[] apply(TimeSeries series, int column) {
    double[] values = transform.apply(series.column(column));
    for (int t = 0; t < values.length; t++) {
      values[t] = columns.get(column).apply(values[t]);
    }
    return values;
  }

  /**
   * A network's outputs as levels.
   *
   * @param last the last true level
   * @param outputs standardised, one for each step of the horizon
   * @return levels in the target's unit
   */
  public double[] levels(double last, float[] outputs) {
    Standardiser target = columns.get(0);
    double[] forecast = new double[outputs.length];
    for (int h = 0; h < forecast.length; h++) {
      forecast[h] =
          transform.relativeToLast() ? target.deviation() * outputs[h] : target.invert(outputs[h]);
    }
    return transform.path(last, forecast);
  }
}
