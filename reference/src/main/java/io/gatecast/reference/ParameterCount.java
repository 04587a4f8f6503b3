package io.gatecast.reference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many trainable parameters one recurrent layer has, as the formulas say: {@code hidden × input
 * + hidden × hidden + hidden} for each gate.
 *
 * <p>An RNN has one such gate, a GRU three and an LSTM four, so that of equal sizes a GRU layer has
 * three times and an LSTM layer four times the parameters of a vanilla one; a GRU that resets after
 * the product adds {@code hidden} for its candidate's recurrent bias. It counts from sizes alone,
 * without weights, so that it can judge what a network says of itself. It counts no head.
 *
 * @param kind the kind of cell
 * @param inputSize {@code input}, at least 1
 * @param hiddenSize {@code hidden}, at least 1
 */
public record ParameterCount(CellKind kind, int inputSize, int hiddenSize) {
  /**
   * Checks the sizes.
   *
   * @param kind the kind of cell
   * @param inputSize {@code input}, at least 1
   * @param hiddenSize {@code hidden}, at least 1
   * @throws IllegalArgumentException if a size is below 1
   */
  public ParameterCount {
    requirePositive("inputSize", inputSize);
    requirePositive("hiddenSize", hiddenSize);
  }

  private static void requirePositive(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + size);
    }
  }

  /**
   * The parameters of each gate.
   *
   * @return the counts by the gate's name, in the cell's fixed order; unmodifiable
   */
  public Map<String, Long> perGate() {
    Map<String, Long> counts = new LinkedHashMap<>();
    long hidden = hiddenSize;
    for (String gate : kind.gates()) {
      counts.put(gate, hidden * inputSize + hidden * hidden + hidden);
    }
    if (kind instanceof CellKind.Gru gru && gru.reset() == Reset.AFTER) {
      counts.merge("candidate", hidden, Long::sum);
    }
    return Collections.unmodifiableMap(counts);
  }

  /**
   * The parameters of the whole layer.
   *
   * @return the sum over the gates
   * @throws ArithmeticException if the sum overflows a {@code long}
   */
  public long perLayer() {
    return perGate().values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
  }

  /**
   * How many times the parameters of a vanilla RNN layer of the same sizes this layer has.
   *
   * @return 1 for an RNN, 3 for a GRU (a little more if it resets after the product), 4 for an LSTM
   */
  public double timesVanilla() {
    CellKind vanilla = new CellKind.Rnn(Activation.TANH);
    return (double) perLayer() / new ParameterCount(vanilla, inputSize, hiddenSize).perLayer();
  }
}
