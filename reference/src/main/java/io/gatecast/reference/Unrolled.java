package io.gatecast.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A cell unrolled over a sequence: the one class that owns time, forward and backward.
 *
 * <p>It carries the state from step to step, and its gradient from step to step back, and knows no
 * equation. It has no batch, no mask and no state of its own: a sequence is continued by passing
 * the last step's state.
 *
 * <p>Backpropagation through time, with {@code s_t} the state and {@code L} the loss:
 *
 * <pre>
 * ∂L/∂s_t = ∂L/∂s_t by the outputs at t + (∂s_{t+1}/∂s_t)^T ∂L/∂s_{t+1}        t = T, ..., 1
 * ∂L/∂θ   = Σ_t (∂s_t/∂θ)^T ∂L/∂s_t
 * </pre>
 *
 * <p>Papers: P. J. Werbos, <i>Backpropagation Through Time: What It Does and How to Do It</i>,
 * Proceedings of the IEEE 78, 1990; truncated: R. J. Williams and J. Peng, <i>An Efficient
 * Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories</i>, Neural
 * Computation 2, 1990, in the form BPTT(k; k): the sequence is cut into pieces of k steps.
 *
 * @param cell the cell that is applied at every step
 */
public record Unrolled(RecurrentCell cell) {
  /**
   * Runs the cell over a sequence.
   *
   * @param x the inputs, of shape {@code [time][input]}; a time of 0 gives no steps
   * @param initial the state before the first step, of the cell's kind and size
   * @return the pass, with one step for each input in order of time
   * @throws IllegalArgumentException if an input or the state has another shape or kind than the
   *     cell's; the message names the argument and the step, the expected and the found
   */
  public SequencePass forward(double[][] x, State initial) {
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
    return new SequencePass(Arrays.stream(x).map(Tensor::vector).toList(), initial, steps);
  }

  /**
   * Full backpropagation through time.
   *
   * @param pass what {@link #forward} gave for this cell, with at least one step
   * @param hidden ∂L/∂h_t by way of what reads h_t directly (the layer above, the head), of shape
   *     {@code [time][hidden]}; zeros where nothing reads it
   * @param last ∂L/∂(the last state) by way of what reads it beside that, such as a continued
   *     sequence; {@link RecurrentCell#initialState} for nothing
   * @return the gradients of the inputs, the states and the weights
   * @throws IllegalArgumentException if there is no step, or a gradient has another shape or kind;
   *     the message names the argument, the expected and the found
   */
  public SequenceGradient backward(SequencePass pass, double[][] hidden, State last) {
    return backwardTruncated(pass, hidden, last, Integer.MAX_VALUE);
  }

  /**
   * Truncated backpropagation through time: the sequence is cut after every k steps. States flow
   * over a cut, gradients do not, so that the result is the gradient of the graph in which the
   * state at each cut is a constant.
   *
   * @param pass what {@link #forward} gave for this cell, with at least one step
   * @param hidden ∂L/∂h_t by way of what reads h_t directly, of shape {@code [time][hidden]}
   * @param last ∂L/∂(the last state) by way of what reads it beside that
   * @param k the number of steps between two cuts, counted from the first step; at least 1
   * @return the gradients; {@code states} at a cut holds only what comes from that state's own
   *     outputs
   * @throws IllegalArgumentException if there is no step, k is below 1, or a gradient has another
   *     shape or kind; the message names the argument, the expected and the found
   */
  public SequenceGradient backwardTruncated(
      SequencePass pass, double[][] hidden, State last, int k) {
    if (pass.time() == 0) {
      throw new IllegalArgumentException("pass: expected at least 1 step, found 0");
    }
    if (k < 1) {
      throw new IllegalArgumentException("k: expected at least 1 step, found " + k);
    }
    if (hidden.length != pass.time()) {
      throw new IllegalArgumentException(
          "hidden: expected " + pass.time() + " steps, found " + hidden.length);
    }
    for (int t = 0; t < hidden.length; t++) {
      Shapes.requireLength("hidden[" + t + "]", hidden[t], cell.hiddenSize());
    }

    GradientSum sum = new GradientSum();
    List<Tensor> x = new ArrayList<>();
    List<State> states = new ArrayList<>();
    State fromLater = last;
    for (int t = pass.time() - 1; t >= 0; t--) {
      State total = fromLater.plusHidden(hidden[t]);
      StepGradient gradient =
          cell.backward(pass.x().get(t).values(), pass.before(t), pass.steps().get(t), total, sum);
      states.add(total);
      x.add(gradient.x());
      boolean cutBefore = t > 0 && t % k == 0;
      fromLater = cutBefore ? cell.initialState() : gradient.previous();
    }
    Collections.reverse(x);
    Collections.reverse(states);
    return new SequenceGradient(List.copyOf(x), fromLater, List.copyOf(states), sum.tensors());
  }
}
