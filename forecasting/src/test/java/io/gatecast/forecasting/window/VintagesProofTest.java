package io.gatecast.forecasting.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a source which tells when values became known is believed: a forecast's origin sees
 * what was known at its time, be a value late, restated, or restated beyond the split.
 */
class VintagesProofTest {
  private static final int DAYS = 90;
  private static final int LOOKBACK = 4;
  private static final int HORIZON = 2;
  private static final LocalDate FIRST = LocalDate.of(2022, 3, 1);
  private static final Split SPLIT = new Split(day(60), day(75));

  /** One version of a day: when it became known, and its values. */
  private record Version(int day, int known, double y, double x) {}

  private static long day(int day) {
    return FIRST.plusDays(day).toEpochDay();
  }

  private static List<Version> onTime(long seed) {
    double[] y = Fixtures.walk(seed, DAYS);
    double[] x = Fixtures.walk(~seed, DAYS);
    return IntStream.range(0, DAYS).mapToObj(t -> new Version(t, t, y[t], x[t])).toList();
  }

  /** Some days restated once or twice, some known late, the last of them long after the split. */
  private static List<Version> revised(long seed) {
    Random random = new Random(seed);
    List<Version> versions = new ArrayList<>();
    for (Version first : onTime(seed)) {
      boolean late = random.nextInt(12) == 0;
      int known = first.day() + (late ? 1 + random.nextInt(3) : 0);
      versions.add(new Version(first.day(), known, first.y(), first.x()));
      for (int again = random.nextInt(4) - 1; again > 0; again--) {
        known += 1 + random.nextInt(30);
        double y = first.y() * (1 + 0.1 * random.nextDouble());
        versions.add(new Version(first.day(), known, y, first.x() + random.nextInt(2)));
      }
    }
    return versions;
  }

  private static JobSpec job(Path folder, String source, String settings) {
    String text =
        "job: vintages\nsource: {csv: v.csv, time: date"
            + source
            + "}\ntarget: y\ninputs: [x]\nhorizon: "
            + HORIZON
            + "\nnetwork: {lookback: "
            + LOOKBACK
            + "}\n"
            + settings;
    return JobFile.parse(text, "v.yaml", folder);
  }

  private static JobSpec job(Path folder, String settings) {
    return job(folder, ", known_at: known", settings);
  }

  private static Dataset read(JobSpec job, Path folder, List<Version> versions) {
    String rows =
        versions.stream()
            .map(
                v ->
                    String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%s%n",
                        FIRST.plusDays(v.day()),
                        v.y(),
                        Double.isNaN(v.x()) ? "" : String.valueOf(v.x()),
                        FIRST.plusDays(v.known())))
            .collect(Collectors.joining());
    return read(job, folder, "date,y,x,known\n" + rows);
  }

  private static Dataset read(JobSpec job, Path folder, String csv) {
    Fixtures.bytes(folder, "v.csv", csv.getBytes(StandardCharsets.UTF_8));
    return Contract.read(job.data());
  }

  private static Evidence evidence(JobSpec job, Dataset data) {
    FeatureSpec spec = job.features(data.axis());
    return new Evidence(
        data.series(),
        FittedFeatures.fit(data, spec, HORIZON, SPLIT.trainEnd()),
        spec.calendar(),
        SPLIT,
        LOOKBACK,
        HORIZON);
  }

  static Stream<String> settings() {
    return Stream.of(
        "transform: level\nwindow: subtract-last",
        "transform: level\nwindow: subtract-last-from-all",
        "transform: log-return",
        "transform: [log, difference, robust]",
        "transform: [seasonal-difference(7), min-max]",
        "transform: level\ncontract: {gaps: repair}",
        "transform: log\ncolumns: {x: {required: false, fill: 3}}");
  }

  @ParameterizedTest
  @MethodSource("settings")
  void nothingKnownAfterAnOriginChangesABitOfIt(String settings, @TempDir Path folder) {
    JobSpec job = job(folder, settings);
    for (long seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      List<Version> versions = revised(seed);
      int cutoff = 60 + random.nextInt(28);
      List<Version> changed = new ArrayList<>();
      for (Version v : versions) {
        boolean seen = v.known() <= cutoff;
        double y = seen ? v.y() : v.y() * (0.5 + random.nextDouble());
        changed.add(new Version(v.day(), v.known(), y, seen ? v.x() : v.x() + 7));
        if (seen && random.nextInt(3) == 0) {
          changed.add(new Version(v.day(), cutoff + 1 + random.nextInt(9), 3 * v.y(), 1));
        }
      }
      Evidence before = evidence(job, read(job, folder, versions));
      Evidence after = evidence(job, read(job, folder, distinct(changed)));
      assertTrue(before.until(day(cutoff)) > 300, "pieces compared: " + before.until(day(cutoff)));
      assertEquals(List.of(), training(before.leaks(after, day(cutoff)), cutoff));
    }
  }

  /** Truth that measures validation is known at its end; what is learned from, at the train end. */
  private static List<String> training(List<String> leaks, int cutoff) {
    boolean measured = cutoff >= 75;
    return leaks.stream()
        .filter(leak -> !leak.contains("TEST window"))
        .filter(leak -> measured || !leak.contains("VALIDATION window"))
        .toList();
  }

  /** One row for each day and time at which it became known. */
  private static List<Version> distinct(List<Version> versions) {
    Map<List<Integer>, Version> each =
        versions.stream()
            .collect(Collectors.toMap(v -> List.of(v.day(), v.known()), v -> v, (a, b) -> a));
    return each.values().stream()
        .sorted(
            (a, b) ->
                a.day() != b.day()
                    ? Integer.compare(a.day(), b.day())
                    : Integer.compare(a.known(), b.known()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anOriginSeesWhatASourceWouldHaveSaidThatDay(String settings, @TempDir Path folder) {
    List<Version> versions = revised(11);
    JobSpec job = job(folder, settings);
    JobSpec plain = job(folder, "", settings);
    Dataset all = read(job, folder, versions);
    TimeSeries series = all.series().get(0);
    FeatureSpec spec = job.features(all.axis());
    List<SeriesTransforms> fitted = FittedFeatures.fit(all, spec, HORIZON, SPLIT.trainEnd());
    SeriesFeatures features = SeriesFeatures.of(series, fitted.get(0), spec.calendar());
    int windows = 0;
    for (int origin = 50; origin < DAYS; origin++) {
      Dataset then = read(plain, folder, asOf(versions, origin));
      SeriesFeatures seen = SeriesFeatures.of(then.series().get(0), fitted.get(0), spec.calendar());
      boolean lastThere = then.series().get(0).length() == origin + 1;
      // A value that is late is absent at its own origin, and carried over where that is asked for.
      boolean carried = settings.contains("repair");
      assertEquals(
          lastThere ? seen.complete(origin, LOOKBACK) : carried,
          features.complete(origin, LOOKBACK),
          "origin " + origin);
      if (lastThere && seen.complete(origin, LOOKBACK)) {
        assertArrayEquals(input(seen, origin), input(features, origin), "origin " + origin);
        float[] outputs = {0.5f, -0.25f};
        assertArrayEquals(
            seen.transforms().levels(new History(then.series().get(0), origin), outputs),
            features.transforms().levels(new History(series, origin), outputs));
        windows++;
      }
    }
    assertTrue(windows > 10, "windows compared: " + windows);
    if (settings.contains("repair")) {
      return; // a late value is carried to the end of the train part
    }
    Dataset train = read(plain, folder, asOf(versions, 60));
    assertEquals(
        FittedFeatures.fit(train, spec, HORIZON, SPLIT.trainEnd()).get(0).features(),
        fitted.get(0).features());
  }

  /** The latest version of each day that was known on a day, as a source without vintages. */
  private static List<Version> asOf(List<Version> versions, int origin) {
    Map<Integer, Version> latest =
        versions.stream()
            .filter(v -> v.known() <= origin && v.day() <= origin)
            .collect(Collectors.toMap(Version::day, v -> v, (a, b) -> b));
    return latest.values().stream().sorted((a, b) -> Integer.compare(a.day(), b.day())).toList();
  }

  private static float[] input(SeriesFeatures features, int origin) {
    float[] input = new float[LOOKBACK * features.width()];
    features.copyInput(origin, LOOKBACK, input, 0);
    return input;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void trainingTargetsAreThoseKnownAtTheEndOfTheTrainPart(String settings, @TempDir Path folder) {
    JobSpec job = job(folder, settings);
    List<Version> versions = revised(21);
    List<Version> later =
        versions.stream()
            .map(v -> v.known() <= 60 ? v : new Version(v.day(), v.known(), 5 * v.y(), v.x() + 2))
            .toList();
    assertNotEquals(versions, later);
    Evidence before = evidence(job, read(job, folder, versions));
    Evidence after = evidence(job, read(job, folder, later));
    assertTrue(before.windowing().cut(SPLIT, Split.Part.TRAIN).size() > 20);
    List<String> leaks = before.leaks(after, Long.MAX_VALUE);
    assertEquals(List.of(), leaks.stream().filter(leak -> leak.contains("TRAIN window")).toList());
    assertFalse(leaks.contains("what series v learned"), leaks::toString);
  }

  @ParameterizedTest
  @CsvSource({"0", "-3"})
  void valuesKnownInTimeAreAsWithoutVintages(int earlier, @TempDir Path folder) {
    for (String settings : settings().toList()) {
      List<Version> versions =
          onTime(5).stream()
              .map(v -> new Version(v.day(), v.day() + earlier, v.y(), v.x()))
              .toList();
      JobSpec job = job(folder, settings);
      JobSpec plain = job(folder, "", settings);
      Dataset told = read(job, folder, versions);
      assertEquals(earlier != 0, told.series().get(0).hasVintages());
      Dataset silent = read(plain, folder, versions);
      Evidence before = evidence(plain, silent);
      Evidence after = evidence(job, told);
      List<String> differences =
          before.leaks(after, Long.MAX_VALUE).stream()
              .filter(name -> !name.startsWith("feature"))
              .toList();
      assertEquals(List.of(), differences, settings);
      assertEquals(silent.report(), told.report());
    }
  }

  @Test
  void revisionsOfAFullSeriesStandOnTheirOwnSteps(@TempDir Path folder) {
    JobSpec job = job(folder, "contract: {gaps: drop}");
    // As many rows as steps, one of them twice and one absent.
    String csv =
        """
        date,y,x,known
        2022-03-01,1,5,2022-03-01
        2022-03-01,2,6,2022-03-03
        2022-03-02,3,7,2022-03-02
        2022-03-04,4,8,2022-03-04
        2022-03-05,9,9,2022-03-05
        """;
    TimeSeries series = read(job, folder, csv).series().get(0);
    assertEquals(5, series.length());
    assertArrayEquals(new double[] {2, 3, Double.NaN, 4, 9}, series.column(0));
    assertEquals(1, series.value(0, 0, series.time(1)));
    assertEquals(2, series.value(0, 0, series.time(2)));
    JobSpec strict = job(folder, "contract: {gaps: fail}");
    Fixtures.fault(ExitCode.DATA, () -> read(strict, folder, csv));
  }

  @Test
  void aRevisionThatConfirmsIsNoDuplicateAndAFileByPublicationIsInOrder(@TempDir Path folder) {
    JobSpec job = job(folder, "contract: {max_rejected: 0, unsorted: fail, duplicate: fail}");
    String csv =
        """
        date,y,x,known
        2022-03-01,1,5,2022-03-02
        2022-03-02,3,7,2022-03-03
        2022-03-01,1,5,2022-03-04
        2022-03-03,4,8,2022-03-04
        2022-03-02,6,7,2022-03-05
        2022-03-01,1.5,5,2022-03-06
        """;
    ContractReport report = read(job, folder, csv).report();
    assertEquals(6, report.accepted());
    assertEquals(Map.of(), report.kinds());
    JobSpec lenient = job(folder, "contract: {max_rejected: 0.99}");
    ContractReport twice = read(lenient, folder, csv + "2022-03-02,6,7,2022-03-05\n").report();
    assertEquals(Map.of(Kind.DUPLICATE, 1), twice.kinds());
  }

  /** A day counts in the zone of the source, however the time of knowing is written. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Tokyo, 2022-03-02 03:00, 1",
    "Asia/Tokyo, 2022-03-01 23:00, 0",
    "America/Los_Angeles, 2022-03-01 18:00, 0",
    "America/Los_Angeles, 2022-03-02 01:00, 1",
    "Asia/Tokyo, 2022-03-01T16:00Z, 1",
    "Asia/Tokyo, 2022-03-01T14:00Z, 0",
    "UTC, 2022-03-03, 2",
    "Asia/Tokyo, 2022-03-03, 2",
  })
  void theDayOfKnowingIsThatOfTheZone(String zone, String known, int step, @TempDir Path folder) {
    JobSpec job = job(folder, ", known_at: known, zone: " + zone, "");
    boolean date = known.length() == 10;
    String own = date ? "" : known.contains("T") ? "T00:00Z" : " 00:00";
    String csv =
        "date,y,x,known\n2022-03-01,1,5,"
            + known
            + "\n2022-03-02,2,5,2022-03-02"
            + own
            + "\n2022-03-03,3,5,2022-03-03"
            + own
            + "\n";
    TimeSeries series = read(job, folder, csv).series().get(0);
    for (int origin = 0; origin < 3; origin++) {
      double seen = series.value(0, 0, series.time(origin));
      assertEquals(origin >= step ? 1 : Double.NaN, seen, "origin " + origin);
    }
  }

  @Test
  void onAnAxisOfHoursADateIsKnownOnceItIsOver(@TempDir Path folder) {
    JobSpec job = job(folder, ", known_at: known, zone: America/New_York", "");
    String hours =
        IntStream.range(0, 48)
            .mapToObj(
                hour ->
                    String.format(
                        Locale.ROOT,
                        "2022-03-%02d %02d:00,%d,5,2022-03-01%n",
                        1 + hour / 24,
                        hour % 24,
                        hour))
            .collect(Collectors.joining());
    TimeSeries series = read(job, folder, "date,y,x,known\n" + hours).series().get(0);
    assertEquals(Double.NaN, series.value(0, 3, series.time(23)));
    assertEquals(3, series.value(0, 3, series.time(24)));
    assertEquals(30, series.value(0, 30, series.time(30)));
  }

  @Test
  void aPlanReachesOnlyOriginsThatKnewIt(@TempDir Path folder) {
    JobSpec job =
        JobFile.parse(
            """
            job: v
            source: {csv: v.csv, time: date, known_at: known}
            target: y
            inputs: [x]
            horizon: 2
            network: {lookback: 4}
            columns: {x: {role: future, transform: none}}
            """,
            "v.yaml",
            folder);
    // Each day's plan is made on the day before: an origin never knows that of two days ahead.
    List<Version> plans =
        onTime(7).stream().map(v -> new Version(v.day(), v.day() - 1, v.y(), v.x())).toList();
    Dataset data = read(job, folder, plans);
    FeatureSpec spec = job.features(data.axis());
    SeriesTransforms fitted = FittedFeatures.fit(data, spec, 2, SPLIT.trainEnd()).get(0);
    SeriesFeatures features = SeriesFeatures.of(data.series().get(0), fitted, spec.calendar());
    float[] input = new float[LOOKBACK * features.width()];
    features.copyInput(40, LOOKBACK, input, 0);
    int ahead = 2;
    assertTrue(Float.isNaN(input[3 * features.width() + ahead]), Arrays.toString(input));
    assertEquals((float) plans.get(41).x(), input[2 * features.width() + ahead]);
    assertFalse(features.complete(40, LOOKBACK));
  }

  @Test
  void theHashTellsWhenValuesBecameKnown(@TempDir Path folder) {
    JobSpec job = job(folder, "");
    List<Version> versions = onTime(3);
    List<Version> later = new ArrayList<>(versions);
    Version last = versions.get(DAYS - 1);
    later.set(DAYS - 1, new Version(last.day(), last.known() + 1, last.y(), last.x()));
    assertNotEquals(read(job, folder, versions).hash(), read(job, folder, later).hash());
  }

  @Test
  void theCheckerFindsARestatedValueThatIsReadTooEarly(@TempDir Path folder) {
    JobSpec plain =
        job(folder, "", "transform: level\ncontract: {conflict: repair, max_rejected: 0.99}");
    List<Version> versions = revised(4);
    List<Version> later =
        versions.stream()
            .map(v -> v.known() <= 70 ? v : new Version(v.day(), v.known(), 2 * v.y(), v.x()))
            .toList();
    // Without source.known_at the last revision stands at its own time: the leak.
    Evidence before = evidence(plain, read(plain, folder, versions));
    Evidence after = evidence(plain, read(plain, folder, later));
    List<String> leaks = before.leaks(after, day(60));
    assertTrue(leaks.contains("what series v learned"), leaks::toString);
    assertTrue(leaks.stream().anyMatch(leak -> leak.contains("TRAIN window")), leaks::toString);
  }
}
