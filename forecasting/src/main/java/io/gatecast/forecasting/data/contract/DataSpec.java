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
 * @param columns what to read; the target first, where it is one of them
 * @param axis how series move through time
 * @param contract what rows must satisfy
 * @param logVariance the target, where it is computed of two of the columns
 */
public record DataSpec(
    SourceSpec source,
    TimeSpec time,
    Optional<TimeSpec> knownAt,
    SeriesSpec series,
    List<ColumnSpec> columns,
    AxisSpec axis,
    ContractSpec contract,
    Optional<LogVariance> logVariance) {
  private static final double USUAL_MOST_REJECTED = 0.01;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no column, or one twice, or a computed target
   *     lacks a column of numbers or has the name of one
   */
  public DataSpec {
    columns = List.copyOf(columns);
    List<String> names = columns.stream().map(ColumnSpec::name).toList();
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException(
          "columns: expected at least one, each once, found " + names);
    }
    if (logVariance.isPresent()) {
      requireComputable(logVariance.get(), columns);
    }
  }

  private static void requireComputable(LogVariance target, List<ColumnSpec> columns) {
    List<String> numbers =
        columns.stream()
            .filter(column -> column.type() == ColumnSpec.Type.NUMBER)
            .map(ColumnSpec::name)
            .toList();
    if (!numbers.containsAll(target.inputs())) {
      throw new IllegalArgumentException(
          "log-variance: expected numbers "
              + target.inputs()
              + " among the columns, found "
              + numbers);
    }
    if (columns.stream().anyMatch(column -> column.name().equals(LogVariance.COLUMN))) {
      throw new IllegalArgumentException(
          "columns: expected none by the computed target's name, found " + LogVariance.COLUMN);
    }
  }

  /**
   * The same whose target is its first column.
   *
   * @param source where records come from
   * @param time which columns tell the time, and how
   * @param knownAt which column tells when a row became known, where one does
   * @param series how rows tell their series
   * @param columns what to read; the target first
   * @param axis how series move through time
   * @param contract what rows must satisfy
   */
  public DataSpec(
      SourceSpec source,
      TimeSpec time,
      Optional<TimeSpec> knownAt,
      SeriesSpec series,
      List<ColumnSpec> columns,
      AxisSpec axis,
      ContractSpec contract) {
    this(source, time, knownAt, series, columns, axis, contract, Optional.empty());
  }

  /** The columns that each series has: the target first, then those that are read. */
  public List<ColumnSpec> seriesColumns() {
    return logVariance.isEmpty()
        ? columns
        : Stream.concat(
                Stream.of(ColumnSpec.number(LogVariance.COLUMN).optional()), columns.stream())
            .toList();
  }

  /** The name of the column to forecast. */
  public String target() {
    return seriesColumns().get(0).name();
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
        ContractSpec.usual(USUAL_MOST_REJECTED),
        Optional.empty());
  }

  /**
   * The same from elsewhere: more files, a database, a reader of DataVec's.
   *
   * @param other where records come from
   */
  public DataSpec with(SourceSpec other) {
    return new DataSpec(other, time, knownAt, series, columns, axis, contract, logVariance);
  }

  /**
   * The same of another time.
   *
   * @param other columns, form and zone
   */
  public DataSpec with(TimeSpec other) {
    return new DataSpec(source, other, knownAt, series, columns, axis, contract, logVariance);
  }

  /**
   * The same with other series.
   *
   * @param other how rows tell their series
   */
  public DataSpec with(SeriesSpec other) {
    return new DataSpec(source, time, knownAt, other, columns, axis, contract, logVariance);
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
    return new DataSpec(source, time, knownAt, series, changed, axis, contract, logVariance);
  }

  /**
   * The same on another axis.
   *
   * @param other how series move through time
   */
  public DataSpec with(AxisSpec other) {
    return new DataSpec(source, time, knownAt, series, columns, other, contract, logVariance);
  }

  /**
   * The same under another contract.
   *
   * @param other what rows must satisfy
   */
  public DataSpec with(ContractSpec other) {
    return new DataSpec(source, time, knownAt, series, columns, axis, other, logVariance);
  }

  /**
   * The same with a computed target before all columns; the first of them becomes an input.
   *
   * @param target of two of the columns
   * @throws IllegalArgumentException if they are not among the columns
   */
  public DataSpec with(LogVariance target) {
    return new DataSpec(
        source, time, knownAt, series, columns, axis, contract, Optional.of(target));
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
