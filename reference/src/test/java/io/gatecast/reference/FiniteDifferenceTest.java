package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.contract.FiniteDifference;
import io.gatecast.reference.contract.RandomWeights;
import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.training.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every gradient of the oracle, by name, against finite differences: weights, inputs and initial
 * states, for every cell, depth, length, readout and loss.
 */
class FiniteDifferenceTest {
  private static final double TOLERANCE = 1e-7;

  /**
   * A thousandth of the gradients' size. Where one vanishes below it, rounding in the quotient is
   * all there is to see; the readout at every step keeps each gradient above it somewhere.
   */
  private static final double FLOOR = 1e-3;

  private static final int INPUT = 2;
  private static final int HIDDEN = 2;
  private static final int OUTPUT = 2;
  private static final List<Loss> LOSSES =
      List.of(
          new Loss.Squared(),
          new Loss.Absolute(),
          new Loss.Huber(0.5),
          new Loss.Pinball(0.9),
          new Loss.Quantiles(List.of(0.1, 0.6)));

  static Stream<Arguments> networks() {
    List<List<CellKind>> stacks = new ArrayList<>();
    for (CellKind kind : RecurrentContract.kinds()) {
      for (int depth = 1; depth <= 3; depth++) {
        stacks.add(Collections.nCopies(depth, kind));
      }
    }
    stacks.add(
        List.of(
            new CellKind.Lstm(), new CellKind.Gru(Reset.AFTER), new CellKind.Rnn(Activation.TANH)));
    return stacks.stream()
        .flatMap(layers -> Stream.of(1, 2, 7, 33).map(time -> Arguments.of(layers, time)));
  }

  @ParameterizedTest(name = "{0}, {1} steps")
  @MethodSource("networks")
  void everyGradientIsThatOfTheLoss(List<CellKind> layers, int time) {
    for (Readout readout : Readout.values()) {
      for (Loss loss : LOSSES) {
        Problem problem = Problem.draw(layers, readout, time, loss);
        NetworkGradient found = problem.gradient();
        String where = readout + ", " + loss + ", ";

        Map<String, Tensor> weights = problem.network().weights();
        assertEquals(weights.keySet(), found.weights().keySet());
        weights.forEach(
            (name, weight) ->
                assertClose(
                    where + name,
                    FiniteDifference.gradient(weight, at -> problem.withWeight(name, at).cost()),
                    tensor(found.weights(), name)));
        assertClose(
            where + "x",
            FiniteDifference.gradient(problem.x(), at -> problem.withInput(at).cost()),
            Tensor.matrix(found.x().stream().map(Tensor::values).toArray(double[][]::new)));
        for (int n = 0; n < layers.size(); n++) {
          int layer = n;
          Tensor state = Tensor.vector(problem.initial().get(n).values());
          assertClose(
              where + "initial state of layer " + n,
              FiniteDifference.gradient(state, at -> problem.withState(layer, at).cost()),
              Tensor.vector(found.initial().get(n).values()));
        }
      }
    }
  }

  /** A gradient through hidden vectors at every step and through the last state, h and C. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("io.gatecast.reference.contract.RecurrentContract#kinds")
  void unrolledTakesGradientsOfEveryStepAndOfTheLastState(CellKind kind) {
    for (int time : new int[] {1, 2, 7, 33}) {
      RandomWeights random = new RandomWeights(time);
      Map<String, Tensor> weights = calm(random.cell(kind, "", INPUT, HIDDEN), kind);
      RecurrentCell cell = kind.cellFromWeights(weights, "");
      double[][] x = random.sequence(time, INPUT);
      State initial = random.state(cell);
      double[][] hidden = random.sequence(time, HIDDEN);
      State last = random.state(cell);
      SequenceGradient found =
          new Unrolled(cell).backward(new Unrolled(cell).forward(x, initial), hidden, last);

      ToDoubleFunction<RecurrentCell> loss =
          other -> {
            SequencePass pass = new Unrolled(other).forward(x, initial);
            double sum = dot(pass.last().values(), last.values());
            for (int t = 0; t < time; t++) {
              sum += dot(pass.hidden()[t], hidden[t]);
            }
            return sum;
          };
      weights.forEach(
          (name, weight) ->
              assertClose(
                  name,
                  FiniteDifference.gradient(
                      weight,
                      at -> {
                        Map<String, Tensor> changed = new LinkedHashMap<>(weights);
                        changed.put(name, at);
                        return loss.applyAsDouble(kind.cellFromWeights(changed, ""));
                      }),
                  tensor(found.weights(), name)));
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void assertClose(String what, Tensor expected, Tensor found) {
    double difference = FiniteDifference.relativeDifference(found, expected, FLOOR);
    assertTrue(
        difference < TOLERANCE,
        () -> what + ": expected " + expected + ", found " + found + ", difference " + difference);
  }

  /**
   * Rectifiers have a kink at 0, where a difference quotient means nothing: their biases are
   * raised, and their recurrent weights lowered, so that units stay clearly on one side.
   */
  private static Map<String, Tensor> calm(Map<String, Tensor> weights, CellKind kind) {
    if (!kind.equals(new CellKind.Rnn(Activation.RELU))) {
      return weights;
    }
    Map<String, Tensor> calm = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          double[] values = tensor.values();
          for (int i = 0; i < values.length; i++) {
            if (name.endsWith("hidden.bias")) {
              // One unit in three is off at every step, the others on.
              values[i] = i % 3 == 2 ? values[i] - 4 : values[i] + 4;
            } else if (name.endsWith("recurrent_weights")) {
              values[i] *= 0.25;
            } else if (name.endsWith("input_weights")) {
              values[i] *= name.startsWith("layers.0.") || name.startsWith("hidden.") ? 1 : 0.1;
            }
          }
          calm.put(name, Tensor.of(values, tensor.shape()));
        });
    return calm;
  }

  /** A network, one sequence, and a loss whose kinks are far from where the network is. */
  private record Problem(
      ReferenceNetwork network, Tensor x, List<State> initial, Tensor targets, Loss loss) {
    static Problem draw(List<CellKind> layers, Readout readout, int time, Loss loss) {
      RandomWeights random = new RandomWeights(17L * time + layers.size());
      Map<String, Tensor> weights =
          calm(random.network(layers, INPUT, HIDDEN, OUTPUT), layers.get(0));
      ReferenceNetwork network = ReferenceNetwork.fromWeights(layers, readout, weights);
      double[][] x = random.sequence(time, INPUT);
      List<State> initial = new ArrayList<>();
      network.layers().forEach(layer -> initial.add(random.state(layer.cell())));
      List<Tensor> outputs = network.forward(x, initial).outputs();
      double[][] targets = new double[outputs.size()][];
      for (int t = 0; t < targets.length; t++) {
        targets[t] = outputs.get(t).values();
        for (int k = 0; k < OUTPUT; k++) {
          // Errors of both signs, on both sides of Huber's 0.5.
          double error = (t + k) % 2 == 0 ? 0.3 : 1.2;
          targets[t][k] += (t + 2 * k) % 3 == 0 ? -error : error;
        }
      }
      return new Problem(
          network, Tensor.matrix(x), List.copyOf(initial), Tensor.matrix(targets), loss);
    }

    Problem withWeight(String name, Tensor weight) {
      Map<String, Tensor> changed = new LinkedHashMap<>(network.weights());
      changed.put(name, weight);
      return new Problem(network.withWeights(changed), x, initial, targets, loss);
    }

    Problem withInput(Tensor input) {
      return new Problem(network, input, initial, targets, loss);
    }

    Problem withState(int layer, Tensor values) {
      List<State> changed = new ArrayList<>(initial);
      double[] all = values.values();
      changed.set(
          layer,
          initial.get(layer) instanceof State.Hidden
              ? State.of(all)
              : State.of(Arrays.copyOf(all, HIDDEN), Arrays.copyOfRange(all, HIDDEN, all.length)));
      return new Problem(network, x, changed, targets, loss);
    }

    double cost() {
      double[][] right = targets.rows();
      List<Tensor> outputs = network.forward(x.rows(), initial).outputs();
      double sum = 0;
      for (int t = 0; t < right.length; t++) {
        for (int k = 0; k < OUTPUT; k++) {
          sum += loss.ofOutput(k).value(outputs.get(t).get(k), right[t][k]);
        }
      }
      return sum;
    }

    NetworkGradient gradient() {
      NetworkPass pass = network.forward(x.rows(), initial);
      double[][] gradient = targets.rows();
      for (int t = 0; t < gradient.length; t++) {
        for (int k = 0; k < OUTPUT; k++) {
          double y = pass.outputs().get(t).get(k);
          gradient[t][k] = loss.ofOutput(k).derivative(y, gradient[t][k]);
        }
      }
      assertFalse(Arrays.stream(gradient).flatMapToDouble(Arrays::stream).anyMatch(d -> d == 0));
      return network.backward(pass, gradient);
    }
  }
}
