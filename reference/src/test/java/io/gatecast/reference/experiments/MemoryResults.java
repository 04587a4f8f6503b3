package io.gatecast.reference.experiments;

import java.util.List;
import java.util.Map;

/**
 * What the memory tasks came to, to be asked by task, network and length.
 *
 * @param answers one for each question
 */
record MemoryResults(Map<Question, Answer> answers) {
  /** A question of the experiment: this task, this network, this length T. */
  record Question(MemoryTask task, Contender contender, int length) {}

  /** Its answer: the chosen learning rate, and one outcome for each seed. */
  record Answer(double learningRate, List<TrainingRun.Outcome> outcomes) {
    /** The test errors as shares of the baseline, the least first; one that diverged comes last. */
    List<Double> errors() {
      return outcomes.stream().map(TrainingRun.Outcome::test).sorted().toList();
    }

    /** The median test error; of two, the mean. */
    double error() {
      return Numbers.median(errors());
    }

    /** The median share of right answers. */
    double right() {
      return Numbers.median(outcomes.stream().map(TrainingRun.Outcome::right).sorted().toList());
    }

    /** The outcome of the first seed. */
    TrainingRun.Outcome first() {
      return outcomes.get(0);
    }
  }

  Answer answer(MemoryTask task, Contender contender, int length) {
    Answer answer = answers.get(new Question(task, contender, length));
    if (answer == null) {
      throw new IllegalStateException(
          "answer: expected one for " + task + ", " + contender + ", " + length + ", found none");
    }
    return answer;
  }

  /** The median test error as a share of the baseline. */
  double error(MemoryTask task, Contender contender, int length) {
    return answer(task, contender, length).error();
  }

  /** The median share of right symbols. */
  double right(Contender contender, int length) {
    return answer(MemoryTask.COPY, contender, length).right();
  }
}
