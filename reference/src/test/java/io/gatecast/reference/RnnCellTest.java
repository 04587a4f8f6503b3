package io.gatecast.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The simple recurrent cell: the contract with each activation, and a worked example by hand. */
class RnnCellTest {
  /**
   * One input, one logistic hidden unit, a linear output, two steps.
   *
   * <pre>
   * W = 0.5, U = 0.8, b = -0.1, V = 1.5, c = 0.2, h_0 = 0, x = 1, 2
   *
   * a_1 = 0.5 * 1 + 0.8 * 0             - 0.1 = 0.4
   * h_1 = 1 / (1 + exp(-0.4))                 = 0.598687660112452
   * y_1 = 1.5 * 0.598687660112452       + 0.2 = 1.098031490168678
   * a_2 = 0.5 * 2 + 0.8 * 0.59868766... - 0.1 = 1.378950128089962
   * h_2 = 1 / (1 + exp(-1.3789501...))        = 0.798822333290976
   * y_2 = 1.5 * 0.798822333290976       + 0.2 = 1.398233499936464
   * </pre>
   */
  @Test
  void workedExample() {
    Gate hidden = new Gate(Tensor.of(new double[] {0.5}, 1, 1), matrix(0.8), Tensor.vector(-0.1));
    RnnCell cell = new RnnCell(Activation.SIGMOID, hidden);
    Dense head = new Dense(matrix(1.5), Tensor.vector(0.2));

    assertEquals(0.4, hidden.preActivation(new double[] {1}, new double[] {0})[0], 1e-12);
    Step first = cell.step(new double[] {1}, cell.initialState());
    assertArrayEquals(new double[] {0.598687660112452}, first.state().h(), 1e-12);
    assertArrayEquals(first.state().h(), first.gate("hidden"));
    assertArrayEquals(new double[] {1.098031490168678}, head.forward(first.state().h()), 1e-12);

    assertEquals(
        1.378950128089962, hidden.preActivation(new double[] {2}, first.state().h())[0], 1e-12);
    Step second = cell.step(new double[] {2}, first.state());
    assertArrayEquals(new double[] {0.798822333290976}, second.state().h(), 1e-12);
    assertArrayEquals(new double[] {1.398233499936464}, head.forward(second.state().h()), 1e-12);

    ReferenceNetwork network =
        ReferenceNetwork.fromWeights(
            List.of(new CellKind.Rnn(Activation.SIGMOID)),
            Map.of(
                "layers.0.hidden.input_weights", matrix(0.5),
                "layers.0.hidden.recurrent_weights", matrix(0.8),
                "layers.0.hidden.bias", Tensor.vector(-0.1),
                "head.weights", matrix(1.5),
                "head.bias", Tensor.vector(0.2)));
    assertArrayEquals(
        new double[] {1.398233499936464}, network.forward(new double[][] {{1}, {2}}), 1e-12);
  }

  private static Tensor matrix(double value) {
    return Tensor.matrix(new double[][] {{value}});
  }

  @Nested
  class Tanh extends RecurrentCellContract {
    @Override
    CellKind kind() {
      return new CellKind.Rnn(Activation.TANH);
    }
  }

  @Nested
  class Sigmoid extends RecurrentCellContract {
    @Override
    CellKind kind() {
      return new CellKind.Rnn(Activation.SIGMOID);
    }
  }

  @Nested
  class Relu extends RecurrentCellContract {
    @Override
    CellKind kind() {
      return new CellKind.Rnn(Activation.RELU);
    }
  }
}
