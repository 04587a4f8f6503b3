package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.Writable;

/**
 * All rows of some CSV files, summed up by column; the first and the last rows are kept to try
 * forms of time on. Rows of another length than the header are left out.
 *
 * @param files that were read
 * @param layout how they are written
 * @param columns one for each field of the header
 * @param sample the first rows and the last ones, in order
 * @param rows how many there are
 */
record TableProfile(
    List<Path> files,
    TextLayout layout,
    List<ColumnProfile> columns,
    List<List<Writable>> sample,
    int rows) {
  private static final int FIRST = 2_000;
  private static final int LAST = 500;

  static TableProfile of(List<Path> files) {
    TextLayout layout = TextLayout.of(files);
    CsvSpec source = layout.source(files);
    try (RecordReader reader = Sources.open(source, key -> String.join(", ", source.files()))) {
      List<String> labels = reader.getLabels();
      requireNames(labels, source.description());
      List<ColumnProfile> columns = labels.stream().map(ColumnProfile::new).toList();
      List<List<Writable>> sample = new ArrayList<>();
      Deque<List<Writable>> last = new ArrayDeque<>();
      int rows = 0;
      while (reader.hasNext()) {
        List<Writable> record = reader.next();
        if (record.size() != columns.size()) {
          continue;
        }
        rows++;
        for (int i = 0; i < record.size(); i++) {
          columns.get(i).add(record.get(i).toString());
        }
        if (sample.size() < FIRST) {
          sample.add(record);
        } else {
          last.add(record);
          if (last.size() > LAST) {
            last.remove();
          }
        }
      }
      sample.addAll(last);
      return new TableProfile(files, layout, columns, List.copyOf(sample), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireNames(List<String> labels, String source) {
    boolean data =
        labels.stream()
            .allMatch(
                name ->
                    !Double.isNaN(ColumnProfile.number(name.trim()))
                        || name.matches("\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*"));
    if (data) {
      throw new JobFault(
          ExitCode.DATA,
          "a first line that names the columns",
          String.join(", ", labels),
          source,
          "put a header line on top, such as date,value");
    }
  }

  List<String> names() {
    return columns.stream().map(ColumnProfile::name).toList();
  }

  int index(String name) {
    return names().indexOf(name);
  }

  ColumnProfile column(String name) {
    return columns.get(index(name));
  }
}
