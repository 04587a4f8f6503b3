package io.gatecast.benchmarks.protocol;

import io.gatecast.benchmarks.protocol.TimeLeft.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs models on cells of the tables, and stores each run as soon as it is finished. What is stored
 * with the same settings is not run again. A run that fails is told of, and the others go on.
 *
 * <p>A model is fitted without the test part; progress tells validation scores alone.
 */
public final class Protocol {
  /** Reads sets. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads one.
     *
     * @param set which
     * @throws IOException if its file cannot be read
     */
    ProtocolData read(ProtocolSet set) throws IOException;
  }

  /**
   * What to run: every combination.
   *
   * @param sets of them
   * @param lookbacks steps
   * @param horizons steps
   * @param models that are fitted
   * @param seeds for those that have randomness
   */
  public record Order(
      List<ProtocolSet> sets,
      List<Integer> lookbacks,
      List<Integer> horizons,
      List<ProtocolModel> models,
      List<Long> seeds) {
    /** Copies. */
    public Order {
      sets = List.copyOf(sets);
      lookbacks = List.copyOf(lookbacks);
      horizons = List.copyOf(horizons);
      models = List.copyOf(models);
      seeds = List.copyOf(seeds);
    }

    List<Planned> planned() {
      List<Planned> planned = new ArrayList<>();
      for (ProtocolSet set : sets) {
        for (int lookback : lookbacks) {
          for (int horizon : horizons) {
            ProtocolCell cell = new ProtocolCell(set, lookback, horizon);
            for (ProtocolModel model : models) {
              for (long seed : model.seeded() ? seeds : List.of(0L)) {
                planned.add(new Planned(new ProtocolRun.Key(cell, model.name(), seed), model));
              }
            }
          }
        }
      }
      return planned;
    }
  }

  /** A run to make. */
  record Planned(ProtocolRun.Key key, ProtocolModel model) {
    String settings() {
      return model.settings(key.cell());
    }
  }

  private final ProtocolStore store;
  private final Source source;
  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private final Map<ProtocolSet, ProtocolData> data = new EnumMap<>(ProtocolSet.class);
  private final TimeLeft timeLeft = new TimeLeft();

  /**
   * A runner.
   *
   * @param store of results
   * @param source of series
   * @param lines hears of the progress, line by line
   * @param nanoTime nanoseconds since some moment
   */
  public Protocol(
      ProtocolStore store, Source source, Consumer<String> lines, LongSupplier nanoTime) {
    this.store = store;
    this.source = source;
    this.lines = lines;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs.
   *
   * @param order what
   * @param again whether what is stored is run, too
   * @return the rows of all that was asked for, those stored before among them
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if a cell has no windows; nothing was run
   * @throws FailedRunsException if runs failed; all others are stored
   */
  public List<Map<String, Object>> run(Order order, boolean again) throws IOException {
    List<Planned> planned = order.planned();
    List<Planned> open = new ArrayList<>();
    List<ProtocolRun> stored = store.runs();
    for (Planned each : planned) {
      if (again || stored.stream().noneMatch(run -> same(run, each))) {
        open.add(each);
      }
    }
    if (open.size() < planned.size()) {
      lines.accept(planned.size() - open.size() + " of " + planned.size() + " runs are stored");
    }
    readAndCheck(open);
    learn(stored);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      Planned each = open.get(i);
      lines.accept("run " + (i + 1) + " of " + open.size() + ": " + each.key());
      try {
        one(each, open.subList(i + 1, open.size()));
      } catch (RuntimeException e) {
        lines.accept("failed: " + e);
        failures.add(each.key() + ": " + e.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new FailedRunsException(failures);
    }
    List<ProtocolRun> now = store.runs();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Planned each : planned) {
      now.stream().filter(run -> same(run, each)).forEach(run -> rows.addAll(run.rows()));
    }
    return rows;
  }

  private static boolean same(ProtocolRun run, Planned planned) {
    return run.key().equals(planned.key()) && run.settings().equals(planned.settings());
  }

  private ProtocolData data(ProtocolSet set) {
    ProtocolData found = data.get(set);
    if (found == null) {
      throw new IllegalStateException(set.label() + ": expected it to be read before");
    }
    return found;
  }

  /** All sets and cells before the first hour of work. */
  private void readAndCheck(List<Planned> open) throws IOException {
    EnumSet<ProtocolSet> sets = EnumSet.noneOf(ProtocolSet.class);
    open.forEach(each -> sets.add(each.key().cell().set()));
    for (ProtocolSet set : sets) {
      data.put(set, source.read(set));
    }
    for (Planned each : open) {
      ProtocolCell cell = each.key().cell();
      for (ProtocolPart part : ProtocolPart.values()) {
        data(cell.set()).windows(part, cell.lookback(), cell.horizon());
      }
    }
  }

  private void learn(List<ProtocolRun> stored) {
    for (ProtocolRun run : stored) {
      if (data.containsKey(run.key().cell().set())) {
        timeLeft.learn(run.key().model(), work(run.key().cell()), run.seconds());
      }
    }
  }

  private double work(ProtocolCell cell) {
    ProtocolData own = data(cell.set());
    return TimeLeft.work(cell, own.channels(), own.split().trainEnd());
  }

  private void one(Planned planned, List<Planned> after) throws IOException {
    ProtocolRun.Key key = planned.key();
    ProtocolCell cell = key.cell();
    ProtocolData own = data(cell.set());
    List<Task> tasks =
        after.stream().map(each -> new Task(each.key().model(), work(each.key().cell()))).toList();
    long start = nanoTime.getAsLong();
    ProgressListener progress = (done, what) -> lines.accept(line(done, what, start, tasks));
    try (ProtocolForecaster forecaster =
        planned.model().fit(cell, own.withoutTest(), key.seed(), progress)) {
      Score validation =
          Score.of(
                  forecaster, own.windows(ProtocolPart.VALIDATION, cell.lookback(), cell.horizon()))
              .get(Counting.ALL);
      if (validation == null) {
        throw new IllegalStateException(cell + ": expected windows in the validation part");
      }
      Map<Counting, Score> test =
          Score.of(forecaster, own.windows(ProtocolPart.TEST, cell.lookback(), cell.horizon()));
      double seconds = (nanoTime.getAsLong() - start) / 1e9;
      store.put(
          new ProtocolRun(key, planned.settings(), test, validation, seconds, forecaster.facts()));
      timeLeft.learn(key.model(), work(cell), seconds);
      lines.accept(
          String.format(
              Locale.ROOT,
              "stored in %s: validation MSE %.4f, MAE %.4f%s",
              TimeLeft.clock(seconds),
              validation.mse(),
              validation.mae(),
              left(timeLeft.of(tasks))));
    }
  }

  private String line(double done, String what, long start, List<Task> tasks) {
    double gone = (nanoTime.getAsLong() - start) / 1e9;
    if (!(done > 0)) {
      return what;
    }
    double own = gone * (1 - done) / done;
    OptionalDouble others = timeLeft.of(tasks);
    String all = others.isPresent() ? left(OptionalDouble.of(own + others.getAsDouble())) : "";
    return what + "; " + TimeLeft.clock(own) + " left of this run" + all;
  }

  private static String left(OptionalDouble seconds) {
    return seconds.isPresent() && seconds.getAsDouble() > 0
        ? ", some " + TimeLeft.clock(seconds.getAsDouble()) + " left of all"
        : "";
  }

  /** Some runs failed. */
  public static final class FailedRunsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedRunsException(List<String> failures) {
      super(
          "protocol: expected every run to end, found "
              + failures.size()
              + " that failed; all others are stored: "
              + String.join("; ", failures));
    }
  }
}
