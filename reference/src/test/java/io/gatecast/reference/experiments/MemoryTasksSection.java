package io.gatecast.reference.experiments;

import static io.gatecast.reference.experiments.Markdown.claim;
import static io.gatecast.reference.experiments.MemoryTask.ADDING;
import static io.gatecast.reference.experiments.MemoryTask.COPY;
import static io.gatecast.reference.experiments.MemoryTasksExperiment.LENGTHS;

import io.gatecast.reference.experiments.MemoryResults.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page's part on the adding problem and copy-memory: definitions, tables, pictures. */
final class MemoryTasksSection {
  private static final int LONGEST = 200;

  private final MemoryResults results;
  private final Path pictures;

  private MemoryTasksSection(MemoryResults results, Path pictures) {
    this.results = results;
    this.pictures = pictures;
  }

  static void write(Markdown page, MemoryResults results, Path pictures) throws IOException {
    MemoryTasksSection section = new MemoryTasksSection(results, pictures);
    page.heading(2, "Two tasks that need memory");
    writeDefinitions(page);
    writeSettings(page);
    section.writeAdding(page);
    section.writeCopy(page);
    section.writeMemory(page);
    section.writeRates(page);
  }

  private static void writeDefinitions(Markdown page) {
    page.list(
        List.of(
            "**Adding problem** (Hochreiter and Schmidhuber 1997, as in Le, Jaitly and Hinton 2015):"
                + " each of T steps shows a number, uniform in [0, 1), and a marker; one step in each"
                + " half is marked. Wanted after the last step: the sum of the two marked numbers."
                + " Baseline: always 1, with a mean squared error of 1/6.",
            "**Copy-memory** (Arjovsky, Shah and Bengio 2016), reduced, as this oracle has no softmax:"
                + " 3 symbols out of 8, one at each of the first steps, then T empty steps of which the"
                + " last says \"go\", then 3 steps at which the symbols are wanted back in order. One"
                + " linear output for each symbol; squared error against 1 for the right one and 0"
                + " elsewhere, and against 0 at all earlier steps. Each symbol must be held for T + 3"
                + " steps. Baseline: 0 until \"go\", then 1/8 for each symbol, with a mean squared error"
                + " of 7/64 · 3 / (T + 6); guessing is right in 1 of 8 answers."));
  }

  private static void writeSettings(Markdown page) {
    page.paragraph(
        "One layer of "
            + TrainingRun.HIDDEN
            + " hidden units and a linear head; Adam, batch "
            + TrainingRun.BATCH
            + ", "
            + Numbers.count(MemoryTasksExperiment.UPDATES)
            + " updates, each on fresh sequences, global norm clipped to 1. The learning rate is chosen"
            + " for each task, network and length among "
            + MemoryTasksExperiment.RATES.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "))
            + " by the least validation error of a run from a seed that is used for nothing else (at T ="
            + " 200, for time, of its first "
            + MemoryTasksExperiment.updatesToChoose(LONGEST)
            + " updates). Of each run the weights with the least validation error (every "
            + TrainingRun.CHECK
            + " updates, "
            + TrainingRun.VALIDATION_SEQUENCES
            + " sequences) are tested on "
            + TrainingRun.TEST_SEQUENCES
            + " sequences never seen. Errors are shares of the baseline's on the same sequences: 1 is no"
            + " memory at all. Tables"
            + " give the median and, in brackets, the least and the largest of "
            + MemoryTasksExperiment.seeds(10).size()
            + " seeds ("
            + MemoryTasksExperiment.seeds(LONGEST).size()
            + " at T = "
            + LONGEST
            + ").");
    page.list(
        List.of(
            "**RNN**: tanh, U orthogonal. **GRU**, **LSTM**: as above, forget bias 1.",
            "**RNN, ReLU, identity**: U starts as the identity (Le, Jaitly and Hinton 2015).",
            "**chrono**: as above, with T the task's length."));
  }

  private void writeAdding(Markdown page) throws IOException {
    page.heading(3, "Adding problem: test error / baseline");
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      List<String> cells =
          new ArrayList<>(List.of(contender.title(), parameters(ADDING, contender)));
      LENGTHS.forEach(length -> cells.add(error(ADDING, contender, length)));
      rows.add(cells);
    }
    page.table(List.of("network", "parameters", "T = 10", "T = 50", "T = 200"), rows);
    page.picture("Adding problem, error by length", drawErrors(ADDING, 1e-4, 10, true));
    page.picture("Adding problem, learning curves at T = 200", drawCurves());
  }

  private void writeCopy(Markdown page) throws IOException {
    page.heading(3, "Copy-memory: test error / baseline, and symbols right");
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      List<String> cells = new ArrayList<>(List.of(contender.title(), parameters(COPY, contender)));
      for (int length : LENGTHS) {
        cells.add(error(COPY, contender, length));
        cells.add(Numbers.percent(results.right(contender, length)));
      }
      rows.add(cells);
    }
    page.table(
        List.of("network", "parameters", "T = 10", "right", "T = 50", "right", "T = 200", "right"),
        rows);
    page.paragraph(
        "An error of 2/3 is that of a network that knows one of the three symbols for sure and guesses"
            + " the others.");
    page.picture("Copy-memory, error by length", drawErrors(COPY, 0, 1.2, false));
  }

  private void writeMemory(Markdown page) {
    page.heading(3, "What training does to the memory");
    page.paragraph(
        "The effective memory in steps, before → after training, T = "
            + LONGEST
            + ", on the first test sequence, first seed; \"all\" means that the norm never falls to"
            + " 1 %.");
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      List<String> cells = new ArrayList<>(List.of(contender.title()));
      for (MemoryTask task : MemoryTask.values()) {
        TrainingRun.Outcome outcome = results.answer(task, contender, LONGEST).first();
        cells.add(memory(outcome.memoryBefore()) + " → " + memory(outcome.memoryAfter()));
        cells.add(Numbers.of(outcome.test()));
      }
      rows.add(cells);
    }
    page.table(List.of("network", "adding problem", "its error", "copy-memory", "its error"), rows);
    page.paragraph(
        claim(
            Stream.of(Contender.values())
                .map(this::adding)
                .filter(outcome -> outcome.test() < 0.1)
                .allMatch(outcome -> outcome.memoryAfter() == TrainingRun.WHOLE_SEQUENCE),
            "Every network that solved the adding problem (error below 0.1) ended with a memory that"
                + " spans the sequence,"),
        claim(
            adding(Contender.GRU).test() < 0.1
                && adding(Contender.GRU).memoryBefore() < 50
                && adding(Contender.GRU).memoryBefore() != TrainingRun.WHOLE_SEQUENCE,
            "and the GRU built its own: it began with "
                + memory(adding(Contender.GRU).memoryBefore())
                + " steps."),
        claim(
            lostMemory(Contender.RNN) && lostMemory(Contender.LSTM),
            "The RNN and the LSTM, which stayed at the baseline, ended with *less* than they began"
                + " with. A likely reason: a memory that does not help yet is noise in the output, and"
                + " the gradient teaches the network to forget before it has learned what to keep."));
  }

  private TrainingRun.Outcome adding(Contender contender) {
    return results.answer(ADDING, contender, LONGEST).first();
  }

  private boolean lostMemory(Contender contender) {
    TrainingRun.Outcome outcome = adding(contender);
    return outcome.test() > 0.9
        && outcome.memoryAfter() != TrainingRun.WHOLE_SEQUENCE
        && (outcome.memoryBefore() == TrainingRun.WHOLE_SEQUENCE
            || outcome.memoryAfter() < outcome.memoryBefore());
  }

  private void writeRates(Markdown page) {
    page.heading(3, "Learning rates chosen");
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      List<String> cells = new ArrayList<>(List.of(contender.title()));
      for (MemoryTask task : MemoryTask.values()) {
        for (int length : LENGTHS) {
          cells.add(String.valueOf(results.answer(task, contender, length).learningRate()));
        }
      }
      rows.add(cells);
    }
    page.table(List.of("network", "adding, 10", "50", "200", "copy, 10", "50", "200"), rows);
  }

  private static String memory(int steps) {
    return steps == TrainingRun.WHOLE_SEQUENCE ? "all" : Integer.toString(steps);
  }

  private static String parameters(MemoryTask task, Contender contender) {
    return Numbers.count(
        contender
            .network(task.inputSize(), TrainingRun.HIDDEN, task.outputSize(), task.readout(), 10, 1)
            .parameters());
  }

  private String error(MemoryTask task, Contender contender, int length) {
    return Numbers.medianAndRange(results.answer(task, contender, length).errors());
  }

  private String drawErrors(MemoryTask task, double least, double largest, boolean logarithmic)
      throws IOException {
    Picture picture =
        new Picture(
                "The " + task.title() + ", three lengths",
                "length T (steps)",
                "test error / baseline (median)",
                least,
                largest,
                logarithmic)
            .categories(LENGTHS.stream().map(String::valueOf).toList());
    for (Contender contender : Contender.values()) {
      picture.points(
          contender.title(),
          Picture.Ink.of(contender),
          LENGTHS.stream().map(length -> results.error(task, contender, length)).toList());
    }
    return save(picture, task == ADDING ? "adding-problem.svg" : "copy-memory.svg");
  }

  private String drawCurves() throws IOException {
    Picture picture =
        new Picture(
                "The adding problem at T = " + LONGEST + ", first seed",
                "updates",
                "validation error / baseline",
                1e-4,
                10,
                true)
            .upTo(MemoryTasksExperiment.UPDATES);
    for (Contender contender : Contender.values()) {
      Answer answer = results.answer(ADDING, contender, LONGEST);
      // No checkpoint at 0 updates.
      List<Double> errors = new ArrayList<>(List.of(Double.NaN));
      errors.addAll(answer.first().validation());
      picture.line(contender.title(), Picture.Ink.of(contender), TrainingRun.CHECK, errors);
    }
    return save(picture, "adding-problem-learning.svg");
  }

  private String save(Picture picture, String file) throws IOException {
    picture.save(pictures.resolve(file));
    return pictures.getFileName() + "/" + file;
  }
}
