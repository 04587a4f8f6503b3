package io.gatecast.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gated recurrent unit, one step, in both variants of the reset gate.
 *
 * <pre>
 * z_t  = σ(W_z x_t + U_z h_{t-1} + b_z)                        update
 * r_t  = σ(W_r x_t + U_r h_{t-1} + b_r)                        reset
 * h~_t = tanh(W_h x_t + U_h (r_t ∘ h_{t-1}) + b_h)             candidate, reset before the product
 * h~_t = tanh(W_h x_t + b_h + r_t ∘ (U_h h_{t-1} + c_h))       candidate, reset after the product
 * h_t  = (1 − z_t) ∘ h_{t-1} + z_t ∘ h~_t
 * </pre>
 *
 * <p>and backward, with {@code δv} for ∂L/∂v, {@code a} for what stands in the brackets of σ or
 * tanh, and {@code h'} for {@code h_{t-1}}:
 *
 * <pre>
 * δz = δh_t ∘ (h~ − h')     δa_z = δz ∘ z ∘ (1 − z)
 * δh~ = δh_t ∘ z            δa_h = δh~ ∘ (1 − h~²)
 * before:  δ(r ∘ h') = U_h^T δa_h      δr = δ(r ∘ h') ∘ h'
 * after:   δ(U_h h' + c_h) = δa_h ∘ r  δr = δa_h ∘ (U_h h' + c_h)
 *                           δa_r = δr ∘ r ∘ (1 − r)
 * δh' = δh_t ∘ (1 − z) + U_z^T δa_z + U_r^T δa_r + { δ(r ∘ h') ∘ r | U_h^T δ(U_h h' + c_h) }
 * δW = δa x^T, δb = δa, δU = δa h'^T for each gate; before: δU_h = δa_h (r ∘ h')^T;
 * after: δU_h = δ(U_h h' + c_h) h'^T, δc_h = δ(U_h h' + c_h)
 * </pre>
 *
 * <p>Paper: K. Cho et al., <i>Learning Phrase Representations using RNN Encoder-Decoder</i>, EMNLP
 * 2014, with biases; it resets before the product, the project's default. Reset after, with the
 * recurrent bias c_h, is the variant of cuDNN and PyTorch. Here z weighs the <b>new</b> candidate;
 * Cho et al. and PyTorch let it weigh the old state, so that their z is 1 − z here, and W_z, U_z,
 * b_z change sign. It will not convert other libraries' layouts, normalise, mask or clip.
 */
public final class GruCell implements RecurrentCell {
  /** The names of the gates, in order. */
  public static final List<String> GATES = List.of("update", "reset", "candidate");

  /** The canonical name of c_h, which only {@link Reset#AFTER} has. */
  static final String CANDIDATE_RECURRENT_BIAS = "candidate.recurrent_bias";

  private final Reset resetPosition;
  private final Gate update;
  private final Gate reset;
  private final Gate candidate;

  /** c_h; zeros, and unused, for a reset before the product. */
  private final Tensor candidateRecurrentBias;

  /**
   * A cell with the given weights and, for a reset after the product, with c_h of zeros.
   *
   * @param resetPosition where the reset gate acts
   * @param update the weights of z
   * @param reset the weights of r
   * @param candidate the weights of h~
   * @throws IllegalArgumentException if the gates differ in input or hidden size; the message names
   *     the gate, the expected and the found shape
   */
  public GruCell(Reset resetPosition, Gate update, Gate reset, Gate candidate) {
    this(
        resetPosition, update, reset, candidate, Tensor.vector(new double[candidate.hiddenSize()]));
  }

  /**
   * A cell that resets after the product, with the given weights.
   *
   * @param update the weights of z
   * @param reset the weights of r
   * @param candidate the weights of h~
   * @param candidateRecurrentBias c_h, of shape {@code [hidden]}
   * @throws IllegalArgumentException if the gates differ in input or hidden size, or c_h has
   *     another shape; the message names the gate, the expected and the found shape
   */
  public GruCell(Gate update, Gate reset, Gate candidate, Tensor candidateRecurrentBias) {
    this(Reset.AFTER, update, reset, candidate, candidateRecurrentBias);
  }

  private GruCell(
      Reset resetPosition, Gate update, Gate reset, Gate candidate, Tensor candidateRecurrentBias) {
    reset.requireSizes("reset", update.inputSize(), update.hiddenSize());
    candidate.requireSizes("candidate", update.inputSize(), update.hiddenSize());
    Shapes.require(CANDIDATE_RECURRENT_BIAS, candidateRecurrentBias, update.hiddenSize());
    this.resetPosition = resetPosition;
    this.update = update;
    this.reset = reset;
    this.candidate = candidate;
    this.candidateRecurrentBias = candidateRecurrentBias;
  }

  /**
   * A cell from tensors by their canonical names.
   *
   * @param resetPosition where the reset gate acts
   * @param weights the tensors by name: for each gate {@code <prefix><gate>.input_weights [hidden,
   *     input]}, {@code .recurrent_weights [hidden, hidden]} and {@code .bias [hidden]}; for a
   *     reset after the product also {@code <prefix>candidate.recurrent_bias [hidden]}; names
   *     outside the cell's gates are ignored
   * @param prefix what stands before the gates' names, such as {@code "layers.0."} or {@code ""}
   * @return the cell
   * @throws IllegalArgumentException if a tensor is missing, has another shape, or is an unknown
   *     parameter of one of the cell's gates; the message names it
   */
  public static GruCell fromWeights(
      Reset resetPosition, Map<String, Tensor> weights, String prefix) {
    NamedTensors tensors = new NamedTensors(weights, prefix);
    List<Gate> gates = tensors.gatesInOrder(new CellKind.Gru(resetPosition));
    Gate update = gates.get(0);
    Gate reset = gates.get(1);
    Gate candidate = gates.get(2);
    if (resetPosition == Reset.BEFORE) {
      return new GruCell(resetPosition, update, reset, candidate);
    }
    Tensor recurrentBias = tensors.get(CANDIDATE_RECURRENT_BIAS, candidate.hiddenSize());
    return new GruCell(update, reset, candidate, recurrentBias);
  }

  @Override
  public int inputSize() {
    return update.inputSize();
  }

  @Override
  public int hiddenSize() {
    return update.hiddenSize();
  }

  @Override
  public State initialState() {
    return State.of(new double[hiddenSize()]);
  }

  @Override
  public Step step(double[] x, State previous) {
    Shapes.requireLength("x", x, inputSize());
    double[] before = Shapes.requireHidden("previous", previous, hiddenSize()).h();

    double[] z = Activation.SIGMOID.applyToEach(update.preActivation(x, before));
    double[] r = Activation.SIGMOID.applyToEach(reset.preActivation(x, before));
    double[] proposed =
        Activation.TANH.applyToEach(
            switch (resetPosition) {
              case BEFORE -> candidateResetBefore(x, before, r);
              case AFTER -> candidateResetAfter(x, before, r);
            });
    double[] h = new double[before.length];
    for (int k = 0; k < h.length; k++) {
      h[k] = (1 - z[k]) * before[k] + z[k] * proposed[k];
    }

    Map<String, double[]> gates = new LinkedHashMap<>();
    gates.put("update", z);
    gates.put("reset", r);
    gates.put("candidate", proposed);
    return new Step(State.of(h), gates);
  }

  @Override
  public StepGradient backward(
      double[] x, State previous, Step step, State gradient, GradientSum sum) {
    Shapes.requireLength("x", x, inputSize());
    double[] before = Shapes.requireHidden("previous", previous, hiddenSize()).h();
    double[] dh = Shapes.requireHidden("gradient", gradient, hiddenSize()).h();
    double[] z = step.gate("update", hiddenSize());
    double[] r = step.gate("reset", hiddenSize());
    double[] proposed = step.gate("candidate", hiddenSize());

    double[] dz = new double[dh.length];
    double[] dProposed = new double[dh.length];
    double[] dBefore = new double[dh.length];
    for (int k = 0; k < dh.length; k++) {
      dz[k] = dh[k] * (proposed[k] - before[k]);
      dProposed[k] = dh[k] * z[k];
      dBefore[k] = dh[k] * (1 - z[k]);
    }
    double[] dx = new double[inputSize()];
    double[] da = Activation.TANH.backwardThroughEach(proposed, dProposed);
    double[] dr =
        switch (resetPosition) {
          case BEFORE -> candidateBackwardResetBefore(da, x, before, r, sum, dx, dBefore);
          case AFTER -> candidateBackwardResetAfter(da, x, before, r, sum, dx, dBefore);
        };
    double[] daReset = Activation.SIGMOID.backwardThroughEach(r, dr);
    reset.backward("reset", daReset, x, before, sum, dx, dBefore);
    double[] daUpdate = Activation.SIGMOID.backwardThroughEach(z, dz);
    update.backward("update", daUpdate, x, before, sum, dx, dBefore);
    return new StepGradient(Tensor.vector(dx), State.of(dBefore));
  }

  /** {@code W_h x + U_h (r ∘ h') + b_h}. */
  private double[] candidateResetBefore(double[] x, double[] before, double[] r) {
    return candidate.preActivation(x, Vectors.times(r, before));
  }

  /** Back through {@link #candidateResetBefore}; gives ∂L/∂r. */
  private double[] candidateBackwardResetBefore(
      double[] da,
      double[] x,
      double[] before,
      double[] r,
      GradientSum sum,
      double[] dx,
      double[] dBefore) {
    double[] dKept = new double[before.length];
    candidate.backward("candidate", da, x, Vectors.times(r, before), sum, dx, dKept);
    Vectors.addTo(dBefore, Vectors.times(dKept, r));
    return Vectors.times(dKept, before);
  }

  /** {@code W_h x + b_h + r ∘ (U_h h' + c_h)}. */
  private double[] candidateResetAfter(double[] x, double[] before, double[] r) {
    double[] sum = Vectors.times(r, recurrentPart(before));
    Vectors.addTo(sum, candidate.inputWeights().times(x));
    Vectors.addTo(sum, candidate.bias().values());
    return sum;
  }

  /** Back through {@link #candidateResetAfter}; gives ∂L/∂r. */
  private double[] candidateBackwardResetAfter(
      double[] da,
      double[] x,
      double[] before,
      double[] r,
      GradientSum sum,
      double[] dx,
      double[] dBefore) {
    sum.addOuterProduct("candidate.input_weights", da, x);
    sum.add("candidate.bias", da);
    Vectors.addTo(dx, candidate.inputWeights().transposedTimes(da));
    double[] dRecurrentPart = Vectors.times(da, r);
    sum.addOuterProduct("candidate.recurrent_weights", dRecurrentPart, before);
    sum.add(CANDIDATE_RECURRENT_BIAS, dRecurrentPart);
    Vectors.addTo(dBefore, candidate.recurrentWeights().transposedTimes(dRecurrentPart));
    return Vectors.times(da, recurrentPart(before));
  }

  /** {@code U_h h' + c_h}. */
  private double[] recurrentPart(double[] before) {
    double[] sum = candidate.recurrentWeights().times(before);
    Vectors.addTo(sum, candidateRecurrentBias.values());
    return sum;
  }
}
