package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.source.Sources;
import io.gatecast.forecasting.data.time.SessionAxis;
import io.gatecast.forecasting.data.time.TimeAxes;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeParser;
import io.gatecast.forecasting.data.time.TimeUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.datavec.api.records.reader.RecordReader;

/**
 * Lets rows in: every row of a reader ends accepted, repaired or rejected, with its line and a
 * reason. What is done about a problem is its kind's {@link Policy}; nothing is filled or changed
 * that no policy asks for.
 */
public final class Contract {
  private static final int SHOWN = 3;

  private final DataSpec spec;
  private final UnaryOperator<String> whereKey;
  private final String source;

  private Contract(DataSpec spec, UnaryOperator<String> whereKey) {
    this.spec = spec;
    this.whereKey = whereKey;
    this.source = spec.source().description();
  }

  /**
   * Opens a source, reads all of it and checks it.
   *
   * @param spec where records come from, and what they must satisfy
   * @return the series and what became of the rows
   * @throws JobFault if the source cannot be read, a column is not there, or the rows break the
   *     contract
   */
  public static Dataset read(DataSpec spec) {
    return read(spec, key -> "key " + key);
  }

  /**
   * Opens a source, reads all of it and checks it.
   *
   * @param spec where records come from, and what they must satisfy
   * @param whereKey tells where the job file has a key, for errors
   * @return the series and what became of the rows
   * @throws JobFault if the source cannot be read, a column is not there, or the rows break the
   *     contract
   */
  public static Dataset read(DataSpec spec, UnaryOperator<String> whereKey) {
    FileStamps before = FileStamps.of(spec.source(), whereKey);
    Dataset data;
    try (RecordReader reader = Sources.open(spec.source(), whereKey)) {
      data = read(reader, spec, whereKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    before.requireSame(FileStamps.of(spec.source(), whereKey));
    return data;
  }

  /**
   * Reads everything and checks it.
   *
   * @param reader initialised; its labels name the columns; it stays open
   * @param spec what records must satisfy
   * @param whereKey tells where the job file has a key, for errors
   * @return the series and what became of the rows
   * @throws JobFault if a column is not there, or the rows break the contract
   */
  public static Dataset read(RecordReader reader, DataSpec spec, UnaryOperator<String> whereKey) {
    return new Contract(spec, whereKey).read(reader);
  }

  private Dataset read(RecordReader reader) {
    List<String> labels = reader.getLabels();
    if (labels.isEmpty()) {
      throw broken("a header line and rows", "an empty file", "check that it was delivered whole");
    }
    RowReader rows = new RowReader(Header.of(labels, spec, whereKey), spec);
    while (reader.hasNext()) {
      rows.read(reader.nextRecord());
    }
    if (rows.read() == 0) {
      throw broken("rows after the header", "a header only", "check that it was delivered whole");
    }
    checkRejected(rows);
    Map<String, Frame> frames = rows.frames();
    TimeUnit unit = rows.times().unit();
    RowOrder order = new RowOrder(rows.judge());
    List<SeriesCheck> checks = spec.contract().checks().checks(labels);
    for (Frame frame : frames.values()) {
      frame.settle(unit == TimeUnit.DAY, rows.knownIn(unit));
      order.order(frame);
      check(frame, checks, rows.judge());
    }
    checkRejected(rows);
    frames.values().removeIf(frame -> frame.rows() == 0);
    TimeAxis axis =
        TimeAxes.learn(spec.axis(), unit, spec.time().zone(), times(frames.values()), source);
    SeriesLayout layout = new SeriesLayout(spec, source, rows.judge(), rows.categories());
    missingSessions(axis, frames.values(), rows.judge());
    List<TimeSeries> series = new ArrayList<>();
    int accepted = 0;
    int repaired = 0;
    for (Frame frame : frames.values()) {
      series.add(layout.series(frame, axis));
      repaired += frame.repaired();
      accepted += frame.rows() - frame.repaired();
    }
    checkRejected(rows);
    ProblemLog log = rows.log();
    return new Dataset(
        series,
        new ContractReport(
            rows.read(),
            accepted,
            repaired,
            log.rejected(),
            log.kinds(),
            log.all(),
            series.stream().mapToInt(TimeSeries::missing).sum()),
        rows.hash());
  }

  /**
   * What checks find. Words are no numbers to them; and a single cell that the job does not read,
   * only its checks, rejects no row.
   */
  private void check(Frame frame, List<SeriesCheck> checks, Judge judge) {
    Map<String, ColumnSpec> asked = new HashMap<>();
    spec.columns().forEach(column -> asked.put(column.name(), column));
    Findings findings =
        (kind, row, column, found, mends) -> {
          ColumnSpec of = asked.get(column);
          boolean single = kind == Kind.OUT_OF_RANGE || kind == Kind.STUCK || kind == Kind.OUTLIER;
          boolean beside =
              mends.stream().noneMatch(m -> asked.containsKey(frame.columns().get(m.column())));
          if (of == null && single && beside && !column.isEmpty()) {
            judge.suspected(frame, row, column, kind, found);
          } else if (of == null || of.type() != ColumnSpec.Type.TEXT) {
            boolean required = of == null || of.required() || kind != Kind.OUT_OF_RANGE;
            judge.found(frame, kind, required, row, column, found, mends);
          }
        };
    for (SeriesCheck check : checks) {
      check.check(frame, findings);
      frame.compact();
    }
  }

  /** Told of once, at the row before: the data of all series lacks the day. */
  private static void missingSessions(TimeAxis axis, Collection<Frame> frames, Judge judge) {
    if (!(axis instanceof SessionAxis sessions)) {
      return;
    }
    Set<LocalDate> told = new HashSet<>();
    for (Frame frame : frames) {
      int row = 0;
      int last = frame.rows() - 1;
      for (LocalDate day : sessions.suspectedMissing(frame.time(0), frame.time(last))) {
        while (row < last && frame.time(row + 1) < day.toEpochDay()) {
          row++;
        }
        if (told.add(day)) {
          judge.found(
              frame, Kind.MISSING_SESSION, true, row, "", day + ", which is no holiday", List.of());
        }
      }
    }
  }

  private static List<long[]> times(Collection<Frame> frames) {
    return frames.stream().map(frame -> distinct(frame.times())).toList();
  }

  /** Ascending times, each once; it overwrites what it is given. */
  private static long[] distinct(long[] times) {
    int count = 0;
    for (long time : times) {
      if (count == 0 || time != times[count - 1]) {
        times[count++] = time;
      }
    }
    return count == times.length ? times : Arrays.copyOf(times, count);
  }

  private void checkRejected(RowReader rows) {
    ProblemLog log = rows.log();
    int read = rows.read();
    if (log.rejected() <= spec.contract().maxRejected() * read && log.rejected() < read) {
      return;
    }
    List<Problem> rejects = log.rejects();
    Problem first = rejects.get(0);
    String lines =
        rejects.stream()
            .limit(SHOWN)
            .map(
                problem ->
                    (problem.file().equals(first.file()) ? "" : problem.file() + ", ")
                        + "line "
                        + problem.line()
                        + (problem.column().isEmpty() ? "" : ", column " + problem.column())
                        + " (\""
                        + problem.found()
                        + "\")")
            .collect(Collectors.joining("; "));
    throw new JobFault(
        ExitCode.DATA,
        expected(first, rows.times())
            + ", and at most "
            + String.format(Locale.ROOT, "%.3g", 100 * spec.contract().maxRejected())
            + " % of rows rejected",
        first.kind().text() + "; " + log.rejected() + " of " + read + " rows rejected",
        first.file() + ", " + lines,
        action(first, log.rejected() == read));
  }

  private static String action(Problem first, boolean all) {
    if (first.kind() == Kind.BAD_TIME) {
      return "check source.time and source.time_format, or known_at and known_at_format";
    }
    if (all) {
      return "no row fits: check that the job names the right column and its form";
    }
    return first.kind() == Kind.MISSING
        ? "mend these rows, raise contract.max_rejected, or say that rows may lack the value:"
            + " columns: {\""
            + first.column()
            + "\": {required: false}}"
        : "mend these rows, or raise contract.max_rejected in the job file";
  }

  private static String expected(Problem problem, TimeParser times) {
    return switch (problem.kind()) {
      case BAD_TIME -> times.description();
      case FIELDS -> "as many fields as the header has";
      case OFF_AXIS -> "times on the steps of the series";
      case DUPLICATE, CONFLICT -> "each time once";
      case UNSORTED -> "rows in order of time";
      case MISSING, NOT_A_NUMBER, NOT_FINITE -> "a finite number";
      default -> "no row with " + problem.kind().text();
    };
  }

  private JobFault broken(String expected, String found, String action) {
    return new JobFault(ExitCode.DATA, expected, found, source, action);
  }
}
