package io.gatecast.forecasting.data.source;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * Any DataVec reader over files, each read by an instance of its own: a reader of M2.1 that fails
 * in its second file may go on with what it has of the first (Arrow's does), and few start again
 * rightly. A record's line is its number in its file, counted from 1. One thread at a time.
 */
final class DataVecRecordReader extends SourceRecordReader {
  private static final long serialVersionUID = 1L;

  private final transient ReaderClass readers;
  private final transient String name;
  private final transient List<Path> files;
  private transient @Nullable RecordReader reader;
  private transient @Nullable URI location;
  private transient List<String> labels = List.of();
  private transient int opened;
  private transient int line;

  /**
   * Opens the first file.
   *
   * @param spec whose reader class to use
   * @param files to read, in this order; none for a reader that needs none
   * @param whereKey tells where the job file has a key, for errors
   * @throws JobFault if the class cannot be used or the file not be read
   */
  DataVecRecordReader(DataVecSpec spec, List<Path> files, UnaryOperator<String> whereKey) {
    readers = new ReaderClass(spec.readerClass(), whereKey);
    name = spec.readerClass();
    this.files = List.copyOf(files);
    start();
  }

  /** Starts again; what the split says is not read, for the files are known. */
  @Override
  public void initialize(InputSplit split) {
    inputSplit = split;
    start();
  }

  @Override
  public void initialize(Configuration conf, InputSplit split) {
    setConf(conf);
    initialize(split);
  }

  private void start() {
    close();
    opened = 0;
    labels = labels(openNext());
  }

  private RecordReader openNext() {
    RecordReader next = readers.make();
    reader = next;
    line = 0;
    if (files.isEmpty()) {
      location = null;
      initialize(next, new CollectionInputSplit(List.of()));
    } else {
      Path file = files.get(opened);
      location = file.toUri();
      // Not CollectionInputSplit, which opens no streams for those readers that ask for one.
      initialize(next, new FileSplit(file.toFile()));
    }
    opened++;
    return next;
  }

  private void initialize(RecordReader next, InputSplit split) {
    try {
      next.initialize(split);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreadable(e);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw unreadable(e);
    }
  }

  private static List<String> labels(RecordReader next) {
    try {
      List<String> names = next.getLabels();
      return names == null ? List.of() : List.copyOf(names);
    } catch (RuntimeException e) {
      return List.of(); // Arrow's throws UnsupportedOperationException: it has no names to give.
    }
  }

  @Override
  public boolean hasNext() {
    RecordReader current = reader;
    while (current != null && !guarded(current::hasNext)) {
      close();
      current = opened < files.size() ? openNext() : null;
      if (current != null && !labels(current).equals(labels)) {
        throw new JobFault(
            ExitCode.DATA,
            "the columns of " + files.get(0) + ": " + String.join(", ", labels),
            String.join(", ", labels(current)),
            place(),
            "give all files of a source the same columns, or leave this one out");
      }
    }
    return current != null;
  }

  @Override
  public List<Writable> next() {
    return nextRecord().getRecord();
  }

  @Override
  public Record nextRecord() {
    if (!hasNext() || reader == null) {
      throw new NoSuchElementException("no record is left of " + name);
    }
    line = Math.incrementExact(line);
    RecordReader current = reader;
    List<Writable> values = guarded(() -> current.nextRecord().getRecord());
    return new org.datavec.api.records.impl.Record(
        values, new RecordMetaDataLine(line, location, readers.type()));
  }

  private <T> T guarded(Supplier<T> step) {
    try {
      return step.get();
    } catch (JobFault e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw unreadable(e);
    }
  }

  private JobFault unreadable(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    boolean missing = e instanceof LinkageError;
    return new JobFault(
            missing ? ExitCode.USAGE : ExitCode.DATA,
            "records that " + name + " can read",
            first.toString(),
            place(),
            missing
                ? "put what the reader needs on the class path; Arrow's needs Java started with"
                    + " --add-opens=java.base/java.nio=ALL-UNNAMED"
                : "check that the file is whole and of the kind that the reader reads")
        .because(e);
  }

  private String place() {
    String file = location == null ? name : Path.of(location).toString();
    return line == 0 ? file : file + ", record " + line;
  }

  /** The names that the reader gives; empty where it gives none. */
  @Override
  public List<String> getLabels() {
    return labels;
  }

  @Override
  public void reset() {
    start();
  }

  @Override
  public List<Writable> record(URI uri, DataInputStream stream) throws IOException {
    return readers.make().record(uri, stream);
  }

  @Override
  public Record loadFromMetaData(RecordMetaData metaData) {
    throw new UnsupportedOperationException("not every reader finds a record again: read anew");
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
    throw new UnsupportedOperationException("not every reader finds a record again: read anew");
  }

  @Override
  public void close() {
    RecordReader closing = reader;
    reader = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
