package io.gatecast.reference;

import java.util.List;
import java.util.Map;

/**
 * The simple recurrent network, one step.
 *
 * <pre>
 * h_t = φ(a_t),   a_t = W x_t + U h_{t-1} + b        φ ∈ {tanh, σ, relu}
 * </pre>
 *
 * <p>and backward, with {@code δv} for ∂L/∂v:
 *
 * <pre>
 * δa = δh_t ∘ φ'(a_t)
 * δW += δa x_t^T    δU += δa h_{t-1}^T    δb += δa    δx_t = W^T δa    δh_{t-1} = U^T δa
 * </pre>
 *
 * <p>Paper: J. L. Elman, <i>Finding Structure in Time</i>, Cognitive Science 14, 1990. Variant: the
 * hidden state is fed back (Elman), not the output (Jordan); the output is left to {@link Dense}.
 * It will not normalise, mask or clip.
 */
public final class RnnCell implements RecurrentCell {
  /** The names of the gates, in order. */
  public static final List<String> GATES = List.of("hidden");

  private final Activation activation;
  private final Gate hidden;

  /**
   * A cell with the given weights.
   *
   * @param activation φ
   * @param hidden the weights of the hidden units
   */
  public RnnCell(Activation activation, Gate hidden) {
    this.activation = activation;
    this.hidden = hidden;
  }

  /**
   * A cell from tensors by their canonical names.
   *
   * @param activation φ
   * @param weights the tensors by name: {@code <prefix>hidden.input_weights [hidden, input]},
   *     {@code <prefix>hidden.recurrent_weights [hidden, hidden]}, {@code <prefix>hidden.bias
   *     [hidden]}; names outside the cell's gates are ignored
   * @param prefix what stands before the gate's name, such as {@code "layers.0."} or {@code ""}
   * @return the cell
   * @throws IllegalArgumentException if a tensor is missing, has another shape, or is an unknown
   *     parameter of one of the cell's gates; the message names it
   */
  public static RnnCell fromWeights(
      Activation activation, Map<String, Tensor> weights, String prefix) {
    List<Gate> gates = new NamedTensors(weights, prefix).gatesInOrder(new CellKind.Rnn(activation));
    return new RnnCell(activation, gates.get(0));
  }

  @Override
  public int inputSize() {
    return hidden.inputSize();
  }

  @Override
  public int hiddenSize() {
    return hidden.hiddenSize();
  }

  @Override
  public State initialState() {
    return State.of(new double[hiddenSize()]);
  }

  @Override
  public Step step(double[] x, State previous) {
    Shapes.requireLength("x", x, inputSize());
    double[] before = Shapes.requireHidden("previous", previous, hiddenSize()).h();
    double[] h = activation.applyToEach(hidden.preActivation(x, before));
    return new Step(State.of(h), Map.of("hidden", h));
  }

  @Override
  public StepGradient backward(
      double[] x, State previous, Step step, State gradient, GradientSum sum) {
    Shapes.requireLength("x", x, inputSize());
    double[] before = Shapes.requireHidden("previous", previous, hiddenSize()).h();
    double[] h = Shapes.requireHidden("step.state", step.state(), hiddenSize()).h();
    double[] dh = Shapes.requireHidden("gradient", gradient, hiddenSize()).h();

    double[] da = activation.backwardThroughEach(h, dh);
    double[] dx = new double[inputSize()];
    double[] dBefore = new double[hiddenSize()];
    hidden.backward("hidden", da, x, before, sum, dx, dBefore);
    return new StepGradient(Tensor.vector(dx), State.of(dBefore));
  }
}
