package io.gatecast.forecasting.data.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A DataVec reader of CSV files (RFC 4180, gzip or not, with or without a byte order mark), one
 * after the other, whose first lines name the columns; {@link #getLabels()} gives the names in the
 * order of the first file, and so come the fields of all files.
 *
 * <p>DataVec's own reader throws on a line break inside quotes and does not keep line numbers over
 * one; this one does both, on FastCSV. It gives text only and judges no row: that is the contract's
 * task. It holds one row, whatever the size of the files. One thread at a time.
 */
public final class CsvRecordReader extends SourceRecordReader {
  private static final long serialVersionUID = 1L;

  private final transient CsvFormat format;
  private transient List<URI> files = List.of();
  private transient int opened;
  private transient @Nullable CsvFile file;
  private transient List<String> labels = List.of();
  private transient int @Nullable [] order;

  /**
   * Makes a reader; {@link #initialize(InputSplit)} opens the files.
   *
   * @param delimiter between fields; the files have double quotes and are in UTF-8
   */
  public CsvRecordReader(char delimiter) {
    this(CsvFormat.of(delimiter));
  }

  CsvRecordReader(CsvFormat format) {
    this.format = format;
  }

  @Override
  public void initialize(InputSplit split) throws IOException {
    URI[] locations = split.locations();
    if (locations.length == 0) {
      throw new IllegalArgumentException("split: expected at least one CSV file, found none");
    }
    inputSplit = split;
    files = List.of(locations);
    start();
  }

  @Override
  public void initialize(Configuration conf, InputSplit split) throws IOException {
    setConf(conf);
    initialize(split);
  }

  private void start() throws IOException {
    close();
    CsvFile first = new CsvFile(files.get(0), format);
    file = first;
    opened = 1;
    labels = first.columns();
    order = null;
  }

  @Override
  public boolean hasNext() {
    return fileWithRows() != null;
  }

  /** The open file, or the next one where that has no row left; null after the last row. */
  private @Nullable CsvFile fileWithRows() {
    CsvFile current = file;
    while (current != null && !current.hasNext()) {
      try {
        current.close();
        current = opened < files.size() ? new CsvFile(files.get(opened), format) : null;
      } catch (IOException e) {
        throw unreadable(files.get(Math.min(opened, files.size() - 1)), e);
      }
      file = current;
      opened++;
      order = current == null ? null : order(current);
    }
    return current;
  }

  /** Which field of the file comes first, second, ...; null where all are in order. */
  private int @Nullable [] order(CsvFile other) {
    List<String> columns = other.columns();
    if (columns.equals(labels)) {
      return null;
    }
    for (String label : labels) {
      if (!columns.contains(label)) {
        throw misfit(other, "no column \"" + label + "\" but " + String.join(", ", columns));
      }
    }
    for (String column : columns) {
      if (!labels.contains(column)) {
        throw misfit(other, "another column \"" + column + "\"");
      }
    }
    if (columns.size() != labels.size() || new HashSet<>(columns).size() < columns.size()) {
      throw misfit(other, "a column's name twice");
    }
    return labels.stream().mapToInt(columns::indexOf).toArray();
  }

  private JobFault misfit(CsvFile other, String found) {
    return new JobFault(
        ExitCode.DATA,
        "the columns of " + path(files.get(0)) + ": " + String.join(", ", labels),
        found,
        path(other.location()),
        "give all files of a source the same columns, or leave this one out");
  }

  private static JobFault unreadable(URI location, IOException e) {
    return new JobFault(
            ExitCode.DATA,
            "a readable CSV file",
            e.toString(),
            path(location),
            "check that the file is still there and its permissions")
        .because(e);
  }

  private static String path(URI location) {
    return new File(location).getPath();
  }

  @Override
  public List<Writable> next() {
    return values(left().next());
  }

  @Override
  public Record nextRecord() {
    CsvFile current = left();
    CsvRecord record = current.next();
    return new org.datavec.api.records.impl.Record(
        values(record),
        new RecordMetaDataLine(
            Math.toIntExact(record.getStartingLineNumber()),
            current.location(),
            CsvRecordReader.class));
  }

  private CsvFile left() {
    CsvFile current = fileWithRows();
    if (current == null) {
      throw new NoSuchElementException("no record is left in " + files);
    }
    return current;
  }

  private List<Writable> values(CsvRecord record) {
    int count = record.getFieldCount();
    List<Writable> values = new ArrayList<>(count);
    // A row of another length is rejected later, whatever its order.
    int[] fields = count == labels.size() ? order : null;
    for (int i = 0; i < count; i++) {
      // As bytes: DataVec would start an encoder for each cell.
      String field = record.getField(fields == null ? i : fields[i]);
      values.add(new Text(field.getBytes(StandardCharsets.UTF_8)));
    }
    return values;
  }

  /** The names of the columns in the order of the first file; empty before there is one. */
  @Override
  public List<String> getLabels() {
    return labels;
  }

  @Override
  public void reset() {
    if (files.isEmpty()) {
      throw new IllegalStateException("expected an initialised reader, found one without a file");
    }
    try {
      start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Writable> record(URI uri, DataInputStream stream) {
    throw new UnsupportedOperationException("a CSV file has many records: use initialize and next");
  }

  @Override
  public Record loadFromMetaData(RecordMetaData metaData) throws IOException {
    return loadFromMetaData(List.of(metaData)).get(0);
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) throws IOException {
    List<Record> found = new ArrayList<>();
    for (RecordMetaData wanted : metaData) {
      if (!(wanted instanceof RecordMetaDataLine line)) {
        throw new IllegalArgumentException(
            "metaData: expected a line of a file, found " + wanted.getClass().getName());
      }
      try (CsvRecordReader again = new CsvRecordReader(format)) {
        again.files = List.of(line.getURI());
        again.start();
        again.order = again.file == null || labels.isEmpty() ? null : order(again.file);
        Record record = again.nextRecord();
        while (((RecordMetaDataLine) record.getMetaData()).getLineNumber() < line.getLineNumber()) {
          record = again.nextRecord();
        }
        found.add(record);
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
