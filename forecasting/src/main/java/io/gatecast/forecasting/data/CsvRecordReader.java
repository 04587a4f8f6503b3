package io.gatecast.forecasting.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A DataVec reader of one CSV file (RFC 4180, UTF-8 with or without a byte order mark) whose first
 * line names the columns; {@link #getLabels()} gives those names.
 *
 * <p>DataVec's own reader throws on a line break inside quotes and does not keep line numbers over
 * one; this one does both, on FastCSV. It gives text only and judges nothing: that is the {@link
 * Contract}'s task. One thread at a time.
 */
public final class CsvRecordReader extends BaseRecordReader {
  private static final long serialVersionUID = 1L;

  private final char delimiter;
  private transient @Nullable Configuration configuration;
  private transient @Nullable URI file;
  private transient @Nullable CsvReader<CsvRecord> reader;
  private transient Iterator<CsvRecord> records = List.<CsvRecord>of().iterator();
  private transient List<String> header = List.of();

  /**
   * Makes a reader; {@link #initialize(InputSplit)} opens the file.
   *
   * @param delimiter between fields
   */
  public CsvRecordReader(char delimiter) {
    this.delimiter = delimiter;
  }

  @Override
  public void initialize(InputSplit split) throws IOException {
    URI[] locations = split.locations();
    if (locations.length != 1) {
      throw new IllegalArgumentException(
          "split: expected one CSV file, found " + locations.length + " locations");
    }
    inputSplit = split;
    open(locations[0]);
  }

  @Override
  public void initialize(Configuration conf, InputSplit split) throws IOException {
    setConf(conf);
    initialize(split);
  }

  private void open(URI location) throws IOException {
    close();
    file = location;
    InputStream stream = new BufferedInputStream(Files.newInputStream(path(location)), 1 << 16);
    // Bytes that are no UTF-8 are an error, not question marks in a series' name.
    InputStreamReader text =
        new InputStreamReader(
            stream,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    CsvReader<CsvRecord> opened =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .skipEmptyLines(true)
            // FastCSV would take the rest of the file for one field.
            .allowUnclosedQuote(false)
            // A row of another length is the contract's to reject, not the end of the file.
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text);
    reader = opened;
    records = opened.iterator();
    header = guarded(records::hasNext) ? namesOf(guarded(records::next)) : List.of();
  }

  /** Also of a URI that DataVec's splits leave unescaped, as for a name that is not ASCII. */
  private static Path path(URI location) {
    return new File(location).toPath();
  }

  private List<String> namesOf(CsvRecord first) {
    List<String> names = new ArrayList<>(first.getFields());
    names.set(0, names.get(0).replaceFirst("^\uFEFF", ""));
    for (String name : names) {
      if (name.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
        throw notText("control characters in its first line");
      }
    }
    return List.copyOf(names);
  }

  @Override
  public boolean hasNext() {
    return guarded(records::hasNext);
  }

  @Override
  public List<Writable> next() {
    return nextRecord().getRecord();
  }

  @Override
  public Record nextRecord() {
    if (!hasNext()) {
      throw new NoSuchElementException("no record is left in " + file);
    }
    CsvRecord record = guarded(records::next);
    List<Writable> values = new ArrayList<>(record.getFieldCount());
    for (String field : record.getFields()) {
      values.add(new Text(field));
    }
    int line = Math.toIntExact(record.getStartingLineNumber());
    return new org.datavec.api.records.impl.Record(
        values, new RecordMetaDataLine(line, file, CsvRecordReader.class));
  }

  /** FastCSV wraps what the stream throws; what it means is said here. */
  private <T> T guarded(Supplier<T> step) {
    try {
      return step.get();
    } catch (CsvParseException | UncheckedIOException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof CharacterCodingException) {
          throw notText("bytes that are no UTF-8").because(e);
        }
      }
      throw new JobFault(
              ExitCode.DATA,
              "a CSV file",
              "one that cannot be parsed: " + e.getMessage(),
              fileName(),
              "look for a quote that is opened and never closed, or another delimiter")
          .because(e);
    }
  }

  private String fileName() {
    return file == null ? "" : path(file).toString();
  }

  private JobFault notText(String found) {
    return new JobFault(
        ExitCode.DATA,
        "a CSV text file in UTF-8",
        found,
        fileName(),
        "check that source.csv names the right file, or convert it: iconv -t UTF-8");
  }

  /** The names of the columns; empty where the file is. */
  @Override
  public List<String> getLabels() {
    return header;
  }

  @Override
  public void reset() {
    if (file == null) {
      throw new IllegalStateException("expected an initialised reader, found one without a file");
    }
    try {
      open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean resetSupported() {
    return true;
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
      try (CsvRecordReader again = new CsvRecordReader(delimiter)) {
        again.open(line.getURI());
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
  public void setConf(Configuration conf) {
    configuration = conf;
  }

  @Override
  public @Nullable Configuration getConf() {
    return configuration;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    records = List.<CsvRecord>of().iterator();
  }
}
