package io.gatecast.reference.experiments;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Initialisation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The networks that are compared: the three cells as {@link Initialisation} starts them, and each
 * once more with a start that remembers long. It knows initial weights, no task and no training.
 */
enum Contender {
  /** Tanh, orthogonal recurrent weights. */
  RNN("RNN"),

  /** Q. V. Le, N. Jaitly and G. E. Hinton, arXiv:1504.00941: ReLU, and U starts as the identity. */
  RNN_IDENTITY("RNN, ReLU, identity") {
    @Override
    void change(Map<String, Tensor> weights, int hidden, int length, Random random) {
      weights.put("layers.0.hidden.recurrent_weights", RecurrentMatrix.identity(hidden, 1));
    }
  },

  /** Reset before the product, all biases 0. */
  GRU("GRU"),

  /** C. Tallec and Y. Ollivier, ICLR 2018: b_z = −log(uniform in [1, T − 1]). */
  GRU_CHRONO("GRU, chrono") {
    @Override
    void change(Map<String, Tensor> weights, int hidden, int length, Random random) {
      weights.put("layers.0.update.bias", chrono(hidden, length, -1, random));
    }
  },

  /** Forget bias 1, the other biases 0. */
  LSTM("LSTM"),

  /** C. Tallec and Y. Ollivier, ICLR 2018: b_f = log(uniform in [1, T − 1]), b_i = −b_f. */
  LSTM_CHRONO("LSTM, chrono") {
    @Override
    void change(Map<String, Tensor> weights, int hidden, int length, Random random) {
      Tensor forget = chrono(hidden, length, 1, random);
      weights.put("layers.0.forget.bias", forget);
      double[] input = forget.values();
      for (int k = 0; k < hidden; k++) {
        input[k] = -input[k];
      }
      weights.put("layers.0.input.bias", Tensor.vector(input));
    }
  };

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** Replaces what differs from {@link Initialisation}. */
  void change(Map<String, Tensor> weights, int hidden, int length, Random random) {}

  private static Tensor chrono(int hidden, int length, int sign, Random random) {
    double[] bias = new double[hidden];
    for (int k = 0; k < hidden; k++) {
      bias[k] = sign * StrictMath.log(1 + random.nextDouble() * (length - 2));
    }
    return Tensor.vector(bias);
  }

  /**
   * The network before training.
   *
   * @param length T, the memory that a chrono start is made for
   */
  ReferenceNetwork network(
      int input, int hidden, int output, Readout readout, int length, long seed) {
    Map<String, Tensor> weights =
        new LinkedHashMap<>(Initialisation.weights(List.of(kind()), input, hidden, output, seed));
    change(weights, hidden, length, new Random(~seed));
    return ReferenceNetwork.fromWeights(List.of(kind()), readout, weights);
  }

  String title() {
    return title;
  }

  CellKind kind() {
    return switch (this) {
      case RNN -> new CellKind.Rnn(Activation.TANH);
      case RNN_IDENTITY -> new CellKind.Rnn(Activation.RELU);
      case GRU, GRU_CHRONO -> new CellKind.Gru(Reset.BEFORE);
      case LSTM, LSTM_CHRONO -> new CellKind.Lstm();
    };
  }
}
