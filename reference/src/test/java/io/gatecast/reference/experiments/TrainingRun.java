package io.gatecast.reference.experiments;

import io.gatecast.reference.GradientFlow;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Adam;
import io.gatecast.reference.training.Clipping;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Loss;
import io.gatecast.reference.training.Objective;
import io.gatecast.reference.training.OptimizerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One training of one network on one memory task: Adam on fresh sequences for a fixed number of
 * updates, the global norm of each gradient clipped to 1.
 *
 * <p>Of the weights met at the checkpoints, those with the least validation error are tested. Equal
 * settings give equal bits; nothing is shared between runs.
 *
 * @param task the task
 * @param contender the network
 * @param length T of the task
 * @param seed of the initial weights and of the sequences to train on
 * @param learningRate of Adam
 * @param updates how many; a multiple of {@link #CHECK}
 */
record TrainingRun(
    MemoryTask task, Contender contender, int length, long seed, double learningRate, int updates) {
  static final int HIDDEN = 24;
  static final int BATCH = 10;

  /** Updates between two checkpoints. */
  static final int CHECK = 100;

  static final int VALIDATION_SEQUENCES = 50;
  static final int TEST_SEQUENCES = 200;
  private static final long VALIDATION_SEED = 1_001;
  private static final long TEST_SEED = 1_002;

  /** In place of an effective memory: the norm never falls to 1 % within the sequence. */
  static final int WHOLE_SEQUENCE = -1;

  /**
   * What a run came to. NaN if the network diverged.
   *
   * @param validation the error at each checkpoint, as a share of the task's baseline
   * @param test the error on sequences never seen, as a share of the baseline's on the same ones
   * @param right the share of test answers whose largest output is the right symbol; NaN where
   *     answers are no symbols
   * @param memoryBefore the effective memory before training, in steps, or {@link #WHOLE_SEQUENCE}
   * @param memoryAfter the effective memory of the tested weights
   */
  record Outcome(
      List<Double> validation, double test, double right, int memoryBefore, int memoryAfter) {
    /** The least error of a checkpoint; NaN if there is none. */
    double best() {
      return validation.stream().filter(Double::isFinite).reduce(Math::min).orElse(Double.NaN);
    }
  }

  Outcome train() {
    List<Example> validation = task.draw(VALIDATION_SEQUENCES, length, new Random(VALIDATION_SEED));
    List<Example> test = task.draw(TEST_SEQUENCES, length, new Random(TEST_SEED));
    ReferenceNetwork start =
        contender.network(
            task.inputSize(), HIDDEN, task.outputSize(), task.readout(), length, seed);
    Objective objective = new Objective(new Loss.Squared());
    Clipping clipping = new Clipping.ByGlobalNorm(1);
    OptimizerState state = new Adam(learningRate).start();
    Random random = new Random(seed);

    List<Double> errors = new ArrayList<>();
    ReferenceNetwork network = start;
    ReferenceNetwork best = start;
    double least = Double.POSITIVE_INFINITY;
    for (int update = 1; update <= updates; update++) {
      Map<String, Tensor> gradient =
          objective.gradient(network, task.draw(BATCH, length, random)).weights();
      network = network.withWeights(state.update(network.weights(), clipping.apply(gradient)));
      if (update % CHECK == 0) {
        double error = objective.value(network, validation) / task.baseline(length);
        errors.add(error);
        if (error < least) {
          least = error;
          best = network;
        }
      }
    }
    return new Outcome(
        List.copyOf(errors),
        objective.value(best, test) / task.baseline(length) / baselineOnTestSequences(),
        right(best, test),
        effectiveMemory(start, test.get(0)),
        effectiveMemory(best, test.get(0)));
  }

  /**
   * What the baseline costs on the very test sequences, as a share of what it costs in the mean.
   * Always saying 1 costs more or less by chance; the answers of copy-memory cost the same for
   * every symbol.
   */
  double baselineOnTestSequences() {
    if (task != MemoryTask.ADDING) {
      return 1;
    }
    double sum = 0;
    for (Example example : task.draw(TEST_SEQUENCES, length, new Random(TEST_SEED))) {
      double error = example.targets().get(0, 0) - 1;
      sum += error * error;
    }
    return sum / TEST_SEQUENCES / task.baseline(length);
  }

  private double right(ReferenceNetwork network, List<Example> examples) {
    if (task != MemoryTask.COPY) {
      return Double.NaN;
    }
    int right = 0;
    int answers = 0;
    for (Example example : examples) {
      List<Tensor> outputs = network.forward(example.x().rows(), network.initialStates()).outputs();
      double[][] targets = example.targets().rows();
      for (int t = targets.length - MemoryTask.SYMBOLS; t < targets.length; t++) {
        answers++;
        if (largest(outputs.get(t).values()) == largest(targets[t])) {
          right++;
        }
      }
    }
    return (double) right / answers;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] > values[largest]) {
        largest = k;
      }
    }
    return largest;
  }

  private static int effectiveMemory(ReferenceNetwork network, Example example) {
    NetworkPass pass = network.forward(example.x().rows(), network.initialStates());
    GradientFlow flow = GradientFlow.of(network, pass, example.targets().rows()).get(0);
    return flow.effectiveMemory().orElse(WHOLE_SEQUENCE);
  }
}
