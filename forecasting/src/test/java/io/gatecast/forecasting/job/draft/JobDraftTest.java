package io.gatecast.forecasting.job.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drafts of small files, each odd in one way. */
final class JobDraftTest {
  private static final int ROWS = 400;
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  private final Path folder;

  JobDraftTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Header and rows; a row's cells after its time are two numbers. */
  private Path table(String header, char delimiter, IntFunction<String> time) {
    return write("data.csv", StandardCharsets.UTF_8, text(header, delimiter, time));
  }

  private static String text(String header, char delimiter, IntFunction<String> time) {
    return header.replace(',', delimiter)
        + "\n"
        + IntStream.range(0, ROWS)
            .mapToObj(row -> time.apply(row) + delimiter + wave(row) + delimiter + wave(row + 3))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String wave(int row) {
    return String.format(Locale.ROOT, "%.3f", 10 + 3 * Math.sin(row * 0.9) + row % 7 * 0.1);
  }

  private Path write(String name, Charset charset, String text) {
    try {
      return Files.write(folder.resolve(name), text.getBytes(charset));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> guesses(JobDraft draft) {
    return draft.guesses().stream().collect(Collectors.toMap(Guess::key, Guess::value));
  }

  /** Reads the draft's data as a job's. */
  private Dataset read(JobDraft draft) {
    return JobRunner.read(JobFile.parse(draft.jobFile(), "draft.yaml", folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd|",
        "dd.MM.yyyy|d.M.yyyy",
        "MM/dd/yyyy|M/d/yyyy",
        "dd/MM/yyyy|d/M/yyyy",
        "yyyyMMdd|yyyyMMdd",
        "yyyy/M/d H:mm|yyyy/M/d H:mm",
        "dd.MM.yyyy HH:mm|d.M.yyyy H:mm"
      })
  void datesOfAnyCommonForm(String written, String form) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(written, Locale.ROOT);
    Path file = table("date,x,y", ',', row -> format.format(FIRST.atStartOfDay().plusDays(row)));
    JobDraft draft = JobDraft.of(List.of(file), null);
    assertEquals(form, guesses(draft).get("source.time_format"));
    Dataset data = read(draft);
    assertEquals("1 day", data.axis().label());
    assertEquals("2020-01-01", data.axis().format(data.series().get(0).time(0)));
    assertEquals(ROWS, data.series().get(0).length());
    assertEquals("y", guesses(draft).get("target"));
    assertEquals("x", guesses(draft).get("inputs"));
  }

  @ParameterizedTest
  @CsvSource({"1, epoch-seconds", "1000, epoch-millis"})
  void numbersSinceTheEpoch(long unit, String form) {
    Path file = table("ts,x,y", ',', row -> String.valueOf((1_600_000_200L + row * 600L) * unit));
    JobDraft draft = JobDraft.of(List.of(file), null);
    assertEquals(form, guesses(draft).get("source.time_format"));
    assertEquals("PT10M", read(draft).axis().label());
    assertEquals("6", guesses(draft).get("horizon"));
  }

  @Test
  void partsInSeveralColumnsAndADateBesideATimeOfDay() {
    LocalDateTime first = FIRST.atStartOfDay();
    IntFunction<String> parts =
        row -> {
          LocalDateTime time = first.plusHours(row);
          return time.getYear()
              + ","
              + time.getMonthValue()
              + ","
              + time.getDayOfMonth()
              + ","
              + time.getHour();
        };
    JobDraft draft = JobDraft.of(List.of(table("year,month,day,hour,x,y", ',', parts)), null);
    assertEquals("year, month, day, hour", guesses(draft).get("source.time"));
    assertEquals("PT1H", read(draft).axis().label());
    JobDraft two =
        JobDraft.of(
            List.of(
                table(
                    "date,clock,x,y",
                    ',',
                    row ->
                        first.plusHours(row).toLocalDate()
                            + ","
                            + first.plusHours(row).toLocalTime())),
            null);
    assertEquals("date, clock", guesses(two).get("source.time"));
    assertEquals("PT1H", read(two).axis().label());
  }

  @Test
  void semicolonsLatin1CommentsAndGzip() throws IOException {
    String text = "# from a logger\n" + text("date,größe,y", ';', row -> "" + FIRST.plusDays(row));
    Path file = write("größe.csv", StandardCharsets.ISO_8859_1, text);
    JobDraft draft = JobDraft.of(List.of(file), null);
    Map<String, String> guesses = guesses(draft);
    assertEquals("latin-1", guesses.get("source.encoding"));
    assertEquals("#", guesses.get("source.comment"));
    assertEquals("größe", guesses.get("inputs"));
    assertEquals(ROWS, read(draft).report().accepted());

    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(
          text("date,x,y", '\t', r -> "" + FIRST.plusDays(r)).getBytes(StandardCharsets.UTF_8));
    }
    Path zipped = Files.write(folder.resolve("packed.csv.gz"), packed.toByteArray());
    JobDraft unpacked = JobDraft.of(List.of(zipped), folder);
    assertTrue(unpacked.jobFile().contains("csv: packed.csv.gz"), unpacked.jobFile());
    assertEquals(ROWS, read(unpacked).report().accepted());
  }

  @Test
  void aColumnAcrossWhichTimesRepeatNamesTheSeries() {
    String text =
        "kind,place,date,y\n"
            + IntStream.range(0, ROWS)
                .mapToObj(
                    row ->
                        (row % 4 == 0 ? "a" : "b")
                            + (row % 2 == 0 ? ",north," : ",south,")
                            + FIRST.plusDays(row / 2)
                            + ","
                            + wave(row))
                .collect(Collectors.joining("\n"));
    JobDraft draft = JobDraft.of(List.of(write("two.csv", StandardCharsets.UTF_8, text)), null);
    assertEquals("place", guesses(draft).get("source.series"));
    assertEquals(2, read(draft).series().size());
  }

  @Test
  void severalFilesAreASeriesEach() {
    Path one =
        write(
            "one.csv", StandardCharsets.UTF_8, text("date,x,y", ',', r -> "" + FIRST.plusDays(r)));
    Path two =
        write(
            "two.csv", StandardCharsets.UTF_8, text("date,x,y", ',', r -> "" + FIRST.plusDays(r)));
    JobDraft draft = JobDraft.of(List.of(one, two), folder);
    assertEquals("file", guesses(draft).get("source.series_of"));
    assertEquals(2, read(draft).series().size());
  }

  @Test
  void sentinelsMissingCellsAndWords() {
    StringBuilder text = new StringBuilder("date,gauge,holes,station,words,y\n");
    for (int row = 0; row < ROWS; row++) {
      text.append(FIRST.plusDays(row)).append(',');
      text.append(row == 100 ? "-9999" : wave(row)).append(',');
      text.append(row % 20 == 3 ? "NA" : wave(row + 1)).append(",only one,");
      text.append(row % 2 == 0 ? "wet" : "dry").append(',').append(wave(row + 2)).append('\n');
    }
    Path file = write("odd.csv", StandardCharsets.UTF_8, text.toString());
    JobDraft draft = JobDraft.of(List.of(file), null);
    Map<String, String> guesses = guesses(draft);
    assertEquals("missing: [-9999], required: false, fill: 6", guesses.get("columns.gauge"));
    assertEquals("required: false, fill: 6", guesses.get("columns.holes"));
    assertEquals("gauge, holes", guesses.get("inputs"));
    assertEquals("station", guesses.get("source.series"));
    Dataset data = read(draft);
    assertEquals("only one", data.series().get(0).name());
    assertTrue(Double.isNaN(data.series().get(0).value(1, 100)));
  }

  @Test
  void namesThatYamlWouldReadOtherwiseAreQuoted() {
    Path file = table("date,yes,\"a: #\\b\"", ',', row -> "" + FIRST.plusDays(row));
    JobDraft draft = JobDraft.of(List.of(file), null);
    assertEquals("a: #\\b", guesses(draft).get("target"));
    assertEquals(List.of("a: #\\b", "yes"), read(draft).series().get(0).columns());
  }

  @Test
  void twoRowsOfATimeThatDifferAreDropped() {
    Path file = table("date,x,y", ',', row -> "" + FIRST.plusDays(row == 8 ? 7 : row));
    JobDraft draft = JobDraft.of(List.of(file), null);
    assertEquals("conflict: drop", guesses(draft).get("contract"));
    assertEquals(1, read(draft).report().rejected());
  }

  @Test
  void whatCannotBeGuessedIsSaid() {
    Stream.of(
            "a,b\n1,2\n3,4\n",
            "date,name\n2020-01-01,x\n2020-01-02,y\n",
            "2020-01-01,5\n2020-01-02,6\n")
        .forEach(
            text -> {
              Path file = write("bad.csv", StandardCharsets.UTF_8, text);
              JobFault fault =
                  assertThrows(JobFault.class, () -> JobDraft.of(List.of(file), null), text);
              assertEquals(ExitCode.DATA, fault.exit(), text);
              assertFalse(fault.action().isEmpty());
            });
    JobFault none =
        assertThrows(JobFault.class, () -> JobDraft.of(List.of(folder.resolve("no.csv")), null));
    assertEquals(ExitCode.USAGE, none.exit());
  }
}
