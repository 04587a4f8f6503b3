package io.gatecast.forecasting.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One job's runs on disk, held by one run at a time. */
public final class JobStore implements AutoCloseable {
  /** Name of a run's record in its folder. */
  public static final String RECORD = "run.json";

  /** Name of a run's forecasts in its folder. */
  public static final String FORECASTS = "forecasts.csv";

  /** The fitted transforms of a run. */
  public static final String TRANSFORMS = "transforms.json";

  /** Name of a backtest's record in its folder. */
  public static final String BACKTEST = "backtest.json";

  private static final String STAGING = ".staging-";
  private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z");
  private static final DateTimeFormatter RUN =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path runs;
  private final FileChannel lock;
  private final Runnable release;

  JobStore(Path runs, FileChannel lock, Runnable release) {
    this.runs = runs;
    this.lock = lock;
    this.release = release;
  }

  /** Removes what runs that died have left. */
  void sweep() throws IOException {
    for (Path staging : folders(name -> name.startsWith(STAGING))) {
      delete(staging);
    }
  }

  /** The folder of the newest complete run. */
  public Optional<Path> newest() {
    try {
      return folders(name -> NAME.matcher(name).matches()).stream().max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw Home.notWritable(runs, e);
    }
  }

  /**
   * The folder of the newest complete run that has a file.
   *
   * @param file relative to the run's folder
   */
  public Optional<Path> newest(String file) {
    try {
      return folders(name -> NAME.matcher(name).matches()).stream()
          .filter(run -> Files.isRegularFile(run.resolve(file)))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw Home.notWritable(runs, e);
    }
  }

  private List<Path> folders(Predicate<String> wanted) throws IOException {
    try (Stream<Path> list = Files.list(runs)) {
      return list.filter(path -> wanted.test(path.getFileName().toString())).toList();
    }
  }

  /**
   * Begins a run's folder.
   *
   * @param now names the run
   * @return the staged folder; closing it without a commit removes it
   */
  public StagedRun stage(Instant now) {
    Instant at = now;
    while (Files.exists(runs.resolve(RUN.format(at)))
        || Files.exists(runs.resolve(STAGING + RUN.format(at)))) {
      at = at.plusMillis(1);
    }
    String run = RUN.format(at);
    Path staging = runs.resolve(STAGING + run);
    try {
      Files.createDirectory(staging);
    } catch (IOException e) {
      throw Home.notWritable(staging, e);
    }
    return new StagedRun(run, staging, runs.resolve(run));
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Lets the job go. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw Home.notWritable(runs, e);
    } finally {
      release.run();
    }
  }
}
