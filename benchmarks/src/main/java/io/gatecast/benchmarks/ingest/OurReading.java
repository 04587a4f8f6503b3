package io.gatecast.benchmarks.ingest;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.source.Sources;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;

/** Our reader alone, and what the contract without checks of whole series lets in. */
final class OurReading {
  private OurReading() {}

  /** Every record with its place; the number of cells. */
  static long text(IngestWork work) {
    long cells = 0;
    try (RecordReader reader = open(work)) {
      while (reader.hasNext()) {
        cells += reader.nextRecord().getRecord().size();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cells;
  }

  /** The numbers of every record but those of some lines, before any contract. */
  static ColumnSums records(IngestWork work, Set<String> without) {
    NumberTable table = new NumberTable(work.numbers());
    try (RecordReader reader = open(work)) {
      int[] fields = work.numbers().stream().mapToInt(reader.getLabels()::indexOf).toArray();
      while (reader.hasNext()) {
        Record record = reader.nextRecord();
        RecordMetaDataLine at = (RecordMetaDataLine) record.getMetaData();
        if (without.contains(place(new File(at.getURI()).getPath(), at.getLineNumber()))) {
          continue;
        }
        table.row();
        for (int i = 0; i < fields.length; i++) {
          table.set(i, NumberTable.number(record.getRecord().get(fields[i]).toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table.sums();
  }

  /** What the contract makes of the rows, and in which lines it rejected one. */
  record LetIn(ColumnSums sums, Set<String> rejected) {}

  /** The numbers of all series. */
  static LetIn series(IngestWork work) {
    Dataset data = Contract.read(work.unchecked());
    Map<String, ColumnSums.Sum> sums = new LinkedHashMap<>();
    for (TimeSeries series : data.series()) {
      List<String> columns = series.columns();
      for (String name : work.numbers()) {
        ColumnSums.Sum sum = ColumnSums.Sum.of(series.column(columns.indexOf(name)));
        sums.merge(name, sum, ColumnSums.Sum::plus);
      }
    }
    Set<String> rejected = new HashSet<>();
    for (Problem problem : data.report().problems()) {
      if (problem.outcome() == Problem.Outcome.REJECTED) {
        rejected.add(place(problem.file(), problem.line()));
      }
    }
    int taken = data.report().accepted() + data.report().repaired();
    return new LetIn(new ColumnSums(taken, sums), rejected);
  }

  private static String place(String file, long line) {
    return file + ":" + line;
  }

  private static RecordReader open(IngestWork work) {
    return Sources.open(work.data().source(), key -> "key " + key);
  }

  /** The names of the files' columns. */
  static List<String> header(IngestWork work) {
    try (RecordReader reader = open(work)) {
      return reader.getLabels();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
