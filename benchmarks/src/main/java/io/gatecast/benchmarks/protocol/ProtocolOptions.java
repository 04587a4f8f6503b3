package io.gatecast.benchmarks.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The command line's options of {@code ./benchmarks/run protocol}. */
public final class ProtocolOptions {
  private static final List<Integer> HORIZONS = List.of(96, 192, 336, 720);

  @Option(
      names = "--set",
      split = ",",
      paramLabel = "SET",
      description = "protocol: any of ETTh1, ETTm1, Weather, Exchange (default: all).")
  private List<String> sets = List.of();

  @Option(
      names = "--lookback",
      split = ",",
      paramLabel = "STEPS",
      description = "protocol: look-backs (default: 96).")
  private List<Integer> lookbacks = List.of();

  @Option(
      names = "--horizon",
      split = ",",
      paramLabel = "STEPS",
      description = "protocol: horizons (default: 96,192,336,720).")
  private List<Integer> horizons = List.of();

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "MODEL",
      description = "protocol: models (default: repeat-last; a wrong name lists them all).")
  private List<String> models = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      description = "protocol: seeds of models that have randomness (default: 1,2,3).")
  private List<Long> seeds = List.of();

  @Option(names = "--again", description = "protocol: run what is stored, too.")
  private boolean again;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "protocol: results (default: benchmarks/protocol.json).")
  private Path store = Path.of("");

  @Option(
      names = "--report",
      description = "protocol: run nothing; write the table in README.md from what is stored.")
  private boolean report;

  @Option(
      names = "--peer",
      description =
          "protocol: run nothing; time the training of networks of segments against PyTorch's.")
  private boolean peer;

  /** As picocli makes it. */
  public ProtocolOptions() {}

  /** Whether any was given. */
  public boolean given() {
    return report || peer || !store.toString().isEmpty() || toRun();
  }

  /** Whether what is stored is run, too. */
  public boolean again() {
    return again;
  }

  /**
   * Whether trainings are timed against PyTorch's.
   *
   * @throws IllegalArgumentException beside what is of stored runs
   */
  public boolean peer() {
    if (peer && (report || again || !store.toString().isEmpty())) {
      throw new IllegalArgumentException(
          "--peer: expected none of --report, --again and --store, as it runs and stores nothing");
    }
    return peer;
  }

  /**
   * Whether only the table is written.
   *
   * @throws IllegalArgumentException if something to run was chosen, too
   */
  public boolean report() {
    if (report && toRun()) {
      throw new IllegalArgumentException("--report: expected no other option than --store");
    }
    return report;
  }

  private boolean toRun() {
    return again
        || !(sets.isEmpty()
            && lookbacks.isEmpty()
            && horizons.isEmpty()
            && models.isEmpty()
            && seeds.isEmpty());
  }

  /**
   * Where results are.
   *
   * @param caller the folder that the caller stands in
   */
  public Path store(Path caller) {
    return store.toString().isEmpty()
        ? Path.of("benchmarks", "protocol.json")
        : caller.resolve(store);
  }

  /**
   * What to run.
   *
   * @param known all models
   * @throws IllegalArgumentException if a name is unknown or a number too small
   */
  public Protocol.Order order(ProtocolModels known) {
    Set<ProtocolSet> chosenSets = new LinkedHashSet<>();
    sets.forEach(set -> chosenSets.add(ProtocolSet.named(set)));
    Set<ProtocolModel> chosenModels = new LinkedHashSet<>();
    for (String model : models.isEmpty() ? List.of("repeat-last") : models) {
      chosenModels.addAll(known.named(model));
    }
    for (long seed : seeds) {
      if (seed < 1) {
        throw new IllegalArgumentException("--seeds: expected at least 1, found " + seed);
      }
    }
    Protocol.Order order =
        new Protocol.Order(
            chosenSets.isEmpty() ? List.of(ProtocolSet.values()) : List.copyOf(chosenSets),
            distinct(lookbacks.isEmpty() ? List.of(96) : lookbacks),
            distinct(horizons.isEmpty() ? HORIZONS : horizons),
            new ArrayList<>(chosenModels),
            distinct(seeds.isEmpty() ? List.of(1L, 2L, 3L) : seeds));
    order.planned(); // numbers that are too small are refused here
    return order;
  }

  private static <T> List<T> distinct(List<T> values) {
    return values.stream().distinct().toList();
  }
}
