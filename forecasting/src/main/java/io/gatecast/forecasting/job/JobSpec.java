package io.gatecast.forecasting.job;

import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.DataVecSpec;
import io.gatecast.forecasting.data.source.SourceSpec;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.SplitSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as a value: everything that a run depends on but the data itself. {@link JobFile} makes one
 * from YAML.
 *
 * @param name of the job: letters, digits, dot, dash, underscore
 * @param preset where defaults came from
 * @param data where records come from, and what they must satisfy; the target is its first column,
 *     or computed of some
 * @param features what a network reads; its calendar is replaced by the next one's
 * @param calendar cycles that it reads, or null to follow from the step
 * @param season steps of a season, or 0 to follow from the step
 * @param horizon steps ahead
 * @param network the network
 * @param training how it is trained
 * @param split shares of the steps of time
 * @param evaluation how its models are judged
 * @param keys where the job file has each key, for errors; may be empty
 */
public record JobSpec(
    String name,
    Preset preset,
    DataSpec data,
    FeatureSpec features,
    @Nullable List<CalendarFeature> calendar,
    int season,
    int horizon,
    NetworkSettings network,
    TrainingSpec training,
    SplitSpec split,
    EvaluationSpec evaluation,
    Map<String, String> keys) {

  /** Copies the collections. */
  public JobSpec {
    calendar = calendar == null ? null : List.copyOf(calendar);
    keys = Map.copyOf(keys);
  }

  /** The column to forecast. */
  public String target() {
    return data.target();
  }

  /** Whether the target is a variance, which has measures of its own. */
  public VarianceTarget variance() {
    return data.logVariance().isPresent() ? VarianceTarget.LOG_VARIANCE : VarianceTarget.NONE;
  }

  /** The columns of each series; the target first. */
  public List<String> columns() {
    return data.seriesColumns().stream().map(ColumnSpec::name).toList();
  }

  /**
   * What a network reads.
   *
   * @param axis of the data
   */
  public FeatureSpec features(TimeAxis axis) {
    return new FeatureSpec(
        features.covariates(),
        features.derivations(),
        features.transform(),
        features.transforms(),
        features.fills(),
        features.window(),
        calendar(axis));
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
  public List<CalendarFeature> calendar(TimeAxis axis) {
    return calendar == null ? preset.calendar(axis) : calendar;
  }

  /**
   * Every key of a job file with its value on this data, defaults included, in a job file's order.
   *
   * @param axis of the data
   */
  public Map<String, String> settings(TimeAxis axis) {
    return JobSettings.of(this, axis);
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
    DataSpec anywhere = data.with(withoutFolders(data.source()));
    return new JobSpec(
            name,
            preset,
            anywhere,
            features,
            calendar,
            season,
            horizon,
            network,
            training,
            split,
            evaluation,
            Map.of())
        .toString();
  }

  /** The data is known by its content: the same files in another folder are the same. */
  private static SourceSpec withoutFolders(SourceSpec source) {
    if (source instanceof CsvSpec csv) {
      return new CsvSpec(
          names(csv.files()),
          csv.delimiter(),
          csv.quote(),
          csv.encoding(),
          csv.comment(),
          csv.transformProcess().map(Path::getFileName));
    }
    return source instanceof DataVecSpec reader
        ? new DataVecSpec(
            reader.readerClass(),
            names(reader.files()),
            reader.transformProcess().map(Path::getFileName))
        : source;
  }

  private static List<String> names(List<String> files) {
    return files.stream().map(file -> "/" + file.substring(file.lastIndexOf('/') + 1)).toList();
  }
}
