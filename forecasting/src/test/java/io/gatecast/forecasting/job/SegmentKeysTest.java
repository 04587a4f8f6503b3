package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.time.RegularAxis;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.Quantiles;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves what a job file says of a network of segments, and what it may not say. */
class SegmentKeysTest {
  private static final String SHORTEST =
      """
      job: short
      source: {csv: a.csv, time: date}
      target: y
      """;

  private static JobSpec parse(String text) {
    return JobFile.parse(SHORTEST + text + "\n", "job.yaml", Path.of("/jobs"));
  }

  @Test
  void itsLengthAloneMakesANetworkOneOfSegmentsWithDefaultsForTheRest() {
    NetworkSettings network =
        parse("network: {cell: gru, hidden: 48, lookback: 96, segment: 24}").network();
    assertEquals(
        Optional.of(new Segments(24, 48, 1, Normalisation.LAST_VALUE, 0, 0)), network.segments());
    assertEquals(1, network.layers());
    assertEquals(Optional.empty(), parse("network: {cell: gru}").network().segments());
  }

  @Test
  void theWeatherPresetReadsWeeksWhereAJobSaysNothingOfItsNetwork() {
    NetworkSettings network = parse("preset: weather").network();
    assertEquals(
        Optional.of(new Segments(7, 32, 1, Normalisation.LAST_VALUE, .2, 0)), network.segments());
    assertEquals(28, network.lookback());
    assertEquals(
        Optional.empty(), parse("preset: weather\nnetwork: {hidden: 8}").network().segments());
    assertEquals(Optional.empty(), parse("preset: stock").network().segments());
  }

  @Test
  void everyKeyIsTheNetworks() {
    JobSpec job =
        parse(
            """
            horizon: 10
            network: {cell: gru, hidden: 7, lookback: 20, segment: 6, embedding: 5,
                      normalisation: instance, linear: true, dropout: 0.5,
                      loss: quantiles, ensemble: 3}
            """);
    NetworkSettings network = job.network();
    Segments segments = new Segments(6, 5, 1, Normalisation.INSTANCE, 0.5, 20);
    assertEquals(
        new NetworkSettings(
            new CellSpec.Gru(CellSpec.Reset.BEFORE),
            7,
            1,
            20,
            0,
            NetworkSettings.quantiles(),
            NetworkSettings.Strategy.DIRECT,
            3,
            Optional.of(segments)),
        network);
    NetworkSpec spec = network.spec(4, job.horizon());
    assertEquals(
        NetworkSpec.segmented(
            new CellSpec.Gru(CellSpec.Reset.BEFORE),
            4,
            7,
            10,
            segments,
            NetworkSettings.quantiles()),
        spec);
    assertEquals(10 * Quantiles.COUNT, spec.outputs());
    assertEquals(6 * 4, spec.segmentWidth(), "all features of a step are one channel's");
    assertEquals(
        Optional.of(segments),
        network.with(new CellSpec.Lstm()).with(1).with(new Loss.Squared()).segments(),
        "other cells and losses keep the segments");
  }

  /** The last value is taken once, from what is read and from what is learned alike. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    // transform, window, normalisation; what they come to
    "level,      ,                       ,           none,                   LAST_VALUE",
    "level,      ,                       last-value, none,                   LAST_VALUE",
    "level,      ,                       instance,   none,                   INSTANCE",
    "level,      ,                       none,       subtract-last,          NONE",
    "level,      none,                   ,           none,                   NONE",
    "level,      none,                   last-value, none,                   LAST_VALUE",
    "level,      subtract-last,          ,           subtract-last,          NONE",
    "level,      subtract-last,          none,       subtract-last,          NONE",
    "level,      subtract-last-from-all, ,           subtract-last-from-all, NONE",
    "level,      subtract-last-from-all, instance,   subtract-last-from-all, INSTANCE",
    "log-return, ,                       ,           none,                   NONE",
    "log-return, ,                       instance,   none,                   INSTANCE",
  })
  void windowAndNormalisationDecideOnEachOthersDefault(
      String transform,
      String window,
      String normalisation,
      String expectedWindow,
      Normalisation expected) {
    JobSpec job =
        parse(
            "transform: "
                + transform
                + (window == null ? "" : "\nwindow: " + window)
                + "\nnetwork: {segment: 7"
                + (normalisation == null ? "" : ", normalisation: " + normalisation)
                + "}");
    assertEquals(expectedWindow, job.features().window().label());
    assertEquals(expected, job.network().segments().orElseThrow().normalisation());
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        // line 4, key, what is expected, what is found, what to do
        arguments("network: {segment: 0}", "segment", "from 1", "0", ""),
        arguments("network: {segment: 1.5}", "segment", "a whole number", "1.5", ""),
        arguments("network: {segment: [1]}", "segment", "a whole number", "[1]", ""),
        arguments("network: {segment: 29}", "segment", "at most the 28", "29", "lookback"),
        arguments("network: {segments: 7}", "segments", "a key of network", "", "\"segment\"?"),
        arguments("network: {segment: 7, embedding: 0}", "embedding", "from 1", "0", ""),
        arguments("network: {segment: 7, embedding: 65537}", "embedding", "to 65536", "65537", ""),
        arguments("network: {segment: 7, linear: 3}", "linear", "true, false", "\"3\"", ""),
        arguments("network: {segment: 7, dropout: 1}", "dropout", "below 1", "1", ""),
        arguments(
            "network: {segment: 7, normalisation: last}",
            "normalisation",
            "none, last-value, instance",
            "last",
            ""),
        arguments("network: {embedding: 8}", "embedding", "network.segment", "8", "set network"),
        arguments("network: {linear: false}", "linear", "network.segment", "false", "remove"),
        arguments(
            "network: {normalisation: none}", "normalisation", "network.segment", "none", "set"),
        arguments("network: {segment: 7, layers: 2}", "layers", "one layer", "2", "remove"),
        arguments(
            "network: {segment: 7, strategy: recursive}",
            "strategy",
            "direct beside network.segment",
            "recursive",
            "remove one"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void whatDoesNotGoTogetherIsRefusedWithItsLine(
      String line, String key, String expected, String found, String action) {
    JobFault fault = assertThrows(JobFault.class, () -> parse(line));
    assertAll(
        () -> assertEquals(ExitCode.USAGE, fault.exit()),
        () -> assertEquals("job.yaml, line 4, key network." + key, fault.where()),
        () -> assertTrue(fault.expected().contains(expected), fault.expected()),
        () -> assertTrue(fault.found().contains(found), fault.found()),
        () -> assertTrue(fault.action().contains(action), fault.action()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"last-value", "instance"})
  void whatTheTargetsLostIsNotGivenBackASecondTime(String normalisation) {
    String network = "network: {segment: 7, normalisation: " + normalisation + "}";
    JobFault fault = assertThrows(JobFault.class, () -> parse("window: subtract-last\n" + network));
    assertEquals("job.yaml, line 5, key network.normalisation", fault.where());
    assertTrue(fault.expected().contains("window: subtract-last"), fault.expected());
    assertTrue(fault.found().contains(normalisation), fault.found());
    assertTrue(fault.action().contains("window: none"), fault.action());
  }

  @Test
  void variantsKeepTheSegmentsAndARecursiveOneIsRefused() {
    JobSpec job =
        parse("network: {segment: 7}\nbacktest: {variants: [direct, ensemble, quantiles]}");
    for (String label : job.evaluation().variants()) {
      assertEquals(job.network().segments(), Variant.of(label).of(job.network()).segments());
    }
    JobFault fault =
        assertThrows(
            JobFault.class,
            () -> parse("network: {segment: 7}\nbacktest: {variants: [recursive]}"));
    assertEquals("job.yaml, line 5, key backtest.variants", fault.where());
    assertTrue(fault.expected().contains("segments"), fault.expected());
    assertEquals("recursive", fault.found());
  }

  @Test
  void inspectShowsWhatEveryKeyCameTo() {
    RegularAxis days = new RegularAxis(TimeUnit.DAY, 1, 0, ZoneOffset.UTC);
    Map<String, String> settings =
        parse("network: {hidden: 9, segment: 7, linear: true, dropout: 0.25}").settings(days);
    assertEquals("7", settings.get("network.segment"));
    assertEquals("9", settings.get("network.embedding"));
    assertEquals("last-value", settings.get("network.normalisation"));
    assertEquals("true", settings.get("network.linear"));
    assertEquals("0.25", settings.get("network.dropout"));
    assertEquals("none", settings.get("window"));
    Map<String, String> stepwise = parse("network: {hidden: 9}").settings(days);
    assertEquals("none", stepwise.get("network.segment"));
    assertFalse(stepwise.containsKey("network.embedding"));
    assertEquals("subtract-last", stepwise.get("window"));
    TreeSet<String> more = new TreeSet<>(settings.keySet());
    more.removeAll(stepwise.keySet());
    assertEquals("[network.embedding, network.linear, network.normalisation]", more.toString());
  }

  @Test
  void hashableTextDependsOnEveryKey() {
    String base = "network: {segment: 7";
    String text = parse(base + "}").canonical();
    assertNotEquals(text, parse("").canonical());
    assertNotEquals(text, parse("network: {segment: 14}").canonical());
    for (String more : new String[] {"embedding: 5", "normalisation: instance", "linear: true"}) {
      assertNotEquals(text, parse(base + ", " + more + "}").canonical(), more);
    }
    assertNotEquals(text, parse(base + ", dropout: 0.1}").canonical());
    assertEquals(text, parse(base + ", embedding: 32, linear: false}").canonical());
  }
}
