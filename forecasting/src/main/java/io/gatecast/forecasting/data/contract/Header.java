package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Which field of a record is what. */
final class Header {
  private final List<String> labels;
  private final int[] time;
  private final int[] known;
  private final int series;
  private final List<ColumnSpec> columns;
  private final int[] fields;

  private Header(
      List<String> labels,
      int[] time,
      int[] known,
      int series,
      List<ColumnSpec> columns,
      int[] fields) {
    this.labels = List.copyOf(labels);
    this.time = time;
    this.known = known;
    this.series = series;
    this.columns = List.copyOf(columns);
    this.fields = fields;
  }

  /** Names of all fields. */
  List<String> labels() {
    return labels;
  }

  /** Fields of the time. */
  int[] time() {
    return time;
  }

  /** Fields of when a row became known; none where nothing tells. */
  int[] known() {
    return known;
  }

  /** Field of the series' name, or -1. */
  int series() {
    return series;
  }

  /** What to read: the target first, then the job's columns, then what only checks read. */
  List<ColumnSpec> columns() {
    return columns;
  }

  /** Field of a column. */
  int field(int column) {
    return fields[column];
  }

  /**
   * Finds the columns of a specification.
   *
   * @throws JobFault if one is not there, or there twice
   */
  static Header of(List<String> labels, DataSpec spec, UnaryOperator<String> whereKey) {
    Finder finder = new Finder(labels, spec.source().description(), whereKey);
    int[] time = finder.all(spec.time().columns(), "source.time");
    int[] known =
        spec.knownAt()
            .map(at -> finder.all(at.columns(), "source.known_at"))
            .orElseGet(() -> new int[0]);
    int series =
        spec.series() instanceof SeriesSpec.InColumn in
            ? finder.one(in.column(), "source.series")
            : -1;
    List<ColumnSpec> columns = new ArrayList<>(spec.columns());
    List<Integer> fields = new ArrayList<>();
    for (ColumnSpec column : columns) {
      String name = column.name();
      boolean target =
          spec.logVariance()
              .map(of -> of.inputs().contains(name))
              .orElse(name.equals(spec.target()));
      fields.add(finder.one(name, target ? "target" : "inputs"));
    }
    for (ColumnSpec checked : spec.contract().checks().columns(labels)) {
      if (columns.stream().noneMatch(column -> column.name().equals(checked.name()))) {
        columns.add(checked.optional());
        fields.add(finder.one(checked.name(), "contract.columns"));
      }
    }
    return new Header(
        labels,
        time,
        known,
        series,
        columns,
        fields.stream().mapToInt(Integer::intValue).toArray());
  }

  private record Finder(List<String> labels, String source, UnaryOperator<String> whereKey) {
    int[] all(List<String> names, String key) {
      return names.stream().mapToInt(name -> one(name, key)).toArray();
    }

    int one(String name, String key) {
      int index = labels.indexOf(name);
      if (index < 0) {
        throw new JobFault(
            ExitCode.USAGE,
            "a column of " + source,
            "\"" + name + "\", which is not in its header",
            whereKey.apply(key),
            Names.nearest(name, labels));
      }
      if (labels.lastIndexOf(name) != index) {
        throw new JobFault(
            ExitCode.DATA,
            "each column's name once in the header",
            "\"" + name + "\" twice",
            source,
            "rename or remove one of the two columns");
      }
      return index;
    }
  }
}
