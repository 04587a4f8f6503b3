package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.SourceSpec;
import io.gatecast.forecasting.data.TimeAxis;
import io.gatecast.forecasting.data.TimeUnit;
import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.ValueTransform;
import io.gatecast.forecasting.window.SplitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
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
            """);
    assertEquals("All_of-it.2", job.name());
    assertEquals(Preset.WEATHER, job.preset());
    assertEquals(
        new SourceSpec(
            FOLDER.resolve("data/a.csv"),
            ';',
            "when",
            "dd.MM.yyyy HH:mm",
            ZoneId.of("America/Los_Angeles"),
            "place"),
        job.source());
    assertEquals("y", job.target());
    assertEquals(List.of("x1", "x2"), job.inputs());
    assertEquals(List.of("y", "x1", "x2"), job.columns());
    assertEquals(ValueTransform.LOG_RETURN, job.transform());
    assertEquals(List.of(Calendar.DAY, Calendar.YEAR), job.calendar());
    assertEquals(24, job.season());
    assertEquals(12, job.horizon());
    assertEquals(
        new NetworkSettings(
            new CellSpec.Rnn(CellSpec.Activation.RELU), 5, 2, 9, 0.25, new Loss.Absolute()),
        job.network());
    assertEquals(TrainingSpec.adam(3, 64, 0.01, 2, 0.5, 42), job.training());
    assertEquals(new SplitSpec(0.2, 0.1), job.split());
    assertEquals(0.05, job.maxRejected());
    assertEquals("job.yaml, line 5, key source.csv", job.where("source.csv"));
    assertEquals("job.yaml, line 17, key network", job.where("network"));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    JobSpec job = parse(SHORTEST);
    assertEquals(Preset.NONE, job.preset());
    assertEquals(
        new SourceSpec(FOLDER.resolve("a.csv"), ',', "date", null, ZoneId.of("UTC"), null),
        job.source());
    assertEquals(List.of(), job.inputs());
    assertEquals(ValueTransform.LEVEL, job.transform());
    assertNull(job.calendar());
    assertEquals(1, job.horizon());
    assertEquals(
        new NetworkSettings(new CellSpec.Lstm(), 32, 1, 28, 0, new Loss.Squared()), job.network());
    assertEquals(TrainingSpec.adam(100, 64, 0.003, 10, 1, 1), job.training());
    assertEquals(new SplitSpec(0.15, 0.15), job.split());
    assertEquals(0.01, job.maxRejected());
    assertEquals("key season", job.where("season"));
  }

  @ParameterizedTest(name = "{0} on a step of {2} {1}")
  @CsvSource({
    "none, DAY, 1, false, level, 7, [WEEK]",
    "weather, DAY, 1, false, level, 365, [YEAR]",
    "weather, SECOND, 3600, false, level, 24, 'DAY, YEAR'",
    "none, SECOND, 600, false, level, 144, 'DAY, WEEK'",
    "stock, DAY, 1, true, log-return, 5, []",
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
    TimeAxis axis = new TimeAxis(unit, step, sessions, ZoneId.of("UTC"));
    assertEquals(transform, job.transform().label());
    assertEquals(sessions, job.contract().sessions());
    assertEquals(season, job.season(axis));
    assertEquals(
        calendar.replaceAll("[\\[\\]]", ""),
        job.calendar(axis).toString().replaceAll("[\\[\\]]", ""));
  }

  @Test
  void ownWordGoesBeforeThePreset() {
    JobSpec job =
        parse("preset: stock\ntransform: level\ncalendar: [week]\nseason: 21\n" + SHORTEST);
    TimeAxis sessions = new TimeAxis(TimeUnit.DAY, 1, true, ZoneId.of("UTC"));
    assertEquals(ValueTransform.LEVEL, job.transform());
    assertEquals(21, job.season(sessions));
    assertEquals(List.of(Calendar.WEEK), job.calendar(sessions));
  }

  @Test
  void emptyCalendarMeansNoneAndNotTheDefault() {
    TimeAxis days = new TimeAxis(TimeUnit.DAY, 1, false, ZoneId.of("UTC"));
    assertEquals(List.of(), parse("calendar: []\n" + SHORTEST).calendar(days));
  }

  @Test
  void relativePathStartsAtTheFilesFolderWhereverTheProcessIs(@TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(folder.resolve("j.yaml"), SHORTEST.replace("a.csv", "../b/a.csv"));
    assertEquals(
        folder.resolveSibling("b").resolve("a.csv").toAbsolutePath(),
        JobFile.read(file).source().csv());
  }

  @Test
  void absolutePathStaysAsItIs() {
    Path data = Path.of("/data/a.csv").toAbsolutePath();
    assertEquals(data, parse(SHORTEST.replace("a.csv", data.toString())).source().csv());
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
            "training: {epochs: 5}",
            "split: {test: 0.2}",
            "contract: {max_rejected: 0.5}")) {
      String changed = parse(SHORTEST + change).canonical();
      assertNotEquals(text, changed, change);
    }
  }
}
