package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that the CSV reader is a DataVec reader that keeps lines and refuses what is no text. */
class CsvRecordReaderTest {
  private static final String QUOTED =
      """
      date,note,y
      2020-01-01,"two
      lines",1
      2020-01-02,"a ""quote"", and a comma",2


      2020-01-03,,3
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private CsvRecordReader open(String text) throws IOException {
    return open(text.getBytes(StandardCharsets.UTF_8));
  }

  private CsvRecordReader open(byte[] bytes) throws IOException {
    return open(Fixtures.bytes(folder, "data.csv", bytes), ',');
  }

  private static CsvRecordReader open(Path file, char delimiter) throws IOException {
    CsvRecordReader reader = new CsvRecordReader(delimiter);
    reader.initialize(new Configuration(), new FileSplit(file.toFile()));
    return reader;
  }

  private static List<String> texts(List<Writable> record) {
    return record.stream().map(Writable::toString).toList();
  }

  private static List<List<String>> all(CsvRecordReader reader) {
    List<List<String>> rows = new ArrayList<>();
    while (reader.hasNext()) {
      rows.add(texts(reader.next()));
    }
    return rows;
  }

  private static int line(Record record) {
    return assertInstanceOf(RecordMetaDataLine.class, record.getMetaData()).getLineNumber();
  }

  @Test
  void namesColumnsByTheHeaderAndGivesTheRestAsText() throws IOException {
    try (CsvRecordReader reader = open(QUOTED)) {
      assertEquals(List.of("date", "note", "y"), reader.getLabels());
      assertEquals(
          List.of(
              List.of("2020-01-01", "two\nlines", "1"),
              List.of("2020-01-02", "a \"quote\", and a comma", "2"),
              List.of("2020-01-03", "", "3")),
          all(reader));
    }
  }

  @Test
  void keepsLineNumbersOverLineBreaksInQuotesAndOverEmptyLines() throws IOException {
    try (CsvRecordReader reader = open(QUOTED)) {
      List<Integer> lines = new ArrayList<>();
      while (reader.hasNext()) {
        lines.add(line(reader.nextRecord()));
      }
      assertEquals(List.of(2, 4, 7), lines);
    }
  }

  @Test
  void startsAgainAfterAReset() throws IOException {
    try (CsvRecordReader reader = open(QUOTED)) {
      assertTrue(reader.resetSupported());
      List<List<String>> first = all(reader);
      reader.reset();
      assertEquals(first, all(reader));
      reader.reset();
      reader.next();
      reader.reset();
      assertEquals(first, all(reader), "also from the middle");
    }
  }

  @Test
  void saysThatNothingIsLeft() throws IOException {
    try (CsvRecordReader reader = open("a\n1\n")) {
      reader.next();
      assertFalse(reader.hasNext());
      assertThrows(NoSuchElementException.class, reader::next);
      assertThrows(NoSuchElementException.class, reader::nextRecord);
    }
  }

  @Test
  void loadsRecordsAgainFromTheirMetaDataInAnyOrder() throws IOException {
    try (CsvRecordReader reader = open(QUOTED)) {
      List<Record> records = new ArrayList<>();
      while (reader.hasNext()) {
        records.add(reader.nextRecord());
      }
      Collections.reverse(records);
      List<RecordMetaData> wanted = records.stream().map(Record::getMetaData).toList();
      List<Record> loaded = reader.loadFromMetaData(wanted);
      for (int i = 0; i < records.size(); i++) {
        assertEquals(records.get(i).getRecord(), loaded.get(i).getRecord());
        assertEquals(line(records.get(i)), line(loaded.get(i)));
      }
      assertEquals(records.get(0).getRecord(), reader.loadFromMetaData(wanted.get(0)).getRecord());
    }
  }

  @Test
  void needsAFile() throws IOException {
    try (CsvRecordReader reader = new CsvRecordReader(',')) {
      CollectionInputSplit none = new CollectionInputSplit(List.of());
      assertThrows(IllegalArgumentException.class, () -> reader.initialize(none));
      assertThrows(IllegalStateException.class, reader::reset);
    }
  }

  @Test
  void takesAByteOrderMarkForWhatItIs() throws IOException {
    try (CsvRecordReader reader = open("\uFEFFdate,y\n2020-01-01,1\n")) {
      assertEquals(List.of("date", "y"), reader.getLabels());
      assertEquals(List.of(List.of("2020-01-01", "1")), all(reader));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEveryLineEnd(String end) throws IOException {
    try (CsvRecordReader reader = open(String.join(end, "a,b", "1,\"x\"", "2,y"))) {
      assertEquals(List.of("a", "b"), reader.getLabels());
      assertEquals(List.of(List.of("1", "x"), List.of("2", "y")), all(reader));
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {';', '\t', '|'})
  void splitsAtItsDelimiterAlone(char delimiter) throws IOException {
    Path file = Fixtures.file(folder, "d.csv", "a" + delimiter + "b", "1,5" + delimiter + "2");
    try (CsvRecordReader reader = open(file, delimiter)) {
      assertEquals(List.of("a", "b"), reader.getLabels());
      assertEquals(List.of(List.of("1,5", "2")), all(reader));
    }
  }

  @Test
  void readsAFileWhoseNameNeedsEscaping() throws IOException {
    try (CsvRecordReader reader =
        open(Fixtures.file(folder, "a b#c%20 Zürich.csv", "a", "1"), ',')) {
      assertEquals(List.of(List.of("1")), all(reader));
    }
  }

  @Test
  void refusesAFileWithoutRows() {
    for (String text : new String[] {"", "\n\n\n", "\uFEFF"}) {
      JobFault fault = Fixtures.fault(ExitCode.DATA, () -> open(text));
      assertEquals("an empty file", fault.found());
      assertTrue(fault.where().endsWith("data.csv"), fault::getMessage);
    }
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> open("date,y\n"));
    assertEquals("a header only", fault.found());
  }

  @Test
  void namesUtf8WhereBytesAreLatin1InHeaderOrFarBelow() {
    StringBuilder far = new StringBuilder("date,town\n");
    for (int row = 0; row < 20_000; row++) {
      far.append("2020-01-01,Bern\n");
    }
    for (String text :
        new String[] {"date,Z\u00fcrich\n2020-01-01,1\n", far + "2020-01-01,Z\u00fcrich\n"}) {
      JobFault fault =
          Fixtures.fault(
              ExitCode.DATA, () -> all(open(text.getBytes(StandardCharsets.ISO_8859_1))));
      assertTrue(fault.expected().contains("UTF-8"), fault::getMessage);
      assertTrue(fault.where().endsWith("data.csv"), fault::getMessage);
    }
  }

  @Test
  void refusesBinaryFiles() throws IOException {
    byte[] classFile;
    try (var stream = CsvRecordReader.class.getResourceAsStream("CsvRecordReader.class")) {
      classFile = Objects.requireNonNull(stream).readAllBytes();
    }
    byte[] nuls = new byte[64];
    byte[] utf16 = QUOTED.getBytes(StandardCharsets.UTF_16LE);
    for (byte[] bytes : List.of(classFile, nuls, utf16)) {
      JobFault fault = Fixtures.fault(ExitCode.DATA, () -> all(open(bytes)));
      assertTrue(fault.expected().contains("UTF-8"), fault::getMessage);
    }
  }

  @Test
  void refusesAQuoteThatIsNeverClosed() {
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> all(open("a,b\n1,\"x\n2,y\n3,z\n")));
    assertTrue(fault.action().contains("quote"), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"goog_daily_ohlcv.csv", "weather.csv"})
  void readsWhatDataVecsOwnReaderReads(String name) throws IOException, InterruptedException {
    Path file = Path.of("..", "examples", "data", name);
    try (CSVRecordReader theirs = new CSVRecordReader(0, ',');
        CsvRecordReader ours = open(file, ',')) {
      theirs.initialize(new FileSplit(file.toFile()));
      assertEquals(texts(theirs.next()), ours.getLabels());
      int rows = 0;
      while (theirs.hasNext()) {
        Record expected = theirs.nextRecord();
        Record found = ours.nextRecord();
        assertEquals(texts(expected.getRecord()), texts(found.getRecord()));
        // DataVec counts lines from 0, this project from 1.
        assertEquals(line(expected) + 1, line(found));
        rows++;
      }
      assertTrue(rows > 1000);
      assertFalse(ours.hasNext());
    }
  }
}
