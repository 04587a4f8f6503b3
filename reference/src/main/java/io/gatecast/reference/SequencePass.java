package io.gatecast.reference;

import java.util.List;

/**
 * One cell's way over a sequence: what went in, and every step. Backpropagation needs all of it.
 *
 * @param x the inputs, one vector of shape {@code [input]} for each step
 * @param initial the state before the first step
 * @param steps the steps in order of time, as many as inputs
 */
public record SequencePass(List<Tensor> x, State initial, List<Step> steps) {
  /**
   * Checks that each input has its step, and copies the lists.
   *
   * @param x the inputs, one vector of shape {@code [input]} for each step
   * @param initial the state before the first step
   * @param steps the steps in order of time
   * @throws IllegalArgumentException if there are not as many steps as inputs
   */
  public SequencePass {
    if (x.size() != steps.size()) {
      throw new IllegalArgumentException(
          "steps: expected " + x.size() + ", one for each input, found " + steps.size());
    }
    x = List.copyOf(x);
    steps = List.copyOf(steps);
  }

  /**
   * The number of steps.
   *
   * @return the length T of the sequence
   */
  public int time() {
    return steps.size();
  }

  /**
   * The state that a step started from.
   *
   * @param t the step, from 0
   * @return the initial state for the first step, else the state after the step before
   */
  public State before(int t) {
    return t == 0 ? initial : steps.get(t - 1).state();
  }

  /**
   * The state after the last step, from which a longer sequence goes on.
   *
   * @return the state; the initial one if there are no steps
   */
  public State last() {
    return before(time());
  }

  /**
   * The hidden vectors, which the layer above reads.
   *
   * @return copies, of shape {@code [time][hidden]}
   */
  public double[][] hidden() {
    return steps.stream().map(step -> step.state().h()).toArray(double[][]::new);
  }
}
