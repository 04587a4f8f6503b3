package io.gatecast.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The long short-term memory with a forget gate, one step.
 *
 * <pre>
 * f_t  = σ(W_f x_t + U_f h_{t-1} + b_f)         forget
 * i_t  = σ(W_i x_t + U_i h_{t-1} + b_i)         input
 * o_t  = σ(W_o x_t + U_o h_{t-1} + b_o)         output
 * C~_t = tanh(W_c x_t + U_c h_{t-1} + b_c)      candidate
 * C_t  = f_t ∘ C_{t-1} + i_t ∘ C~_t
 * h_t  = o_t ∘ tanh(C_t)
 * </pre>
 *
 * <p>and backward, with {@code δv} for ∂L/∂v, {@code a} for what stands in the brackets of a gate's
 * σ or tanh, and δC_t on the right for what comes from the step after:
 *
 * <pre>
 * δo = δh_t ∘ tanh(C_t)     δC_t = δC_t + δh_t ∘ o ∘ (1 − tanh²(C_t))
 * δf = δC_t ∘ C_{t-1}       δi = δC_t ∘ C~      δC~ = δC_t ∘ i      δC_{t-1} = δC_t ∘ f
 * δa = δf ∘ f ∘ (1 − f), the same for i and o;  δa_c = δC~ ∘ (1 − C~²)
 * δW = δa x^T    δU = δa h_{t-1}^T    δb = δa    for each gate
 * δx = Σ W^T δa      δh_{t-1} = Σ U^T δa         over the gates
 * </pre>
 *
 * <p>Papers: S. Hochreiter and J. Schmidhuber, <i>Long Short-Term Memory</i>, Neural Computation 9,
 * 1997, with the forget gate of F. A. Gers, J. Schmidhuber and F. Cummins, <i>Learning to
 * Forget</i>, Neural Computation 12, 2000. Variant: no peephole connections, no projection, the
 * input and forget gates not coupled. It will not choose initial weights (the forget bias of 1
 * included), normalise, mask or clip.
 */
public final class LstmCell implements RecurrentCell {
  /** The names of the gates, in order. */
  public static final List<String> GATES = List.of("forget", "input", "output", "candidate");

  private final Gate forget;
  private final Gate input;
  private final Gate output;
  private final Gate candidate;

  /**
   * A cell with the given weights.
   *
   * @param forget the weights of f
   * @param input the weights of i
   * @param output the weights of o
   * @param candidate the weights of C~
   * @throws IllegalArgumentException if the gates differ in input or hidden size; the message names
   *     the gate, the expected and the found shape
   */
  public LstmCell(Gate forget, Gate input, Gate output, Gate candidate) {
    input.requireSizes("input", forget.inputSize(), forget.hiddenSize());
    output.requireSizes("output", forget.inputSize(), forget.hiddenSize());
    candidate.requireSizes("candidate", forget.inputSize(), forget.hiddenSize());
    this.forget = forget;
    this.input = input;
    this.output = output;
    this.candidate = candidate;
  }

  /**
   * A cell from tensors by their canonical names.
   *
   * @param weights the tensors by name: for each gate {@code <prefix><gate>.input_weights [hidden,
   *     input]}, {@code .recurrent_weights [hidden, hidden]} and {@code .bias [hidden]}; names
   *     outside the cell's gates are ignored
   * @param prefix what stands before the gates' names, such as {@code "layers.0."} or {@code ""}
   * @return the cell
   * @throws IllegalArgumentException if a tensor is missing, has another shape, or is an unknown
   *     parameter of one of the cell's gates; the message names it
   */
  public static LstmCell fromWeights(Map<String, Tensor> weights, String prefix) {
    List<Gate> gates = new NamedTensors(weights, prefix).gatesInOrder(new CellKind.Lstm());
    return new LstmCell(gates.get(0), gates.get(1), gates.get(2), gates.get(3));
  }

  @Override
  public int inputSize() {
    return forget.inputSize();
  }

  @Override
  public int hiddenSize() {
    return forget.hiddenSize();
  }

  @Override
  public State initialState() {
    return State.of(new double[hiddenSize()], new double[hiddenSize()]);
  }

  @Override
  public Step step(double[] x, State previous) {
    Shapes.requireLength("x", x, inputSize());
    State.HiddenAndCell before = Shapes.requireHiddenAndCell("previous", previous, hiddenSize());
    double[] hBefore = before.h();
    double[] cBefore = before.c();

    double[] f = Activation.SIGMOID.applyToEach(forget.preActivation(x, hBefore));
    double[] i = Activation.SIGMOID.applyToEach(input.preActivation(x, hBefore));
    double[] o = Activation.SIGMOID.applyToEach(output.preActivation(x, hBefore));
    double[] proposed = Activation.TANH.applyToEach(candidate.preActivation(x, hBefore));
    double[] c = new double[cBefore.length];
    double[] h = new double[hBefore.length];
    for (int k = 0; k < c.length; k++) {
      c[k] = f[k] * cBefore[k] + i[k] * proposed[k];
      h[k] = o[k] * Activation.TANH.apply(c[k]);
    }

    Map<String, double[]> gates = new LinkedHashMap<>();
    gates.put("forget", f);
    gates.put("input", i);
    gates.put("output", o);
    gates.put("candidate", proposed);
    return new Step(State.of(h, c), gates);
  }

  @Override
  public StepGradient backward(
      double[] x, State previous, Step step, State gradient, GradientSum sum) {
    Shapes.requireLength("x", x, inputSize());
    State.HiddenAndCell before = Shapes.requireHiddenAndCell("previous", previous, hiddenSize());
    State.HiddenAndCell after =
        Shapes.requireHiddenAndCell("step.state", step.state(), hiddenSize());
    State.HiddenAndCell dAfter = Shapes.requireHiddenAndCell("gradient", gradient, hiddenSize());
    double[] hBefore = before.h();
    double[] cBefore = before.c();
    double[] c = after.c();
    double[] dh = dAfter.h();
    double[] dc = dAfter.c();
    double[] f = step.gate("forget", hiddenSize());
    double[] i = step.gate("input", hiddenSize());
    double[] o = step.gate("output", hiddenSize());
    double[] proposed = step.gate("candidate", hiddenSize());

    double[] dOutput = new double[dh.length];
    for (int k = 0; k < dh.length; k++) {
      double tanh = Activation.TANH.apply(c[k]);
      dOutput[k] = dh[k] * tanh;
      dc[k] += dh[k] * o[k] * Activation.TANH.derivative(tanh);
    }
    double[] daForget = Activation.SIGMOID.backwardThroughEach(f, Vectors.times(dc, cBefore));
    double[] daInput = Activation.SIGMOID.backwardThroughEach(i, Vectors.times(dc, proposed));
    double[] daOutput = Activation.SIGMOID.backwardThroughEach(o, dOutput);
    double[] daCandidate = Activation.TANH.backwardThroughEach(proposed, Vectors.times(dc, i));

    double[] dx = new double[inputSize()];
    double[] dhBefore = new double[hiddenSize()];
    forget.backward("forget", daForget, x, hBefore, sum, dx, dhBefore);
    input.backward("input", daInput, x, hBefore, sum, dx, dhBefore);
    output.backward("output", daOutput, x, hBefore, sum, dx, dhBefore);
    candidate.backward("candidate", daCandidate, x, hBefore, sum, dx, dhBefore);
    return new StepGradient(Tensor.vector(dx), State.of(dhBefore, Vectors.times(dc, f)));
  }
}
