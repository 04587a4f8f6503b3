package io.gatecast.benchmarks.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Runs of one cell, model and settings, over their seeds.
 *
 * @param cell the task
 * @param model its name
 * @param settings of all of them
 * @param runs by seed, at least one
 */
record ProtocolSummary(ProtocolCell cell, String model, String settings, List<ProtocolRun> runs) {
  ProtocolSummary {
    runs = List.copyOf(runs);
  }

  /** What runs have in common. */
  private record Group(ProtocolCell cell, String model, String settings) {}

  /** Mean, least and most. */
  record Spread(double mean, double least, double most) {}

  /** Summarises, in the order of first runs. */
  static List<ProtocolSummary> of(List<ProtocolRun> runs) {
    Map<Group, List<ProtocolRun>> groups = new LinkedHashMap<>();
    for (ProtocolRun run : runs) {
      Group group = new Group(run.key().cell(), run.key().model(), run.settings());
      groups.computeIfAbsent(group, any -> new ArrayList<>()).add(run);
    }
    List<ProtocolSummary> summaries = new ArrayList<>();
    groups.forEach(
        (group, own) -> {
          own.sort(Comparator.comparing(run -> run.key().seed()));
          summaries.add(new ProtocolSummary(group.cell(), group.model(), group.settings(), own));
        });
    return summaries;
  }

  /** Whether the runs have a seed: without, there is but one. */
  boolean seeded() {
    return runs.get(0).key().seed() != 0;
  }

  /** Test error by a rule; none if some run has no score of it. */
  Optional<Spread> test(Counting counting, ToDoubleFunction<Score> error) {
    List<Score> scores = new ArrayList<>();
    for (ProtocolRun run : runs) {
      Score score = run.test().get(counting);
      if (score == null) {
        return Optional.empty();
      }
      scores.add(score);
    }
    return Optional.of(
        new Spread(
            scores.stream().mapToDouble(error).average().orElseThrow(),
            scores.stream().mapToDouble(error).min().orElseThrow(),
            scores.stream().mapToDouble(error).max().orElseThrow()));
  }

  /** Mean squared error on the validation part, mean over seeds. */
  double validation() {
    return runs.stream().mapToDouble(run -> run.validation().mse()).average().orElseThrow();
  }

  /** Seconds of a run, mean over seeds. */
  double seconds() {
    return runs.stream().mapToDouble(ProtocolRun::seconds).average().orElseThrow();
  }
}
