package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.time.Moment;
import io.gatecast.forecasting.data.time.TimeParser;
import io.gatecast.forecasting.data.time.TimeUnit;
import java.io.File;
import java.net.URI;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/** Turns records into rows of their series' frames, or rejects them with a reason. */
final class RowReader implements ProblemLog.Files {
  private static final Set<String> NAMELESS = Set.of("", "na", "n/a", "null", "none", "-");

  private final Header header;
  private final DataSpec spec;
  private final TimeParser times;
  private final @Nullable TimeParser knownTimes;
  private final List<String> columns;
  private final CellReader[] cells;
  private final double[] values;
  private final Moment moment = new Moment();
  private final Moment known = new Moment();
  private final Map<String, Frame> frames = new LinkedHashMap<>();
  private final Map<String, RepeatedTimes> repeated = new LinkedHashMap<>();
  private final List<String> files = new ArrayList<>();
  private final Set<String> fileNames = new HashSet<>();
  private final ContentHash hash = new ContentHash();
  private final ProblemLog log = new ProblemLog(this);
  private final Judge judge;
  private @Nullable URI location;
  private @Nullable Frame frame;
  private @Nullable String fileSeries;
  private int namedFiles;
  private int read;

  RowReader(Header header, DataSpec spec) {
    this.header = header;
    this.spec = spec;
    this.times = new TimeParser(spec.time());
    this.knownTimes = spec.knownAt().map(TimeParser::new).orElse(null);
    this.columns = header.columns().stream().map(ColumnSpec::name).toList();
    this.cells = header.columns().stream().map(CellReader::new).toArray(CellReader[]::new);
    this.values = new double[cells.length];
    this.judge = new Judge(spec.contract(), log, this);
  }

  ProblemLog log() {
    return log;
  }

  Judge judge() {
    return judge;
  }

  TimeParser times() {
    return times;
  }

  /** Brings the seconds at which rows became known to a unit of time. */
  LongUnaryOperator knownIn(TimeUnit unit) {
    if (knownTimes == null) {
      return seconds -> seconds;
    }
    boolean days = knownTimes.unit() == TimeUnit.DAY;
    return KnownTimes.in(unit, days, knownTimes.dates(), spec.time().zone());
  }

  /** Rows read so far. */
  int read() {
    return read;
  }

  /** SHA-256 of what was read; no row may follow. */
  String hash() {
    categories().values().forEach(hash::names);
    return hash.text();
  }

  /** The frames so far, in order of first appearance, with the local times that clocks repeat. */
  Map<String, Frame> frames() {
    repeated.forEach(
        (series, times) -> {
          Frame of = frames.get(series);
          if (of != null) {
            times.settle(of);
          }
        });
    return frames;
  }

  /** Names of each text column's values. */
  Map<String, List<String>> categories() {
    Map<String, List<String>> categories = new LinkedHashMap<>();
    for (CellReader cell : cells) {
      if (cell.spec().type() == ColumnSpec.Type.TEXT) {
        categories.put(cell.spec().name(), List.copyOf(cell.categories()));
      }
    }
    return categories;
  }

  @Override
  public String name(int file) {
    return files.isEmpty() ? spec.source().description() : files.get(file);
  }

  /** Reads one record. */
  void read(Record record) {
    read++;
    int line = locate(record.getMetaData());
    List<Writable> fields = record.getRecord();
    if (fields.size() != header.labels().size()) {
      reject(
          line, "", Kind.FIELDS, fields.size() + " fields, header has " + header.labels().size());
      return;
    }
    String series = series(fields);
    if (series == null) {
      reject(line, header.labels().get(header.series()), Kind.MISSING, "");
      return;
    }
    if (!time(times, fields, header.time(), moment, line)
        || (knownTimes != null && !time(knownTimes, fields, header.known(), known, line))) {
      return;
    }
    boolean repaired = false;
    for (int i = 0; i < cells.length; i++) {
      Writable cell = fields.get(header.field(i));
      Kind problem = cells[i].read(cell);
      values[i] = cells[i].value();
      if (problem != null && asked(i)) {
        if (!kept(problem, i, cell, line)) {
          leftOut(series);
          return;
        }
        repaired |=
            spec.contract().policy(problem, cells[i].spec().required()) == Policy.REPAIR
                && !usualGap(problem, cells[i].spec());
      }
    }
    hash.row(series, moment.seconds(), values);
    if (knownTimes != null) {
      hash.known(knownSeconds());
    }
    Frame of = frame(series);
    of.add(
        moment.seconds(),
        Math.toIntExact(moment.day()),
        knownTimes == null ? Long.MIN_VALUE : knownSeconds(),
        Math.max(0, files.size() - 1),
        line,
        values);
    if (moment.ambiguous()) {
      repeated
          .computeIfAbsent(series, any -> new RepeatedTimes())
          .kept(of.rows() - 1, moment.laterBy());
    }
    if (repaired) {
      of.markRepaired(of.rows() - 1);
    }
  }

  /** A row that is left out still tells which pass through a repeated hour the others belong to. */
  private void leftOut(String series) {
    if (moment.ambiguous()) {
      repeated
          .computeIfAbsent(series, any -> new RepeatedTimes())
          .leftOut(frame(series).rows(), moment.seconds(), moment.laterBy());
    }
  }

  /** Of an hour that clocks show twice the later one: nothing is known before it surely is. */
  private long knownSeconds() {
    return known.seconds() + known.laterBy();
  }

  /** The line, after noting which file it is in. */
  private int locate(@Nullable RecordMetaData metaData) {
    if (!(metaData instanceof RecordMetaDataLine at)) {
      return read;
    }
    URI uri = at.getURI();
    if (uri != null && !uri.equals(location)) {
      location = uri;
      files.add(uri.getScheme() == null ? uri.toString() : fileName(uri));
    }
    return at.getLineNumber();
  }

  private static String fileName(URI uri) {
    return "file".equals(uri.getScheme()) ? new File(uri).getPath() : uri.toString();
  }

  private @Nullable String series(List<Writable> fields) {
    if (spec.series() instanceof SeriesSpec.One one) {
      return one.name();
    }
    if (spec.series() instanceof SeriesSpec.PerFile) {
      return fileSeries();
    }
    if (fields.get(header.series()) instanceof NullWritable) {
      return null;
    }
    String name = fields.get(header.series()).toString().trim();
    return NAMELESS.contains(name.toLowerCase(Locale.ROOT)) ? null : name;
  }

  /** The series that the open file's name gives. */
  private String fileSeries() {
    String known = fileSeries;
    if (known == null || namedFiles != files.size()) {
      known = new File(name(files.size() - 1)).getName().replaceFirst("(\\.[^.]*?)(\\.gz)?$", "");
      if (!fileNames.add(known)) {
        throw new JobFault(
            ExitCode.DATA,
            "files of different names, each of which is a series",
            "a second file of series " + known,
            name(files.size() - 1),
            "say series_of: all where they are parts of one series, or rename one");
      }
      fileSeries = known;
      namedFiles = files.size();
    }
    return known;
  }

  private boolean time(
      TimeParser parser, List<Writable> fields, int[] from, Moment into, int line) {
    try {
      parser.parse(fields, from, into);
      return true;
    } catch (DateTimeException e) {
      String written =
          String.join(" ", Arrays.stream(from).mapToObj(i -> fields.get(i).toString()).toList());
      reject(line, header.labels().get(from[0]), Kind.BAD_TIME, written);
      return false;
    }
  }

  /** Whether the job asked for a column: of what only checks read, any cell may be missing. */
  private boolean asked(int column) {
    return column < spec.columns().size();
  }

  /** A missing cell of a column that rows may lack is no problem, unless the job says so. */
  private boolean usualGap(Kind problem, ColumnSpec column) {
    return problem == Kind.MISSING
        && !column.required()
        && !spec.contract().policies().containsKey(Kind.MISSING);
  }

  /** Whether a row goes on after a problem in one of its cells. */
  private boolean kept(Kind problem, int column, Writable cell, int line) {
    ColumnSpec of = cells[column].spec();
    if (usualGap(problem, of)) {
      return true;
    }
    String found = cell.toString();
    switch (spec.contract().policy(problem, of.required())) {
      case FAIL -> throw judge.broken("", fileIndex(), line, of.name(), problem, found);
      case DROP -> {
        log.reject(fileIndex(), line, of.name(), problem, found);
        return false;
      }
      case REPAIR -> {
        values[column] = Double.NaN;
        log.repair(fileIndex(), line, of.name(), problem, found);
      }
      case WARN -> log.suspect(fileIndex(), line, of.name(), problem, found);
    }
    return true;
  }

  private void reject(int line, String column, Kind kind, String found) {
    if (judge.policy(kind) == Policy.FAIL) {
      throw judge.broken("", fileIndex(), line, column, kind, found);
    }
    log.reject(fileIndex(), line, column, kind, found);
  }

  private int fileIndex() {
    return Math.max(0, files.size() - 1);
  }

  private Frame frame(String series) {
    if (frame == null || !frame.series().equals(series)) {
      frame = frames.computeIfAbsent(series, name -> new Frame(name, columns, knownTimes != null));
    }
    return frame;
  }
}
