package io.gatecast.forecasting.data.source;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.transform.TransformProcessRecordReader;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.transform.schema.SequenceSchema;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * DataVec's reader that runs a {@code TransformProcess}, with what M2.1's leaves out: it gives the
 * final schema's names and not those of the reader below, it hands the process values of its
 * initial schema's types, and it says in which row a process failed. Records keep the metadata of
 * the reader below. A row with more or fewer fields than the schema becomes one without fields, for
 * the contract to reject.
 */
final class TransformedRecordReader extends TransformProcessRecordReader {
  private static final long serialVersionUID = 1L;

  private final transient Path json;
  private final transient ColumnTypes types;

  private TransformedRecordReader(RecordReader reader, TransformProcess process, Path json) {
    super(reader, process);
    this.json = json;
    types = new ColumnTypes(process.getInitialSchema());
  }

  /**
   * Puts a process over a reader.
   *
   * @param reader initialised
   * @param json the process
   * @param whereKey tells where the job file has a key, for errors
   * @return a reader of what the process makes of the records
   * @throws JobFault if the file is none, or its process does not fit the reader's columns
   */
  static RecordReader over(RecordReader reader, Path json, UnaryOperator<String> whereKey) {
    TransformProcess process = read(json, whereKey.apply("source.transform_process"));
    Schema initial = process.getInitialSchema();
    List<String> labels = reader.getLabels();
    if (!labels.isEmpty() && !labels.equals(initial.getColumnNames())) {
      throw unfit(
          json,
          "an initial schema with the columns of the source: " + String.join(", ", labels),
          String.join(", ", initial.getColumnNames()),
          "name all columns of the source in its order; the process may remove some");
    }
    if (process.getFinalSchema() instanceof SequenceSchema) {
      throw unfit(
          json,
          "a process of single records",
          "one that makes sequences of them",
          "leave the steps out that need more than one record; series are made later");
    }
    return new TransformedRecordReader(reader, process, json);
  }

  private static TransformProcess read(Path json, String where) {
    try {
      return TransformProcess.fromJson(Files.readString(json));
    } catch (IOException e) {
      throw new JobFault(
              ExitCode.USAGE,
              "a readable DataVec TransformProcess at " + json,
              e.toString(),
              where,
              "check the path (relative paths start at the job file's folder) and its permissions")
          .because(e);
    } catch (RuntimeException e) {
      throw unfit(
              json,
              "a DataVec TransformProcess as JSON",
              firstLine(e),
              "write it with TransformProcess.toJson() of DataVec 1.0.0-M2.1")
          .because(e);
    }
  }

  private static String firstLine(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }

  private static JobFault unfit(Path json, String expected, String found, String action) {
    return new JobFault(ExitCode.USAGE, expected, found, json.toString(), action);
  }

  @Override
  public boolean hasNext() {
    while (next == null && recordReader.hasNext()) {
      next = transformed(recordReader.nextRecord());
    }
    return next != null;
  }

  /** The record as the process leaves it; null where a filter removes it. */
  private @Nullable Record transformed(Record record) {
    List<Writable> values = record.getRecord();
    List<Writable> made = List.of();
    if (values.size() == types.count()) {
      try {
        made = transformProcess.execute(types.typed(values));
      } catch (RuntimeException e) {
        throw new JobFault(
                ExitCode.DATA,
                "a row that the process in " + json + " can transform",
                String.valueOf(e.getMessage()),
                place(record.getMetaData()),
                "mend the row, or put a FilterInvalidValues first: it removes rows with cells that"
                    + " are not of their column's type")
            .because(e);
      }
    }
    return made == null
        ? null
        : new org.datavec.api.records.impl.Record(made, record.getMetaData());
  }

  private static String place(RecordMetaData metaData) {
    URI location = metaData.getURI();
    String file =
        location == null
            ? metaData.getReaderClass().getName()
            : "file".equals(location.getScheme())
                ? Path.of(location).toString()
                : location.toString();
    return metaData instanceof RecordMetaDataLine line
        ? file + ", line " + line.getLineNumber()
        : file;
  }

  /** The names of the final schema. */
  @Override
  public List<String> getLabels() {
    return transformProcess.getFinalSchema().getColumnNames();
  }

  @Override
  public Record loadFromMetaData(RecordMetaData metaData) throws IOException {
    return loadFromMetaData(List.of(metaData)).get(0);
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) throws IOException {
    List<Record> found = new ArrayList<>();
    for (Record record : recordReader.loadFromMetaData(metaData)) {
      Record made = transformed(record);
      if (made == null) {
        throw new IllegalArgumentException(
            "metaData: expected a record that the process keeps, found one that it filters");
      }
      found.add(made);
    }
    return found;
  }
}
