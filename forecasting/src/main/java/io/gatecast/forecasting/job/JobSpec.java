package io.gatecast.forecasting.job;

import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.ContractSpec;
import io.gatecast.forecasting.data.SourceSpec;
import io.gatecast.forecasting.data.TimeAxis;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.ValueTransform;
import io.gatecast.forecasting.window.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as a value: everything that a run depends on but the data itself. {@link JobFile} makes one
 * from YAML.
 *
 * @param name of the job: letters, digits, dot, dash, underscore
 * @param preset where defaults came from
 * @param source file and columns
 * @param target column to forecast
 * @param inputs further columns that a network reads, past values only
 * @param transform what a network learns of each column
 * @param calendar cycles that it reads, or null to follow from the step
 * @param season steps of a season, or 0 to follow from the step
 * @param horizon steps ahead
 * @param network the network
 * @param training how it is trained
 * @param split shares of the steps of time
 * @param maxRejected share of rows that the contract may reject
 * @param keys where the job file has each key, for errors; may be empty
 */
public record JobSpec(
    String name,
    Preset preset,
    SourceSpec source,
    String target,
    List<String> inputs,
    ValueTransform transform,
    @Nullable List<Calendar> calendar,
    int season,
    int horizon,
    NetworkSettings network,
    TrainingSpec training,
    SplitSpec split,
    double maxRejected,
    Map<String, String> keys) {

  /** Copies the collections. */
  public JobSpec {
    inputs = List.copyOf(inputs);
    calendar = calendar == null ? null : List.copyOf(calendar);
    keys = Map.copyOf(keys);
  }

  /** The columns to read; the target first. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add(target);
    columns.addAll(inputs);
    return columns;
  }

  /** What rows must satisfy. */
  public ContractSpec contract() {
    return new ContractSpec(columns(), preset.sessions(), maxRejected);
  }

  /**
   * Steps of a season.
   *
   * @param axis of the data
   */
  public int season(TimeAxis axis) {
    return season > 0 ? season : preset.season(axis);
  }

  /**
   * Calendar cycles that a network reads.
   *
   * @param axis of the data
   */
  public List<Calendar> calendar(TimeAxis axis) {
    return calendar == null ? preset.calendar(axis) : calendar;
  }

  /**
   * Where a key is written.
   *
   * @param key such as {@code source.time}
   * @return file, line and key; the key alone where the job came from no file
   */
  public String where(String key) {
    return keys.getOrDefault(key, "key " + key);
  }

  /**
   * What the result depends on, as text: the same text gives the same forecasts on the same data.
   */
  String canonical() {
    SourceSpec anywhere =
        new SourceSpec(
            source.csv().getFileName(),
            source.delimiter(),
            source.time(),
            source.timeFormat(),
            source.zone(),
            source.series());
    return new JobSpec(
            name,
            preset,
            anywhere,
            target,
            inputs,
            transform,
            calendar,
            season,
            horizon,
            network,
            training,
            split,
            maxRejected,
            Map.of())
        .toString();
  }
}
