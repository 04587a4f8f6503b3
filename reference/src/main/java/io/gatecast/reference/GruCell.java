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
    double[] before = Shapes.requireHidden(previous, hiddenSize()).h();

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

  /** {@code W_h x + U_h (r ∘ h') + b_h}. */
  private double[] candidateResetBefore(double[] x, double[] before, double[] r) {
    double[] kept = new double[before.length];
    for (int k = 0; k < kept.length; k++) {
      kept[k] = r[k] * before[k];
    }
    return candidate.preActivation(x, kept);
  }

  /** {@code W_h x + b_h + r ∘ (U_h h' + c_h)}. */
  private double[] candidateResetAfter(double[] x, double[] before, double[] r) {
    double[] fromInput = candidate.inputWeights().times(x);
    double[] fromState = candidate.recurrentWeights().times(before);
    double[] sum = new double[before.length];
    for (int k = 0; k < sum.length; k++) {
      sum[k] =
          fromInput[k]
              + candidate.bias().get(k)
              + r[k] * (fromState[k] + candidateRecurrentBias.get(k));
    }
    return sum;
  }
}
