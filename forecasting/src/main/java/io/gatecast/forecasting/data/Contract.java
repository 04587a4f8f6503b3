package io.gatecast.forecasting.data;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;

/**
 * Lets rows in: every row of a reader ends accepted, repaired (put in order) or rejected, with its
 * line and a reason. It never fills, guesses or changes a value.
 *
 * <p>A missing cell, text in a number, or a number that is not finite rejects its row; so does an
 * exact duplicate. Two rows of one time that differ, or more rejected rows than the specification
 * allows, break the contract.
 */
public final class Contract {
  private static final int SHOWN = 3;

  private final SourceSpec source;
  private final ContractSpec spec;
  private final UnaryOperator<String> whereKey;
  private final ProblemLog log = new ProblemLog();

  private Contract(SourceSpec source, ContractSpec spec, UnaryOperator<String> whereKey) {
    this.source = source;
    this.spec = spec;
    this.whereKey = whereKey;
  }

  /**
   * Reads everything and checks it.
   *
   * @param reader initialised; its labels name the columns
   * @param source which columns tell time and series
   * @param spec what rows must satisfy
   * @param whereKey tells where the job file has a key, for errors
   * @return the series and what became of the rows
   * @throws JobFault if a column is not there, or the rows break the contract
   */
  public static Dataset read(
      RecordReader reader, SourceSpec source, ContractSpec spec, UnaryOperator<String> whereKey) {
    return new Contract(source, spec, whereKey).read(reader);
  }

  private Dataset read(RecordReader reader) {
    List<String> labels = reader.getLabels();
    if (labels.isEmpty()) {
      throw broken("a header line and rows", "an empty file", "check that it was delivered whole");
    }
    TimeParser times = new TimeParser(source.timeFormat(), source.zone());
    RowParser parser = parser(labels, times);
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    int read = 0;
    while (reader.hasNext()) {
      Record record = reader.nextRecord();
      read++;
      long line = record.getMetaData() instanceof RecordMetaDataLine at ? at.getLineNumber() : read;
      Row row = parser.parse(record.getRecord(), line);
      if (row != null) {
        rows.computeIfAbsent(row.series(), any -> new ArrayList<>()).add(row);
      }
    }
    if (read == 0) {
      throw broken("rows after the header", "a header only", "check that it was delivered whole");
    }
    checkRejected(read, times);
    if (times.unit() == TimeUnit.DAY) {
      rows.replaceAll((name, list) -> list.stream().map(Row::daily).toList());
    }
    SeriesAssembler assembler = new SeriesAssembler(spec, file(), log);
    rows.replaceAll((name, list) -> assembler.ordered(list));
    TimeAxis axis = assembler.axis(rows.values(), times.unit(), source.zone());
    List<TimeSeries> series = new ArrayList<>();
    rows.forEach((name, list) -> series.add(assembler.series(name, list, axis)));
    assembler.logRepairs();
    checkRejected(read, times);
    return new Dataset(
        series,
        new ContractReport(
            read,
            read - log.rejected() - log.repaired(),
            log.repaired(),
            log.rejected(),
            log.kinds(),
            log.all(),
            series.stream().mapToInt(TimeSeries::missing).sum()));
  }

  private RowParser parser(List<String> labels, TimeParser times) {
    int time = column(labels, source.time(), "source.time");
    String series = source.series();
    int name = series == null ? -1 : column(labels, series, "source.series");
    int[] columns = new int[spec.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(labels, spec.columns().get(i), i == 0 ? "target" : "inputs");
    }
    String only = source.csv().getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return new RowParser(labels, time, name, only, columns, times, log);
  }

  private int column(List<String> labels, String name, String key) {
    int index = labels.indexOf(name);
    if (index < 0) {
      throw new JobFault(
          ExitCode.USAGE,
          "a column of " + file(),
          "\"" + name + "\", which is not in its header",
          whereKey.apply(key),
          Names.nearest(name, labels));
    }
    if (labels.lastIndexOf(name) != index) {
      throw broken(
          "each column's name once in the header",
          "\"" + name + "\" twice",
          "rename or remove one of the two columns");
    }
    return index;
  }

  private void checkRejected(int read, TimeParser times) {
    if (log.rejected() <= spec.maxRejected() * read && log.rejected() < read) {
      return;
    }
    List<RowProblem> rejects = log.rejects();
    RowProblem first = rejects.get(0);
    String lines =
        rejects.stream()
            .limit(SHOWN)
            .map(
                problem ->
                    "line "
                        + problem.line()
                        + (problem.column().isEmpty() ? "" : ", column " + problem.column())
                        + " (\""
                        + problem.found()
                        + "\")")
            .collect(Collectors.joining("; "));
    throw broken(
        expected(first, times)
            + ", and at most "
            + String.format(Locale.ROOT, "%.3g", 100 * spec.maxRejected())
            + " % of rows rejected",
        first.kind().text() + "; " + log.rejected() + " of " + read + " rows rejected",
        lines,
        log.rejected() == read
            ? "no row fits: check that the job names the right column and its form"
            : "mend these rows, or raise contract.max_rejected in the job file");
  }

  private static String expected(RowProblem problem, TimeParser times) {
    return switch (problem.kind()) {
      case BAD_TIME -> times.description();
      case FIELDS -> "as many fields as the header has";
      case OFF_AXIS -> "times on the steps of the series";
      case DUPLICATE -> "each row once";
      default -> "a finite number";
    };
  }

  private JobFault broken(String expected, String found, String action) {
    return new JobFault(ExitCode.DATA, expected, found, file(), action);
  }

  private JobFault broken(String expected, String found, String lines, String action) {
    return new JobFault(ExitCode.DATA, expected, found, file() + ", " + lines, action);
  }

  private String file() {
    return source.csv().toString();
  }
}
