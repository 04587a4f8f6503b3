package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.RegularAxis;
import io.gatecast.forecasting.data.time.SessionAxis;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.evaluation.BacktestSpec;
import io.gatecast.forecasting.evaluation.GateSpec;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.SplitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that a job file says what its author wrote, and that what it leaves out has a default. */
class JobFileTest {
  private static final Path FOLDER = Path.of("/jobs").toAbsolutePath();
  private static final String SHORTEST =
      """
      job: short
      source: {csv: a.csv, time: date}
      target: y
      """;

  private static JobSpec parse(String text) {
    return JobFile.parse(text, "job.yaml", FOLDER);
  }

  private static TimeAxis axis(TimeUnit unit, long step, boolean sessions) {
    return sessions
        ? SessionAxis.of(List.of(new long[] {0, 1, 2}), null, ZoneOffset.UTC)
        : new RegularAxis(unit, step, 0, ZoneOffset.UTC);
  }

  @Test
  void everyKeyIsRead() {
    JobSpec job =
        parse(
            """
            job: All_of-it.2
            preset: weather
            seed: 42
            source:
              csv: data/a.csv
              delimiter: ";"
              time: when
              time_format: dd.MM.yyyy HH:mm
              zone: America/Los_Angeles
              series: place
            target: y
            inputs: [x1, x2]
            transform: log-return
            calendar: [day, year]
            season: 24
            horizon: 12
            network: {cell: rnn, activation: relu, hidden: 5, layers: 2, lookback: 9, dropout: 0.25, loss: absolute}
            training: {epochs: 3, batch: 64, learning_rate: 0.01, patience: 2, clip_norm: 0.5}
            split: {validation: 0.2, test: 0.1}
            contract: {max_rejected: 0.05}
            baselines: [drift, persistence]
            intervals: split
            backtest: {stride: 2, refit_every: 30, window: sliding, refit: warm, embargo: 5, baselines: [ets], variants: [recursive, ensemble]}
            gate: {significance: 0.01, shortfall: 0}
            """);
    assertEquals("All_of-it.2", job.name());
    assertEquals(Preset.WEATHER, job.preset());
    assertEquals(CsvSpec.of(FOLDER.resolve("data/a.csv")).withDelimiter(';'), job.data().source());
    assertEquals(
        new TimeSpec(
            List.of("when"),
            new TimeForm.Pattern("dd.MM.yyyy HH:mm"),
            ZoneId.of("America/Los_Angeles")),
        job.data().time());
    assertEquals(new SeriesSpec.InColumn("place"), job.data().series());
    assertEquals("y", job.target());
    assertEquals(
        List.of(new Covariate.PastOnly("x1"), new Covariate.PastOnly("x2")),
        job.features().covariates());
    assertEquals(List.of("y", "x1", "x2"), job.columns());
    assertEquals("[log-return, standardise]", job.features().transform().label());
    assertEquals(WindowTransform.NONE, job.features().window());
    assertEquals(
        List.of(new CalendarFeature(Calendar.DAY, 1), new CalendarFeature(Calendar.YEAR, 1)),
        job.calendar());
    assertEquals(24, job.season());
    assertEquals(12, job.horizon());
    assertEquals(
        new NetworkSettings(
            new CellSpec.Rnn(CellSpec.Activation.RELU), 5, 2, 9, 0.25, new Loss.Absolute()),
        job.network());
    assertEquals(TrainingSpec.adam(3, 64, 0.01, 2, 0.5, 42), job.training());
    assertEquals(new SplitSpec(0.2, 0.1), job.split());
    assertEquals(0.05, job.data().contract().maxRejected());
    assertEquals(
        new EvaluationSpec(
            List.of("drift", "persistence"),
            List.of("ets"),
            List.of("recursive", "ensemble"),
            "split",
            new BacktestSpec(2, 30, BacktestSpec.Window.SLIDING, BacktestSpec.Refit.WARM, 5),
            new GateSpec(0.01, 0)),
        job.evaluation());
    assertEquals("job.yaml, line 5, key source.csv", job.where("source.csv"));
    assertEquals("job.yaml, line 17, key network", job.where("network"));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    JobSpec job = parse(SHORTEST);
    assertEquals(Preset.NONE, job.preset());
    assertEquals(CsvSpec.of(FOLDER.resolve("a.csv")), job.data().source());
    assertEquals(
        new TimeSpec(List.of("date"), new TimeForm.Iso(), ZoneId.of("UTC")), job.data().time());
    assertEquals(new SeriesSpec.PerFile(), job.data().series());
    assertEquals(AxisSpec.auto(), job.data().axis());
    assertEquals(ContractSpec.usual(0.01), job.data().contract());
    assertEquals(List.of(), job.features().covariates());
    assertEquals("[standardise]", job.features().transform().label());
    assertEquals(WindowTransform.SUBTRACT_LAST, job.features().window());
    assertNull(job.calendar());
    assertEquals(1, job.horizon());
    assertEquals(
        new NetworkSettings(new CellSpec.Lstm(), 32, 1, 28, 0, new Loss.Squared()), job.network());
    assertEquals(TrainingSpec.adam(100, 64, 0.003, 10, 1, 1), job.training());
    assertEquals(new SplitSpec(0.15, 0.15), job.split());
    assertEquals(0.01, job.data().contract().maxRejected());
    assertEquals(
        new EvaluationSpec(
            List.of(),
            List.of(),
            List.of(),
            IntervalMethod.DEFAULT,
            BacktestSpec.ONCE,
            GateSpec.DEFAULT),
        job.evaluation());
    assertEquals("key season", job.where("season"));
  }

  @ParameterizedTest(name = "{0} on a step of {2} {1}")
  @CsvSource({
    "none, DAY, 1, false, [standardise], 7, week",
    "weather, DAY, 1, false, [standardise], 365, year",
    "weather, SECOND, 3600, false, [standardise], 24, 'day, year'",
    "none, SECOND, 600, false, [standardise], 144, 'day, week'",
    "stock, DAY, 1, true, '[log-return, standardise]', 5, ''",
  })
  void presetGivesTransformSeasonAndCalendar(
      String preset,
      TimeUnit unit,
      long step,
      boolean sessions,
      String transform,
      int season,
      String calendar) {
    JobSpec job = parse("preset: " + preset + "\n" + SHORTEST);
    TimeAxis axis = axis(unit, step, sessions);
    assertEquals(transform, job.features().transform().label());
    assertEquals(sessions, job.data().axis().kind() == AxisSpec.Kind.SESSIONS);
    assertEquals(preset, job.data().contract().checks().toString());
    assertEquals(season, job.season(axis));
    assertEquals(
        calendar,
        job.calendar(axis).stream().map(CalendarFeature::label).collect(Collectors.joining(", ")));
  }

  @Test
  void ownWordGoesBeforeThePreset() {
    JobSpec job =
        parse("preset: stock\ntransform: level\ncalendar: [week]\nseason: 21\n" + SHORTEST);
    TimeAxis sessions = axis(TimeUnit.DAY, 1, true);
    assertEquals("[standardise]", job.features().transform().label());
    assertEquals(21, job.season(sessions));
    assertEquals(List.of(new CalendarFeature(Calendar.WEEK, 1)), job.calendar(sessions));
  }

  @Test
  void strategyAndEnsembleAreTheNetworks() {
    NetworkSettings network =
        parse(SHORTEST + "network: {strategy: recursive, ensemble: 4}\n").network();
    assertEquals(NetworkSettings.Strategy.RECURSIVE, network.strategy());
    assertEquals(4, network.ensemble());
    NetworkSettings usual = parse(SHORTEST).network();
    assertEquals(NetworkSettings.Strategy.DIRECT, usual.strategy());
    assertEquals(1, usual.ensemble());
  }

  @Test
  void settingsShowHowModelsAreJudgedWithWhatDefaultsCameTo() {
    TimeAxis days = axis(TimeUnit.DAY, 1, false);
    Map<String, String> usual = parse(SHORTEST).settings(days);
    assertEquals(Preset.NONE.baselines().toString(), usual.get("baselines"));
    assertEquals(IntervalMethod.DEFAULT, usual.get("intervals"));
    assertEquals("1", usual.get("backtest.stride"));
    assertEquals("never", usual.get("backtest.refit_every"));
    assertEquals("expanding", usual.get("backtest.window"));
    assertEquals("cold", usual.get("backtest.refit"));
    assertEquals("0", usual.get("backtest.embargo"));
    assertEquals("[]", usual.get("backtest.variants"));
    assertEquals("0.05", usual.get("gate.significance"));
    assertEquals("0.1", usual.get("gate.shortfall"));
    assertEquals("direct", usual.get("network.strategy"));
    assertEquals("1", usual.get("network.ensemble"));
    Map<String, String> own =
        parse(
                SHORTEST
                    + """
                    baselines: [drift]
                    backtest: {refit_every: 7, window: sliding, refit: warm, variants: [direct]}
                    network: {strategy: recursive, ensemble: 2}
                    """)
            .settings(days);
    assertEquals("[drift]", own.get("baselines"));
    assertEquals("[drift]", own.get("backtest.baselines"));
    assertEquals("7", own.get("backtest.refit_every"));
    assertEquals("sliding", own.get("backtest.window"));
    assertEquals("warm", own.get("backtest.refit"));
    assertEquals("[direct]", own.get("backtest.variants"));
    assertEquals("recursive", own.get("network.strategy"));
    assertEquals("2", own.get("network.ensemble"));
  }

  @Test
  void settingsAsTextAreInAnOrderThatNoRunChanges() {
    String text =
        parse(
                SHORTEST
                    + """
                    inputs: [c, a, b]
                    columns:
                      c: {missing: [z, m, a], fill: 3, transform: robust}
                      a: {fill: 4, transform: log}
                      b: {fill: 5, transform: min-max}
                    contract: {stale: drop, missing: fail, ohlc: warn}
                    """)
            .canonical();
    for (String part :
        List.of(
            "{a=4, b=5, c=3}",
            "{a=Chain[steps=[Log[]]], b=",
            "[a, m, z]",
            "{MISSING=FAIL, OHLC=WARN, STALE=DROP}",
            "[MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]")) {
      assertTrue(text.contains(part), () -> part + " in " + text);
    }
  }

  @Test
  void whatStandsInTheWrongPlaceOfAUrlIsNotRepeated() {
    String job =
        """
        job: secret
        source: {jdbc: {url: "postgresql://u:s3cret@h/db", query: select 1}, time: date}
        target: y
        """;
    JobFault fault = assertThrows(JobFault.class, () -> parse(job));
    assertFalse(fault.found().contains("s3cret"), fault::getMessage);
  }

  @Test
  void theTargetsOwnTransformDecidesOnWindowsAndErrors() {
    JobSpec job = parse(SHORTEST + "columns: {y: {transform: [log-return, standardise]}}\n");
    assertEquals(WindowTransform.NONE, job.features().window());
    assertEquals(ErrorScale.MULTIPLICATIVE, job.features().transformOf(job.target()).errorScale());
    assertEquals(
        "[difference, difference, standardise]",
        parse(SHORTEST + "transform: [difference, difference, standardise]\n")
            .features()
            .transform()
            .label());
  }

  @Test
  void emptyCalendarMeansNoneAndNotTheDefault() {
    TimeAxis days = axis(TimeUnit.DAY, 1, false);
    assertEquals(List.of(), parse("calendar: []\n" + SHORTEST).calendar(days));
  }

  @Test
  void relativePathStartsAtTheFilesFolderWhereverTheProcessIs(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(folder.resolve("j.yaml"), SHORTEST.replace("a.csv", "../b/a.csv"));
    assertEquals(
        folder.resolveSibling("b").resolve("a.csv").toAbsolutePath().toString(),
        JobFile.read(file).data().source().description());
  }

  @Test
  void absolutePathStaysAsItIs() {
    Path data = Path.of("/data/a.csv").toAbsolutePath();
    assertEquals(
        data.toString(),
        parse(SHORTEST.replace("a.csv", data.toString())).data().source().description());
  }

  @Test
  void examplesOfTheProjectAreValid() {
    Path examples = Path.of("..", "examples");
    assertEquals("weather", JobFile.read(examples.resolve("weather.yaml")).name());
    assertEquals(Preset.STOCK, JobFile.read(examples.resolve("stock.yaml")).preset());
  }

  @Test
  void hashableTextDependsOnEverySettingButNotOnWhereTheFileLies() {
    String text = parse(SHORTEST).canonical();
    assertEquals(text, JobFile.parse("# moved\n" + SHORTEST, "k.yaml", Path.of("/x")).canonical());
    for (String change :
        List.of(
            "seed: 2",
            "inputs: [x]",
            "season: 3",
            "calendar: []",
            "horizon: 2",
            "transform: log-return",
            "preset: weather",
            "network: {lookback: 5}",
            "network: {strategy: recursive}",
            "network: {ensemble: 3}",
            "baselines: [drift]",
            "gate: {significance: 0.2}",
            "gate: {shortfall: 0.2}",
            "training: {epochs: 5}",
            "split: {test: 0.2}",
            "contract: {max_rejected: 0.5}")) {
      String changed = parse(SHORTEST + change).canonical();
      assertNotEquals(text, changed, change);
    }
  }
}
