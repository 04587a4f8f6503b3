package io.gatecast.forecasting.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.job.Preset;
import io.gatecast.forecasting.transform.WindowTransform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The leakage proof: whatever is changed after a cutoff, by any amount, no bit of what was learned,
 * of a feature, a window or a rule's forecast before it changes, for every transform, derivation,
 * role of a column and preset. And the proof of the proof: planted leaks are found.
 */
class LeakageProofTest {
  private static final int CHANGES = 3;
  private static final List<String> TRANSFORMS =
      List.of(
          "none",
          "level",
          "standardise",
          "robust",
          "min-max",
          "log",
          "log-return",
          "difference",
          "seasonal-difference(7)",
          "fill-last(3)",
          "[log, difference, standardise]",
          "[log-return, robust]",
          "[difference, seasonal-difference(7), min-max]",
          "[fill-last(2), log, seasonal-difference(5), standardise]");

  private static final String OPTIONAL = "x1: {required: false, transform: standardise}";
  private static final Map<String, String> INPUTS =
      Map.ofEntries(
          Map.entry("another number", "inputs: [x2]"),
          Map.entry("a number with gaps", "inputs: [x1]\ncolumns: {" + OPTIONAL + "}"),
          Map.entry(
              "carried over gaps, with a mask",
              "inputs: [x1]\ncolumns: {x1: {required: false, fill: 4, transform: robust}}"),
          Map.entry(
              "all gaps carried, with masks",
              "inputs: [x1, x2]\ncolumns: {"
                  + OPTIONAL
                  + "}\ncontract: {gaps: repair, max_rejected:"
                  + " 0.9}"),
          Map.entry("text", "inputs: [sky]\ncolumns: {sky: {type: text, required: false}}"),
          Map.entry("wind", "inputs: [speed_sin, speed_cos]\nderive: [{wind: [speed, dir]}]"),
          Map.entry(
              "parkinson", "inputs: [parkinson_5]\nderive: [{parkinson: [high, low], steps: 5}]"),
          Map.entry(
              "garman-klass",
              "inputs: [garman_klass_3]\n"
                  + "derive: [{garman-klass: [open, high, low, close], steps: 3}]"),
          Map.entry(
              "known beforehand",
              "inputs: [plan, x2]\ncolumns: {plan: {role: future, required: false, transform: level}}"),
          Map.entry(
              "text known beforehand",
              "inputs: [sky]\ncolumns: {sky: {type: text, role: future, required: false}}"),
          Map.entry(
              "static",
              "inputs: [alt, soil]\ncolumns: {alt: {role: static}, soil: {role: static, type: text}}"),
          Map.entry("cycles", "calendar: [day, week(2), year]"));

  /** Where time is cut: the last day of the train and of the validation part. */
  private static final Split SPLIT = new Split(LeakTable.day(80), LeakTable.day(100));

  private static String settings(String transform, String window, String preset, String inputs) {
    String contract = inputs.contains("contract:") ? "" : "contract: {max_rejected: 0.9}\n";
    return "transform: "
        + transform
        + "\nwindow: "
        + window
        + "\npreset: "
        + preset
        + "\n"
        + contract
        + inputs
        + "\n";
  }

  static Stream<Arguments> everything() {
    List<Arguments> all = new ArrayList<>();
    List<String> inputs = INPUTS.keySet().stream().sorted().toList();
    List<Preset> presets = List.of(Preset.values());
    int count = 0;
    // Each transform with each window transform and preset, each sort of input with each transform.
    for (String transform : TRANSFORMS) {
      for (String input : inputs) {
        List<WindowTransform> windows = List.of(WindowTransform.values());
        String window = windows.get(count % windows.size()).label();
        String preset = presets.get((count / 3) % presets.size()).label();
        all.add(Arguments.of(transform, window, preset, input, (long) count++));
      }
    }
    return all.stream();
  }

  private static Evidence evidence(JobSpec job, Dataset data, long fitEnd) {
    FeatureSpec spec = job.features(data.axis());
    List<SeriesTransforms> fitted = FittedFeatures.fit(data, spec, job.horizon(), fitEnd);
    return evidence(job, data, fitted);
  }

  private static Evidence evidence(JobSpec job, Dataset data, List<SeriesTransforms> fitted) {
    return new Evidence(
        data.series(),
        fitted,
        job.features(data.axis()).calendar(),
        SPLIT,
        LeakTable.LOOKBACK,
        LeakTable.HORIZON);
  }

  @ParameterizedTest(name = "{0}, {1}, preset {2}, {3}")
  @MethodSource("everything")
  void nothingAfterACutoffChangesABitBeforeIt(
      String transform,
      String window,
      String preset,
      String input,
      long seed,
      @TempDir Path folder) {
    JobSpec job =
        LeakTable.job(folder, settings(transform, window, preset, INPUTS.getOrDefault(input, "")));
    LeakTable table = LeakTable.of(seed);
    Evidence before = evidence(job, table.read(folder, job), SPLIT.trainEnd());
    Random random = new Random(seed);
    for (int change = 0; change < CHANGES; change++) {
      long cutoff =
          change == 0 ? SPLIT.trainEnd() : SPLIT.trainEnd() + random.nextInt(LeakTable.DAYS - 82);
      double share = change % 2 == 0 ? 1 : 0.1;
      Dataset changed = table.changedAfter(cutoff, share, random).read(folder, job);
      Evidence after = evidence(job, changed, SPLIT.trainEnd());
      assertTrue(before.until(cutoff) > 1000, "pieces compared: " + before.until(cutoff));
      assertEquals(List.of(), before.leaks(after, cutoff), "cutoff " + cutoff);
    }
  }

  /** Before the end of the train part what was learned is given; text has codes of its own data. */
  @ParameterizedTest(name = "{0}, {1}, preset {2}, {3}")
  @MethodSource("everything")
  void nothingAfterAnOriginInTheTrainPartChangesABitBeforeIt(
      String transform,
      String window,
      String preset,
      String input,
      long seed,
      @TempDir Path folder) {
    String columns = INPUTS.getOrDefault(input, "");
    if (columns.contains("text")) {
      columns =
          columns.replace("sky", "x2").replace("type: text, ", "").replace(", type: text", "");
      columns = columns.replace(", soil: {role: static}", "").replace("alt, soil", "alt");
    }
    JobSpec job = LeakTable.job(folder, settings(transform, window, preset, columns));
    LeakTable table = LeakTable.of(seed);
    Evidence before = evidence(job, table.read(folder, job), SPLIT.trainEnd());
    Random random = new Random(~seed);
    long origin = LeakTable.day(40 + random.nextInt(40));
    Dataset changed = table.changedAfter(origin, 0.5, random).read(folder, job);
    Evidence after = evidence(job, changed, before.fitted());
    assertTrue(before.until(origin) > 300, "pieces compared: " + before.until(origin));
    assertEquals(List.of(), before.leaks(after, origin));
  }

  @Test
  void whatIsKnownBeforehandReachesAHorizonAndNotAStepFurther(@TempDir Path folder) {
    String inputs = "inputs: [plan]\ncolumns: {plan: {role: future, transform: none}}";
    JobSpec job = LeakTable.job(folder, settings("level", "none", "none", inputs));
    LeakTable table = LeakTable.of(3);
    Evidence before = evidence(job, table.read(folder, job), SPLIT.trainEnd());
    for (int day = 90; day < 100; day++) {
      LeakTable changed = table.with("plan", LeakTable.day(day), "777");
      Evidence after = evidence(job, changed.read(folder, job), SPLIT.trainEnd());
      assertEquals(List.of(), before.leaks(after, LeakTable.day(day) - 1));
      List<String> moved = before.leaks(after, LeakTable.day(day));
      String reached = "feature 2 of series A at " + (LeakTable.day(day) - LeakTable.HORIZON);
      String own = "feature 1 of series A at " + LeakTable.day(day);
      List<String> rows = moved.stream().filter(name -> name.startsWith("feature")).toList();
      assertEquals(
          Stream.of(reached, own, reached.replace(" A ", " B "), own.replace(" A ", " B "))
              .filter(name -> !before.same(after, name))
              .sorted()
              .toList(),
          rows.stream().filter(name -> !name.contains("series C")).distinct().sorted().toList());
      assertTrue(rows.contains(reached) == rows.contains(own), rows::toString);
    }
  }

  @Test
  void aStaticValueThatOnlyLaterRowsTellIsNotKnown(@TempDir Path folder) {
    String inputs = "inputs: [alt]\ncolumns: {alt: {role: static, required: false}}";
    JobSpec job = LeakTable.job(folder, settings("level", "none", "none", inputs));
    LeakTable table = LeakTable.of(3);
    for (int day = 0; day <= 80; day++) {
      table = table.with("alt", LeakTable.day(day), "");
    }
    Dataset data = table.read(folder, job);
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> evidence(job, data, SPLIT.trainEnd()));
    assertEquals("none in the train part", fault.found());
  }

  /** The planted leaks: the checker that passes everything above must report each of them. */
  @ParameterizedTest
  @MethodSource("scales")
  void aScaleLearnedFromAllDataIsFound(String transform, @TempDir Path folder) {
    JobSpec job = LeakTable.job(folder, settings(transform, "none", "none", "inputs: [x2]"));
    LeakTable table = LeakTable.of(5);
    LeakTable changed = table.changedAfter(SPLIT.trainEnd(), 1, new Random(5));
    Evidence before = evidence(job, table.read(folder, job), Long.MAX_VALUE);
    Evidence after = evidence(job, changed.read(folder, job), Long.MAX_VALUE);
    List<String> leaks = before.leaks(after, SPLIT.trainEnd());
    assertTrue(leaks.contains("what series A learned"), leaks::toString);
    assertTrue(leaks.stream().anyMatch(leak -> leak.startsWith("feature 0")), leaks::toString);
    assertTrue(leaks.stream().anyMatch(leak -> leak.contains("TRAIN window")), leaks::toString);
  }

  static Stream<String> scales() {
    return Stream.of(
        "standardise", "robust", "min-max", "[log-return, standardise]", "[difference, robust]");
  }

  @Test
  void categoriesLearnedFromAllDataAreFound(@TempDir Path folder) {
    String inputs = "inputs: [sky]\ncolumns: {sky: {type: text}}";
    JobSpec job = LeakTable.job(folder, settings("none", "none", "none", inputs));
    LeakTable table = LeakTable.of(5);
    LeakTable changed = table.with("sky", SPLIT.trainEnd() + 3, "hail");
    Evidence honest = evidence(job, table.read(folder, job), SPLIT.trainEnd());
    Evidence honestToo = evidence(job, changed.read(folder, job), SPLIT.trainEnd());
    assertEquals(List.of(), honest.leaks(honestToo, SPLIT.trainEnd()));
    Evidence before = evidence(job, table.read(folder, job), Long.MAX_VALUE);
    Evidence after = evidence(job, changed.read(folder, job), Long.MAX_VALUE);
    List<String> leaks = before.leaks(after, SPLIT.trainEnd());
    assertTrue(leaks.contains("what series A learned"), leaks::toString);
  }

  @Test
  void aFeatureThatLooksOneStepAheadIsFound(@TempDir Path folder) {
    JobSpec job = LeakTable.job(folder, settings("none", "none", "none", "inputs: [x2]"));
    LeakTable table = LeakTable.of(5);
    long cutoff = SPLIT.trainEnd() + 7;
    Dataset data = table.read(folder, job);
    Dataset changed = table.changedAfter(cutoff, 1, new Random(5)).read(folder, job);
    List<String> honest =
        evidence(job, data, SPLIT.trainEnd())
            .leaks(evidence(job, changed, SPLIT.trainEnd()), cutoff);
    assertEquals(List.of(), honest);
    List<String> leaks =
        evidence(job, lookingAhead(data), SPLIT.trainEnd())
            .leaks(evidence(job, lookingAhead(changed), SPLIT.trainEnd()), cutoff);
    assertTrue(leaks.contains("feature 1 of series A at " + cutoff), leaks::toString);
    assertFalse(leaks.contains("feature 1 of series A at " + (cutoff - 1)), leaks::toString);
    assertFalse(leaks.contains("feature 0 of series A at " + cutoff), leaks::toString);
  }

  /** The last column of each series, one step early. */
  private static Dataset lookingAhead(Dataset data) {
    TimeSeries[] ahead =
        data.series().stream()
            .map(
                series -> {
                  double[] target = series.column(0);
                  double[] early = series.column(1);
                  System.arraycopy(series.column(1), 1, early, 0, early.length - 1);
                  long first = series.axis().position(series.time(0)).orElseThrow();
                  double[][] values = {target, early};
                  return TimeSeries.of(
                      series.name(), series.axis(), series.columns(), first, values);
                })
            .toArray(TimeSeries[]::new);
    return new Dataset(Arrays.asList(ahead), data.report(), data.hash());
  }
}
