package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.datavec.api.records.Record;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.records.reader.impl.collection.CollectionRecordReader;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.records.reader.impl.misc.SVMLightRecordReader;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.filter.FilterInvalidValues;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.datavec.arrow.ArrowConverter;
import org.datavec.arrow.recordreader.ArrowRecordReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that DataVec's own readers are a way in by their class's name, Arrow's among them. */
class DataVecSourcesTest {
  private static final Schema SCHEMA =
      new Schema.Builder().addColumnString("day").addColumnDouble("y").addColumnLong("n").build();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path process(String name, TransformProcess.Builder builder) {
    return Fixtures.file(folder, name, builder.build().toJson());
  }

  private DataVecSpec spec(Class<?> reader, String files) {
    return new DataVecSpec(reader.getName(), List.of(folder + "/" + files), Optional.empty());
  }

  private void arrow(String name, int first, int rows) throws IOException {
    List<List<Writable>> records = new java.util.ArrayList<>();
    for (int row = first; row < first + rows; row++) {
      records.add(
          List.of(new Text("day " + row), new DoubleWritable(row + 0.5), new LongWritable(row)));
    }
    try (OutputStream file = Files.newOutputStream(folder.resolve(name))) {
      ArrowConverter.writeRecordBatchTo(records, SCHEMA, file);
    }
  }

  @Test
  void readsArrowFilesAgainAndAgain() throws IOException {
    arrow("a.arrow", 0, 3);
    arrow("b.arrow", 3, 2);
    DataVecSpec spec =
        spec(ArrowRecordReader.class, "*.arrow")
            .withTransformProcess(
                process("p.json", new TransformProcess.Builder(SCHEMA).renameColumn("y", "z")));
    assertEquals(2, Sources.files(spec, key -> key).size());
    try (RecordReader reader = Reading.open(spec)) {
      assertEquals(List.of("day", "z", "n"), reader.getLabels());
      List<Record> records = Reading.records(reader);
      assertEquals(
          List.of("a.arrow:1", "a.arrow:2", "a.arrow:3", "b.arrow:1", "b.arrow:2"),
          Reading.places(records));
      for (int row = 0; row < records.size(); row++) {
        assertEquals(
            List.<Writable>of(
                new Text("day " + row), new DoubleWritable(row + 0.5), new LongWritable(row)),
            records.get(row).getRecord());
      }
      reader.reset();
      reader.next();
      reader.reset();
      assertEquals(5, Reading.records(reader).size(), "from the middle");
    }
  }

  @Test
  void aFileThatIsNoArrowIsAFaultAndNotTheOneBeforeAgain() throws IOException {
    arrow("a.arrow", 0, 3);
    Path second = Fixtures.file(folder, "b.arrow", "no arrow");
    DataVecSpec spec =
        spec(ArrowRecordReader.class, "*.arrow")
            .withTransformProcess(
                process("p.json", new TransformProcess.Builder(SCHEMA).removeColumns("n")));
    JobFault fault = Reading.fault(ExitCode.DATA, spec);
    assertTrue(fault.where().startsWith(second.toString()), fault::getMessage);
  }

  @Test
  void aReaderWithoutNamesNeedsAProcessThatHasThem() throws IOException {
    arrow("a.arrow", 0, 1);
    JobFault fault = Reading.fault(ExitCode.USAGE, spec(ArrowRecordReader.class, "a.arrow"));
    assertEquals("job:source.reader", fault.where());
    assertTrue(fault.action().contains("source.transform_process"), fault::getMessage);
  }

  @Test
  void readsCsvThroughDatavecsReaderWhoseHeaderAFilterRemoves() {
    Fixtures.file(folder, "a.csv", "day,y,n", "2020-01-01,1,2", "2020-01-02,3,4");
    DataVecSpec spec =
        spec(CSVRecordReader.class, "a.csv")
            .withTransformProcess(
                process(
                    "p.json",
                    new TransformProcess.Builder(SCHEMA).filter(new FilterInvalidValues("y"))));
    assertEquals(
        List.of(List.of("2020-01-01", "1.0", "2"), List.of("2020-01-02", "3.0", "4")),
        Reading.texts(spec));
    assertEquals(List.of("a.csv:2", "a.csv:3"), Reading.places(Reading.records(spec)));
  }

  /** A reader that needs no file and names its column. */
  public static class Counting extends CollectionRecordReader {
    private static final long serialVersionUID = 1L;

    /** Three records. */
    public Counting() {
      super(
          List.of(
              List.of(new LongWritable(1)),
              List.of(new LongWritable(2)),
              List.of(new LongWritable(3))));
    }

    @Override
    public List<String> getLabels() {
      return List.of("n");
    }
  }

  /** One whose constructor fails. */
  public static class Failing extends Counting {
    private static final long serialVersionUID = 1L;

    /** Throws. */
    public Failing() {
      throw new IllegalStateException("no such luck");
    }
  }

  @Test
  void aReaderOfOnesOwnMayNeedNoFile() {
    DataVecSpec spec = new DataVecSpec(Counting.class.getName(), List.of(), Optional.empty());
    assertEquals(List.of("n"), Reading.labels(spec));
    assertEquals(List.of(List.of("1"), List.of("2"), List.of("3")), Reading.texts(spec));
    assertEquals(List.of(), Sources.files(spec, key -> key));
    assertEquals(Counting.class.getName(), spec.description());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        RecordReader.class,
        BaseRecordReader.class,
        CollectionRecordReader.class,
        Failing.class,
      })
  void aClassThatCannotBeUsedIsAFault(Class<?> type) {
    JobFault fault =
        Reading.fault(ExitCode.USAGE, new DataVecSpec(type.getName(), List.of(), Optional.empty()));
    assertEquals("job:source.reader", fault.where());
    assertTrue(fault.expected().endsWith(type.getName()), fault::getMessage);
  }

  @Test
  void aClassThatIsNotThereIsAFault() {
    JobFault fault =
        Reading.fault(
            ExitCode.USAGE, new DataVecSpec("no.such.Reader", List.of(), Optional.empty()));
    assertTrue(fault.found().startsWith("no class"), fault::getMessage);
  }

  @Test
  void aReaderThatNeedsMoreThanFilesIsAFault() {
    Fixtures.file(folder, "a.svm", "1 1:2");
    DataVecSpec spec =
        spec(SVMLightRecordReader.class, "a.svm")
            .withTransformProcess(
                process("p.json", new TransformProcess.Builder(SCHEMA).removeColumns("n")));
    JobFault fault = Reading.fault(ExitCode.DATA, spec);
    assertTrue(fault.where().startsWith(folder.resolve("a.svm").toString()), fault::getMessage);
  }

  @Test
  void filesThatAreNotThereNameTheirKey() {
    JobFault fault = Reading.fault(ExitCode.DATA, spec(CSVRecordReader.class, "*.csv"));
    assertEquals("job:source.files", fault.where());
  }

  @Test
  void aSpecificationChecksItself() {
    List<String> files = List.of("relative.csv");
    assertThrows(
        IllegalArgumentException.class, () -> new DataVecSpec("x", files, Optional.empty()));
    assertThrows(
        IllegalArgumentException.class, () -> new DataVecSpec(" ", List.of(), Optional.empty()));
  }
}
