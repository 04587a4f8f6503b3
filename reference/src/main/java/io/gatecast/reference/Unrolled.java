package io.gatecast.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell unrolled over a sequence: the one class that owns time.
 *
 * <p>It carries the state from step to step and knows no equation. It has no batch, no mask and no
 * state of its own: a sequence is continued by passing the last step's state.
 *
 * @param cell the cell that is applied at every step
 */
public record Unrolled(RecurrentCell cell) {
  /**
   * Runs the cell over a sequence.
   *
   * @param x the inputs, of shape {@code [time][input]}; a time of 0 gives no steps
   * @param initial the state before the first step, of the cell's kind and size
   * @return the steps, one for each input, in order of time; unmodifiable
   * @throws IllegalArgumentException if an input or the state has another shape or kind than the
   *     cell's; the message names the argument and the step, the expected and the found
   */
  public List<Step> forward(double[][] x, State initial) {
    for (int t = 0; t < x.length; t++) {
      Shapes.requireLength("x[" + t + "]", x[t], cell.inputSize());
    }
    List<Step> steps = new ArrayList<>();
    State state = initial;
    for (double[] xAtStep : x) {
      Step step = cell.step(xAtStep, state);
      steps.add(step);
      state = step.state();
    }
    return List.copyOf(steps);
  }
}
