package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.Writable;

/** Reads sources to their end, as the tests of this package do. */
final class Reading {
  private Reading() {}

  /** The source; a key of the job file is where {@code job:<key>} says. */
  static RecordReader open(SourceSpec spec) {
    return Sources.open(spec, key -> "job:" + key);
  }

  /** All records as text. */
  static List<List<String>> texts(SourceSpec spec) {
    return values(spec).stream()
        .map(record -> record.stream().map(Writable::toString).toList())
        .toList();
  }

  /** All records. */
  static List<List<Writable>> values(SourceSpec spec) {
    return records(spec).stream().map(Record::getRecord).toList();
  }

  /** All records with where they were. */
  static List<Record> records(SourceSpec spec) {
    try (RecordReader reader = open(spec)) {
      return records(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is left of a reader. */
  static List<Record> records(RecordReader reader) {
    List<Record> records = new ArrayList<>();
    while (reader.hasNext()) {
      records.add(reader.nextRecord());
    }
    return records;
  }

  /** The columns' names. */
  static List<String> labels(SourceSpec spec) {
    try (RecordReader reader = open(spec)) {
      return reader.getLabels();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code file:line} of every record. */
  static List<String> places(List<Record> records) {
    return records.stream()
        .map(record -> assertInstanceOf(RecordMetaDataLine.class, record.getMetaData()))
        .map(at -> at.getURI().toString().replaceFirst(".*/", "") + ":" + at.getLineNumber())
        .toList();
  }

  /** The fault that reading the source to its end must meet. */
  static JobFault fault(ExitCode exit, SourceSpec spec) {
    return Fixtures.fault(exit, () -> records(spec));
  }

  /** Bytes as gzip packs them. */
  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
