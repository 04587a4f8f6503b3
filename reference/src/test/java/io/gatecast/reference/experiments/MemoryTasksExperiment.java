package io.gatecast.reference.experiments;

import io.gatecast.reference.experiments.MemoryResults.Answer;
import io.gatecast.reference.experiments.MemoryResults.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Every contender on both memory tasks at three lengths.
 *
 * <p>The learning rate is chosen for each task, contender and length by the least validation error
 * of runs from a seed that is used for nothing else, so that no network suffers from another's
 * rate. Two threads work on runs that share nothing, so that their number cannot change a result.
 *
 * <p>Each finished run is a line of a CSV file. With {@code -Dexperiments.resume=true} runs that
 * stand there are not repeated; without it the file is begun anew.
 */
final class MemoryTasksExperiment {
  static final List<Integer> LENGTHS = List.of(10, 50, 200);
  static final List<Double> RATES = List.of(0.001, 0.003, 0.01);
  static final int UPDATES = 1_500;
  static final long SEED_TO_CHOOSE = 100;
  private static final int THREADS = 2;

  private final Path file;
  private final Map<TrainingRun, TrainingRun.Outcome> done = new LinkedHashMap<>();

  /**
   * The updates of a run that only helps to choose a rate; fewer at the longest length, for time.
   */
  static int updatesToChoose(int length) {
    return length < 200 ? UPDATES : UPDATES / 3;
  }

  /** The seeds of a length; the longest has fewer, for time. */
  static List<Long> seeds(int length) {
    return length < 200 ? List.of(1L, 2L, 3L) : List.of(1L, 2L);
  }

  private MemoryTasksExperiment(Path file) {
    this.file = file;
  }

  /** Runs everything, or what is left of it. */
  static MemoryResults run(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    MemoryTasksExperiment experiment = new MemoryTasksExperiment(directory.resolve("runs.csv"));
    if (Boolean.getBoolean("experiments.resume") && Files.exists(experiment.file)) {
      Files.readAllLines(experiment.file).forEach(experiment::readLine);
    } else {
      Files.writeString(experiment.file, "");
    }
    return new MemoryResults(experiment.answers());
  }

  private Map<Question, Answer> answers() throws InterruptedException {
    List<Question> questions = new ArrayList<>();
    for (MemoryTask task : MemoryTask.values()) {
      for (Contender contender : Contender.values()) {
        LENGTHS.forEach(length -> questions.add(new Question(task, contender, length)));
      }
    }
    trainAll(
        questions.stream()
            .flatMap(question -> RATES.stream().map(rate -> toChoose(question, rate)))
            .toList());
    Map<Question, Double> rates = new LinkedHashMap<>();
    questions.forEach(question -> rates.put(question, chosenRate(question)));
    List<TrainingRun> runs = new ArrayList<>();
    rates.forEach(
        (question, rate) ->
            seeds(question.length()).forEach(seed -> runs.add(run(question, seed, rate, UPDATES))));
    trainAll(runs);

    Map<Question, Answer> answers = new LinkedHashMap<>();
    rates.forEach(
        (question, rate) ->
            answers.put(
                question,
                new Answer(
                    rate,
                    seeds(question.length()).stream()
                        .map(seed -> outcome(run(question, seed, rate, UPDATES)))
                        .toList())));
    return answers;
  }

  private static TrainingRun run(Question question, long seed, double rate, int updates) {
    return new TrainingRun(
        question.task(), question.contender(), question.length(), seed, rate, updates);
  }

  private static TrainingRun toChoose(Question question, double rate) {
    return run(question, SEED_TO_CHOOSE, rate, updatesToChoose(question.length()));
  }

  private double chosenRate(Question question) {
    Map<Double, Double> rateByError = new TreeMap<>();
    RATES.forEach(rate -> rateByError.putIfAbsent(outcome(toChoose(question, rate)).best(), rate));
    return rateByError.values().iterator().next();
  }

  private TrainingRun.Outcome outcome(TrainingRun run) {
    TrainingRun.Outcome outcome = done.get(run);
    if (outcome == null) {
      throw new IllegalStateException("run: expected it to be done, found no outcome of " + run);
    }
    return outcome;
  }

  /** The longest runs first, so that no thread is idle for long at the end. */
  private void trainAll(List<TrainingRun> runs) throws InterruptedException {
    List<TrainingRun> left =
        runs.stream()
            .filter(run -> !done.containsKey(run))
            .sorted(Comparator.comparingInt(TrainingRun::length).reversed())
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> futures =
          left.stream().<Future<?>>map(run -> pool.submit(() -> keep(run, run.train()))).toList();
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a run failed", failed.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private synchronized void keep(TrainingRun run, TrainingRun.Outcome outcome) {
    done.put(run, outcome);
    List<Object> cells =
        new ArrayList<>(
            List.of(
                run.task(),
                run.contender(),
                run.length(),
                run.seed(),
                run.learningRate(),
                run.updates(),
                outcome.test(),
                outcome.right(),
                outcome.memoryBefore(),
                outcome.memoryAfter()));
    cells.addAll(outcome.validation());
    String line = cells.stream().map(String::valueOf).collect(Collectors.joining(","));
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void readLine(String line) {
    List<String> cells = List.of(line.split(",", -1));
    done.put(
        new TrainingRun(
            MemoryTask.valueOf(cells.get(0)),
            Contender.valueOf(cells.get(1)),
            Integer.parseInt(cells.get(2)),
            Long.parseLong(cells.get(3)),
            Double.parseDouble(cells.get(4)),
            Integer.parseInt(cells.get(5))),
        new TrainingRun.Outcome(
            cells.subList(10, cells.size()).stream().map(Double::valueOf).toList(),
            Double.parseDouble(cells.get(6)),
            Double.parseDouble(cells.get(7)),
            Integer.parseInt(cells.get(8)),
            Integer.parseInt(cells.get(9))));
  }
}
