package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.SourceSpec;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that turns a source into series: where records come from, which columns tell time and
 * series, what the others hold, and what rows must satisfy.
 *
 * @param source where records come from
 * @param time which columns tell the time, and how
 * @param knownAt which column tells when a row became known, where one does: rows of one time are
 *     then its revisions, and no forecast from an origin before that time reads it. On an axis of
 *     days the day counts, in the source's zone; a date on a finer axis is known once it is over
 * @param series how rows tell their series
 * @param columns what to read; the target first
 * @param axis how series move through time
 * @param contract what rows must satisfy
 */
public record DataSpec(
    SourceSpec source,
    TimeSpec time,
    Optional<TimeSpec> knownAt,
    SeriesSpec series,
    List<ColumnSpec> columns,
    AxisSpec axis,
    ContractSpec contract) {
  private static final double USUAL_MOST_REJECTED = 0.01;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no column, or one twice
   */
  public DataSpec {
    columns = List.copyOf(columns);
    List<String> names = columns.stream().map(ColumnSpec::name).toList();
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "columns: expected at least one, each once, found " + names);
    }
  }

  /**
   * A CSV file of one series: ISO times, in UTC where they tell no offset, on regular steps; every
   * column a number that each row must have; at most one row in a hundred may be rejected. The
   * methods below say otherwise.
   *
   * @param file absolute or of the working directory
   * @param time column of the time
   * @param target column to forecast
   * @param inputs columns to read beside it
   */
  public static DataSpec csv(Path file, String time, String target, String... inputs) {
    return new DataSpec(
        CsvSpec.of(file),
        new TimeSpec(List.of(time), new TimeForm.Iso(), ZoneOffset.UTC),
        Optional.empty(),
        new SeriesSpec.PerFile(),
        Stream.concat(Stream.of(target), Stream.of(inputs)).map(ColumnSpec::number).toList(),
        AxisSpec.auto(),
        ContractSpec.usual(USUAL_MOST_REJECTED));
  }

  /**
   * The same from elsewhere: more files, a database, a reader of DataVec's.
   *
   * @param other where records come from
   */
  public DataSpec with(SourceSpec other) {
    return new DataSpec(other, time, knownAt, series, columns, axis, contract);
  }

  /**
   * The same of another time.
   *
   * @param other columns, form and zone
   */
  public DataSpec with(TimeSpec other) {
    return new DataSpec(source, other, knownAt, series, columns, axis, contract);
  }

  /**
   * The same with other series.
   *
   * @param other how rows tell their series
   */
  public DataSpec with(SeriesSpec other) {
    return new DataSpec(source, time, knownAt, other, columns, axis, contract);
  }

  /**
   * The same with one column told otherwise.
   *
   * @param other in the place of the column of its name; a new name comes last
   */
  public DataSpec with(ColumnSpec other) {
    List<ColumnSpec> changed = new ArrayList<>(columns);
    changed.replaceAll(column -> column.name().equals(other.name()) ? other : column);
    if (!changed.contains(other)) {
      changed.add(other);
    }
    return new DataSpec(source, time, knownAt, series, changed, axis, contract);
  }

  /**
   * The same on another axis.
   *
   * @param other how series move through time
   */
  public DataSpec with(AxisSpec other) {
    return new DataSpec(source, time, knownAt, series, columns, other, contract);
  }

  /**
   * The same under another contract.
   *
   * @param other what rows must satisfy
   */
  public DataSpec with(ContractSpec other) {
    return new DataSpec(source, time, knownAt, series, columns, axis, other);
  }

  /**
   * The same with checks of whole series.
   *
   * @param checks such as those of weather or stocks
   */
  public DataSpec with(CheckSet checks) {
    return with(contract.with(checks));
  }
}
