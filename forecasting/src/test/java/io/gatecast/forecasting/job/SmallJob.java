package io.gatecast.forecasting.job;

import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Small generated files and jobs on them, that run in about a second; the same at every call. */
final class SmallJob {
  /** A network that learns the seasonal series well enough to win. */
  static final String LEARNS =
      """
      network: {cell: rnn, hidden: 4, lookback: 7}
      training: {epochs: 8, batch: 64, learning_rate: 0.05}
      baselines: [persistence, seasonal-naive, drift]
      gate: {shortfall: 0.2}
      """;

  /** A network that stays as it was drawn, and so cannot win against a random walk's baselines. */
  static final String STAYS =
      """
      network: {cell: rnn, hidden: 4, lookback: 7}
      training: {epochs: 1, batch: 128, learning_rate: 1.0e-6}
      """;

  static final int DAYS = 300;
  static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  private SmallJob() {}

  /** Two places with a week's cycle under noise: the mean beats yesterday and last week. */
  static String seasonal() {
    Random random = new Random(11);
    StringBuilder csv = new StringBuilder("date,place,y,x\n");
    for (int day = 0; day < DAYS; day++) {
      double cycle = 3 * Math.sin(2 * Math.PI * day / 7);
      for (String place : List.of("North", "South")) {
        double y = (place.equals("North") ? 10 : 20) + cycle + 2 * random.nextGaussian();
        csv.append(FIRST.plusDays(day)).append(',').append(place);
        csv.append(String.format(Locale.ROOT, ",%.3f,%.3f%n", y, random.nextGaussian()));
      }
    }
    return csv.toString();
  }

  /** The job on {@link #seasonal}. */
  static JobSpec seasonal(Path folder, String settings) {
    write(folder.resolve("small.csv"), seasonal());
    return job(folder, "source: {csv: small.csv, time: date, series: place}", settings);
  }

  /** A job of a source and settings; forecasts y three steps ahead. */
  static JobSpec job(Path folder, String source, String settings) {
    return JobFile.parse(
        "job: small\n" + source + "\ntarget: y\nhorizon: 3\n" + settings, "small.yaml", folder);
  }

  static RunRecord run(Path home, JobSpec job) {
    return new JobRunner(new Home(home)).run(job, false, JobListener.SILENT);
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that a run says it wrote. */
  static Path file(RunRecord run) {
    if (run.forecasts() == null) {
      throw new AssertionError("expected a run with forecasts, found " + run.reason());
    }
    return Path.of(run.forecasts());
  }

  /** Rows of the forecasts, without the header. */
  static List<String[]> rows(RunRecord run) {
    return text(file(run)).lines().skip(1).map(line -> line.split(",", -1)).toList();
  }

  static String kindOfWinner(RunRecord run) {
    return (run.models() == null ? List.<RunRecord.Model>of() : run.models())
        .stream()
            .filter(model -> model.name().equals(run.winner()))
            .map(RunRecord.Model::kind)
            .findFirst()
            .orElse("none");
  }

  /** Names in the folder of the job's runs, staging folders included; empty where there is none. */
  static List<String> runs(Path home) {
    Path runs = home.resolve("jobs").resolve("small").resolve("runs");
    if (!Files.exists(runs)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(runs)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
