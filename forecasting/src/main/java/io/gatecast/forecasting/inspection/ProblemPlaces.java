package io.gatecast.forecasting.inspection;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.Sources;
import io.gatecast.forecasting.data.time.Moment;
import io.gatecast.forecasting.data.time.TimeParser;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.inspection.Inspection.Mark;
import io.gatecast.forecasting.job.JobSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.Writable;

/**
 * Finds when the rows with problems are: the contract tells file and line, a second look at the CSV
 * files tells the time and the series. Rows without a readable time are left out, and so are all of
 * other sources.
 */
final class ProblemPlaces {
  private final DataSpec spec;
  private final Dataset data;
  private final Map<String, TimeSeries> series;
  private final Map<String, List<Mark>> marks = new HashMap<>();
  private final TimeParser times;
  private final Moment moment = new Moment();

  private ProblemPlaces(DataSpec spec, Dataset data) {
    this.spec = spec;
    this.data = data;
    this.series =
        data.series().stream().collect(Collectors.toMap(TimeSeries::name, Function.identity()));
    this.times = new TimeParser(spec.time());
  }

  /** The problems that could be placed, by series. */
  static Map<String, List<Mark>> of(JobSpec job, Dataset data) {
    DataSpec spec = job.data();
    if (data.report().problems().isEmpty()
        || !(spec.source() instanceof CsvSpec)
        || spec.source().transformProcess().isPresent()) {
      return Map.of();
    }
    try (RecordReader reader = Sources.open(spec.source(), job::where)) {
      ProblemPlaces places = new ProblemPlaces(spec, data);
      places.read(reader);
      return places.marks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(RecordReader reader) {
    Map<String, Map<Long, List<Problem>>> wanted =
        data.report().problems().stream()
            .collect(Collectors.groupingBy(Problem::file, Collectors.groupingBy(Problem::line)));
    List<String> labels = reader.getLabels();
    int[] time = spec.time().columns().stream().mapToInt(labels::indexOf).toArray();
    while (reader.hasNext()) {
      Record record = reader.nextRecord();
      if (record.getRecord().size() != labels.size()) {
        continue;
      }
      RecordMetaDataLine at = (RecordMetaDataLine) record.getMetaData();
      File file = new File(at.getURI());
      List<Problem> here =
          wanted
              .getOrDefault(file.getPath(), Map.of())
              .getOrDefault((long) at.getLineNumber(), List.of());
      if (!here.isEmpty()) {
        place(here, record.getRecord(), time, name(file, record.getRecord(), labels));
      }
    }
  }

  private String name(File file, List<Writable> fields, List<String> labels) {
    if (spec.series() instanceof SeriesSpec.InColumn in) {
      return fields.get(labels.indexOf(in.column())).toString().trim();
    }
    return spec.series() instanceof SeriesSpec.One one
        ? one.name()
        : file.getName().replaceFirst("(\\.[^.]*?)(\\.gz)?$", "");
  }

  private void place(List<Problem> problems, List<Writable> fields, int[] time, String name) {
    TimeSeries of = series.get(name);
    if (of == null) {
      return;
    }
    try {
      times.parse(fields, time, moment);
    } catch (DateTimeException e) {
      return; // its time is the problem
    }
    long at = data.axis().unit() == TimeUnit.DAY ? moment.day() : moment.seconds();
    int step = stepAt(of, at);
    if (step < 0) {
      return;
    }
    for (Problem problem : problems) {
      marks
          .computeIfAbsent(name, any -> new ArrayList<>())
          .add(
              new Mark(
                  step,
                  problem.column(),
                  problem.outcome().label(),
                  "line "
                      + problem.line()
                      + " "
                      + problem.outcome().label()
                      + ": "
                      + problem.kind().text()
                      + " (\""
                      + problem.found()
                      + "\")"));
    }
  }

  /** The last step that is not after a time, or -1 outside the series. */
  private static int stepAt(TimeSeries series, long time) {
    if (time < series.time(0) || time > series.time(series.length() - 1)) {
      return -1;
    }
    int from = 0;
    int to = series.length();
    while (to - from > 1) {
      int middle = (from + to) >>> 1;
      if (series.time(middle) <= time) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
