package io.gatecast.core.spec;

/**
 * How the learning rate changes during training: a factor on the optimiser's, as a pure function of
 * the step. Immutable and valid by construction.
 *
 * <p>Durations are in epochs, so that a schedule does not depend on the number of windows.
 */
public sealed interface ScheduleSpec {
  /**
   * The factor for one step.
   *
   * @param step steps made before it, from 0, over all epochs
   * @param stepsPerEpoch at least 1
   * @param epochs the most that training may run
   * @return a factor in [0, 1]
   */
  double factor(long step, long stepsPerEpoch, int epochs);

  /** The same learning rate throughout. */
  record Constant() implements ScheduleSpec {
    @Override
    public double factor(long step, long stepsPerEpoch, int epochs) {
      return 1;
    }
  }

  /**
   * The rate falls by a factor at once, every so many epochs.
   *
   * @param every epochs between the falls, at least 1
   * @param decay what it is multiplied by, in (0, 1]
   */
  record Step(int every, double decay) implements ScheduleSpec {
    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming the argument, its bound and the value found
     */
    public Step {
      Bounds.atLeastOne("every", every);
      Bounds.shareAboveZero("decay", decay);
    }

    @Override
    public double factor(long step, long stepsPerEpoch, int epochs) {
      long falls = step / (stepsPerEpoch * every);
      return StrictMath.pow(decay, (double) falls);
    }
  }

  /**
   * The rate falls by a factor an epoch, a little with every step.
   *
   * @param decay what it is multiplied by over an epoch, in (0, 1]
   */
  record Exponential(double decay) implements ScheduleSpec {
    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming the argument, its bound and the value found
     */
    public Exponential {
      Bounds.shareAboveZero("decay", decay);
    }

    @Override
    public double factor(long step, long stepsPerEpoch, int epochs) {
      return StrictMath.pow(decay, (double) step / stepsPerEpoch);
    }
  }

  /**
   * The rate rises in a line during a warm-up, reaches the optimiser's with the warm-up's last
   * step, and falls along half a cosine to a last value, which the step after the last would have
   * (Loshchilov and Hutter, 2017, without restarts).
   *
   * @param warmUp epochs of the rise, at least 0 and finite; parts of an epoch are allowed
   * @param last the factor at the end, in [0, 1]
   */
  record Cosine(double warmUp, double last) implements ScheduleSpec {
    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming the argument, its bound and the value found
     */
    public Cosine {
      Bounds.notNegative("warmUp", warmUp);
      Bounds.share("last", last);
    }

    @Override
    public double factor(long step, long stepsPerEpoch, int epochs) {
      long total = stepsPerEpoch * epochs;
      long rising = Math.round(warmUp * stepsPerEpoch);
      if (step < rising) {
        return (step + 1.0) / rising;
      }
      double done = Math.min(1, (double) (step - rising) / Math.max(1, total - rising));
      return last + (1 - last) * (1 + StrictMath.cos(StrictMath.PI * done)) / 2;
    }
  }
}
