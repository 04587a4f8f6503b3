package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.RecordReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that CSV is read in its forms: encodings, gzip, comments, quotes and several files. */
class CsvSourcesTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private CsvSpec spec(String name, String text, Charset encoding) {
    return CsvSpec.of(Fixtures.bytes(folder, name, text.getBytes(encoding)));
  }

  private CsvSpec all() {
    return CsvSpec.of(List.of(folder + "/*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latin-1", "Latin1", "LATIN_1", "ISO-8859-1", "windows-1252", "UTF-16"})
  void readsOtherEncodings(String name) {
    Charset encoding = Sources.encoding(name, key -> key);
    CsvSpec spec = spec("a.csv", "date,°C\n2020-01-01,Zürich\n", encoding).withEncoding(encoding);
    assertEquals(List.of("date", "°C"), Reading.labels(spec));
    assertEquals(List.of(List.of("2020-01-01", "Zürich")), Reading.texts(spec));
  }

  @Test
  void windows1252IsNotLatin1() {
    CsvSpec spec = spec("a.csv", "price €,y\n1,“2”\n", WINDOWS).withEncoding(WINDOWS);
    assertEquals(List.of("price €", "y"), Reading.labels(spec));
    assertEquals(List.of(List.of("1", "“2”")), Reading.texts(spec));
    JobFault fault = Reading.fault(ExitCode.DATA, spec.withEncoding(StandardCharsets.ISO_8859_1));
    assertEquals("control characters in its first line", fault.found());
    byte[] undefined = {'a', '\n', (byte) 0x81, '\n'};
    JobFault none =
        Reading.fault(
            ExitCode.DATA,
            CsvSpec.of(Fixtures.bytes(folder, "b.csv", undefined)).withEncoding(WINDOWS));
    assertEquals("bytes that are no windows-1252", none.found());
  }

  @Test
  void anUnknownEncodingIsAFault() {
    for (String name : new String[] {"utf8mb4", "no encoding!", ""}) {
      JobFault fault =
          Fixtures.fault(ExitCode.USAGE, () -> Sources.encoding(name, key -> "job:" + key));
      assertEquals("job:source.encoding", fault.where());
    }
  }

  @Test
  void bytesOfAnotherEncodingNameTheFileAndTheKey() {
    JobFault fault =
        Reading.fault(
            ExitCode.DATA,
            spec("a.csv", "date,y\n2020-01-01,Zürich\n", StandardCharsets.ISO_8859_1));
    assertEquals("bytes that are no UTF-8", fault.found());
    assertEquals(folder.resolve("a.csv").toString(), fault.where());
    assertTrue(fault.action().contains("source.encoding"), fault::getMessage);
  }

  @Test
  void aByteOrderMarkTellsTheEncodingWhateverTheJobSays() {
    String text = "\uFEFFdate,y\n2020-01-01,Zürich\n";
    for (Charset encoding :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (Charset said : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
        CsvSpec spec = spec("a.csv", text, encoding).withEncoding(said);
        assertEquals(List.of("date", "y"), Reading.labels(spec));
        assertEquals(List.of(List.of("2020-01-01", "Zürich")), Reading.texts(spec));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv.gz", "a.csv"})
  void unpacksGzipWhateverItsName(String name) {
    byte[] text = "\uFEFFdate,y\n2020-01-01,1\n".getBytes(StandardCharsets.UTF_8);
    CsvSpec spec = CsvSpec.of(Fixtures.bytes(folder, name, Reading.gzip(text)));
    assertEquals(List.of("date", "y"), Reading.labels(spec));
    assertEquals(List.of(List.of("2020-01-01", "1")), Reading.texts(spec));
  }

  @Test
  void unpacksGzipOfSeveralMembers() throws IOException {
    byte[] first = Reading.gzip("date,y\n2020-01-01,1\n".getBytes(StandardCharsets.UTF_8));
    byte[] second = Reading.gzip("2020-01-02,2\n".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    CsvSpec spec = CsvSpec.of(Fixtures.bytes(folder, "a.csv.gz", both));
    assertEquals(2, Reading.records(spec).size());
  }

  @Test
  void gzipThatIsCutOrDamagedIsAFaultWhereverItHappens() {
    StringBuilder text = new StringBuilder("date,y\n");
    Random random = new Random(1);
    for (int row = 0; row < 20_000; row++) {
      text.append("2020-01-01,").append(random.nextInt()).append('\n');
    }
    byte[] packed = Reading.gzip(text.toString().getBytes(StandardCharsets.UTF_8));
    for (int length : new int[] {2, 5, 30, packed.length / 2, packed.length - 1}) {
      CsvSpec cut = CsvSpec.of(Fixtures.bytes(folder, "cut.gz", Arrays.copyOf(packed, length)));
      JobFault fault = Reading.fault(ExitCode.DATA, cut);
      assertEquals("one that ends too early", fault.found());
      assertEquals(folder.resolve("cut.gz").toString(), fault.where());
    }
    packed[packed.length - 6]++; // its checksum
    JobFault fault =
        Reading.fault(ExitCode.DATA, CsvSpec.of(Fixtures.bytes(folder, "bad.gz", packed)));
    assertTrue(fault.found().startsWith("a damaged one"), fault::getMessage);
  }

  @Test
  void leavesCommentsOutAndCountsTheirLines() {
    CsvSpec spec =
        spec(
                "a.csv",
                "# measured by hand\n#\ndate,y\n2020-01-01,1\n# \"moved\n2020-01-02,#2\n",
                StandardCharsets.UTF_8)
            .withComment('#');
    assertEquals(List.of("date", "y"), Reading.labels(spec));
    assertEquals(
        List.of(List.of("2020-01-01", "1"), List.of("2020-01-02", "#2")), Reading.texts(spec));
    assertEquals(List.of("a.csv:4", "a.csv:6"), Reading.places(Reading.records(spec)));
  }

  @Test
  void readsOtherQuotesWithLineBreaksInside() {
    CsvSpec spec =
        spec("a.csv", "d;note\n1;'it''s\ntwo; lines'\n2;\"\n", StandardCharsets.UTF_8)
            .withDelimiter(';')
            .withQuote('\'');
    assertEquals(
        List.of(List.of("1", "it's\ntwo; lines"), List.of("2", "\"")), Reading.texts(spec));
    assertEquals(List.of("a.csv:2", "a.csv:4"), Reading.places(Reading.records(spec)));
  }

  @Test
  void readsFilesOneAfterTheOtherInTheOrderOfTheirNames() {
    Fixtures.file(folder, "b.csv", "date,y", "2020-01-03,3");
    Fixtures.file(folder, "a.csv", "date,y", "2020-01-01,1", "", "2020-01-02,2");
    Fixtures.bytes(
        folder, "c.csv", Reading.gzip("\uFEFFdate,y\r\n4,4".getBytes(StandardCharsets.UTF_8)));
    List<Record> records = Reading.records(all());
    assertEquals(List.of("a.csv:2", "a.csv:4", "b.csv:2", "c.csv:2"), Reading.places(records));
    assertEquals("4", records.get(3).getRecord().get(1).toString());
  }

  @Test
  void mapsColumnsOfAnotherOrderByName() throws IOException {
    Fixtures.file(folder, "a.csv", "date,y,x", "1,2,3");
    Fixtures.file(folder, "b.csv", "x,date,y", "6,4,5", "short", "9,7,8");
    Fixtures.file(folder, "c.csv", "date,y,x", "10,11,12");
    try (RecordReader reader = Reading.open(all())) {
      assertEquals(List.of("date", "y", "x"), reader.getLabels());
      List<Record> records = Reading.records(reader);
      List<String> read = records.stream().map(one -> one.getRecord().toString()).toList();
      assertEquals(List.of("[1, 2, 3]", "[4, 5, 6]", "[short]", "[7, 8, 9]", "[10, 11, 12]"), read);
      reader.reset();
      assertEquals(5, Reading.records(reader).size(), "after a reset");
      Collections.reverse(records);
      List<RecordMetaData> places = records.stream().map(Record::getMetaData).toList();
      List<Record> loaded = reader.loadFromMetaData(places);
      for (int i = 0; i < loaded.size(); i++) {
        assertEquals(records.get(i).getRecord(), loaded.get(i).getRecord());
      }
    }
  }

  @Test
  void aMissingAnotherOrADoubleColumnNamesFileAndColumn() {
    Fixtures.file(folder, "a.csv", "date,y", "1,2");
    Path second = Fixtures.file(folder, "b.csv", "date,Y", "1,2");
    JobFault missing = Reading.fault(ExitCode.DATA, all());
    assertTrue(missing.found().contains("no column \"y\""), missing::getMessage);
    assertEquals(second.toString(), missing.where());
    Fixtures.file(folder, "b.csv", "date,y,z", "1,2,3");
    assertEquals("another column \"z\"", Reading.fault(ExitCode.DATA, all()).found());
    Fixtures.file(folder, "b.csv", "y,date,y", "1,2,3");
    assertEquals("a column's name twice", Reading.fault(ExitCode.DATA, all()).found());
  }

  @Test
  void anEmptyFileAmongOthersIsAFault() {
    Fixtures.file(folder, "a.csv", "date,y", "1,2");
    Path second = Fixtures.file(folder, "b.csv", "");
    JobFault fault = Reading.fault(ExitCode.DATA, all());
    assertEquals("an empty file", fault.found());
    assertEquals(second.toString(), fault.where());
    Fixtures.file(folder, "b.csv", "date,y");
    assertEquals("a header only", Reading.fault(ExitCode.DATA, all()).found());
  }

  @Test
  void aFileThatVanishesWhileOthersAreReadIsAFault() throws IOException {
    Fixtures.file(folder, "a.csv", "date,y", "1,2");
    Path second = Fixtures.file(folder, "b.csv", "date,y", "3,4");
    try (RecordReader reader = Reading.open(all())) {
      reader.next();
      assertTrue(second.toFile().delete());
      JobFault fault = Fixtures.fault(ExitCode.DATA, reader::hasNext);
      assertEquals(second.toString(), fault.where());
    }
  }

  @Test
  void holdsNoMoreThanItsBuffersOfABigFile() throws IOException {
    // 52 MB unpacked: all of it in memory would be seen.
    StringBuilder text = new StringBuilder("date,y\n");
    for (int row = 0; row < 4_000_000; row++) {
      text.append("2020-01-01,1\n");
    }
    byte[] packed = Reading.gzip(text.toString().getBytes(StandardCharsets.US_ASCII));
    CsvSpec spec = CsvSpec.of(Fixtures.bytes(folder, "big.gz", packed));
    text.setLength(0);
    text.trimToSize();
    try (RecordReader reader = Reading.open(spec)) {
      long before = used();
      int rows = 0;
      long most = 0;
      while (reader.hasNext()) {
        reader.nextRecord();
        if (++rows % 1_000_000 == 0) {
          most = Math.max(most, used());
        }
      }
      assertEquals(4_000_000, rows);
      assertTrue(most - before < 8L << 20, (most - before) + " bytes more");
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aSpecificationChecksItself() {
    CsvSpec good = CsvSpec.of(folder.resolve("a.csv"));
    assertThrows(IllegalArgumentException.class, () -> good.withDelimiter('"'));
    assertThrows(IllegalArgumentException.class, () -> good.withComment(','));
    assertThrows(IllegalArgumentException.class, () -> good.withQuote('\n'));
    assertThrows(IllegalArgumentException.class, () -> CsvSpec.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> CsvSpec.of(List.of("data/*.csv")));
    assertEquals(folder + "/a.csv", good.description());
  }
}
