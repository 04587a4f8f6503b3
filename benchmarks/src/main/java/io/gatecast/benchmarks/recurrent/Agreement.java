package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.weights.NamedWeights;

/**
 * The proof that goes before every timing: two sides given the same weights and the same batch
 * compute the same, up to float's rounding.
 *
 * <p>Of training it holds the weights first read back, the loss of each of the first steps, and how
 * far each tensor has moved in them. The last is there because Adam does not see a gradient's
 * scale: of a wrong gradient only the signs would show, and in the loss they might hide.
 */
public final class Agreement {
  /** Relative to the larger of an output and the outputs' root mean square. */
  static final double OUTPUTS = 1e-4;

  /** Relative to the loss, which moves by 1e-3 and less a step. */
  static final double LOSS = 2e-5;

  /**
   * A tensor's summed difference relative to its summed movement. Not float's rounding alone: where
   * a gradient is all but zero Adam moves by the sign of the noise.
   */
  static final double MOVEMENT = 1e-2;

  /** Adam's step size for the proof: five steps of it show in the loss. */
  public static final double LEARNING_RATE = 0.003;

  private static final int STEPS = 5;

  private final Workload workload;
  private final int threads;
  private final Side left;
  private final Side right;

  private Agreement(Workload workload, int threads, Side left, Side right) {
    this.workload = workload;
    this.threads = threads;
    this.left = left;
    this.right = right;
  }

  /**
   * Proves that outputs agree.
   *
   * @param workload what to run
   * @param threads how many threads each side may use
   * @param left one side
   * @param right the other, whose outputs differences are relative to
   * @throws DisagreementException naming the work, the first output that differs and by how much
   */
  public static void inference(Workload workload, int threads, Side left, Side right) {
    new Agreement(workload, threads, left, right).outputs();
  }

  /**
   * Proves that training agrees.
   *
   * @param workload what to train, with {@link #LEARNING_RATE}
   * @param threads how many threads each side may use
   * @param left one side
   * @param right the other, whose losses and movements differences are relative to
   * @throws DisagreementException naming the work, the step or tensor that differs and by how much
   */
  public static void training(Workload workload, int threads, Side left, Side right) {
    new Agreement(workload, threads, left, right).steps();
  }

  private void outputs() {
    float[] found = outputs(left);
    float[] expected = outputs(right);
    if (found.length != expected.length) {
      throw differ("number of outputs", 0, found.length + " and " + expected.length);
    }
    double squares = 0;
    for (float y : expected) {
      squares += (double) y * y;
    }
    double rms = Math.sqrt(squares / expected.length);
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(rms, Math.abs(expected[i]));
      if (!(Math.abs(found[i] - expected[i]) <= OUTPUTS * scale)) { // a NaN must not pass
        int outputs = workload.size().outputs();
        throw differ(
            "output " + i % outputs + " of window " + i / outputs,
            OUTPUTS,
            apart(found[i], expected[i], scale));
      }
    }
  }

  private float[] outputs(Side side) {
    try (InferenceRun run = side.inference(workload, threads)) {
      run.run();
      return run.outputs();
    }
  }

  private void steps() {
    double[] found = new double[STEPS];
    double[] expected = new double[STEPS];
    NamedWeights leftLast = train(left, found);
    NamedWeights rightLast = train(right, expected);
    for (int step = 0; step < STEPS; step++) {
      if (!(Math.abs(found[step] - expected[step]) <= LOSS * Math.abs(expected[step]))) {
        throw differ(
            "loss after " + step + " steps",
            LOSS,
            apart(found[step], expected[step], expected[step]));
      }
    }
    workload.weights().tensors().keySet().forEach(name -> movement(name, leftLast, rightLast));
  }

  private NamedWeights train(Side side, double[] losses) {
    try (TrainingStep training = side.training(workload, threads)) {
      if (!training.weights().equals(workload.weights())) {
        throw new DisagreementException(
            workload + ", weights before training",
            0,
            side.name() + " and what it was given",
            "others");
      }
      for (int step = 0; step < STEPS; step++) {
        losses[step] = training.step();
      }
      return training.weights();
    }
  }

  private void movement(String tensor, NamedWeights leftLast, NamedWeights rightLast) {
    float[] start = workload.weights().get(tensor).values();
    float[] found = leftLast.get(tensor).values();
    float[] expected = rightLast.get(tensor).values();
    double difference = 0;
    double moved = 0;
    for (int i = 0; i < start.length; i++) {
      difference += Math.abs(found[i] - expected[i]);
      moved += Math.abs(expected[i] - start[i]);
    }
    if (!(difference <= MOVEMENT * moved)) { // a NaN must not pass; both may stand still
      throw differ(
          tensor + " after " + STEPS + " steps",
          MOVEMENT,
          "a mean movement of "
              + moved / start.length
              + " and a mean difference of "
              + difference / start.length);
    }
  }

  private static String apart(double found, double expected, double scale) {
    return found + " and " + expected + ", apart by " + Math.abs(found - expected) / scale;
  }

  private DisagreementException differ(String what, double tolerance, String found) {
    return new DisagreementException(
        workload + ", " + what, tolerance, left.name() + " and " + right.name(), found);
  }
}
