package io.gatecast.reference;

import static io.gatecast.reference.RecurrentCellContract.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the oracle against what PyTorch and NumPy computed in float64.
 *
 * <p>The files and their form come from {@code src/test/python/generate_golden.py}; this test reads
 * them and never writes them.
 */
class GoldenTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rnn-tanh-1", "rnn-tanh-2",
        "rnn-relu-1", "rnn-relu-2",
        "rnn-sigmoid-1", "rnn-sigmoid-2",
        "gru-after-1", "gru-after-2",
        "gru-before-1", "gru-before-2",
        "lstm-1", "lstm-2"
      })
  void outputsAndStatesAreThoseOfTheGoldenFile(String name) throws IOException {
    Golden golden = Golden.read(name);
    double[][] x = rows(tensor(golden.input(), "x"));

    ReferenceNetwork network = ReferenceNetwork.fromWeights(golden.layers(), golden.weights());
    assertArrayEquals(tensor(golden.expected(), "y").values(), network.forward(x), TOLERANCE, "y");

    double[][] sequence = x;
    for (int n = 0; n < golden.layers().size(); n++) {
      RecurrentCell cell =
          golden.layers().get(n).cellFromWeights(golden.weights(), "layers." + n + ".");
      List<Step> steps = new Unrolled(cell).forward(sequence, golden.initialState(n)).steps();
      sequence = steps.stream().map(step -> step.state().h()).toArray(double[][]::new);
      State last = steps.get(steps.size() - 1).state();
      assertArrayEquals(
          tensor(golden.expected(), "h." + n).values(), last.h(), TOLERANCE, "h." + n);
      if (last instanceof State.HiddenAndCell both) {
        assertArrayEquals(
            tensor(golden.expected(), "c." + n).values(), both.c(), TOLERANCE, "c." + n);
      }
    }
    double[][] top = rows(tensor(golden.expected(), "h"));
    for (int t = 0; t < top.length; t++) {
      assertArrayEquals(top[t], sequence[t], TOLERANCE, "h at step " + t);
    }
  }

  private static double[][] rows(Tensor matrix) {
    int columns = matrix.shape()[1];
    double[][] rows = new double[matrix.shape()[0]][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(matrix.values(), row * columns, (row + 1) * columns);
    }
    return rows;
  }

  /** One golden file: the kinds of the layers, and the tensors by role and name. */
  private record Golden(
      List<CellKind> layers,
      Map<String, Tensor> weights,
      Map<String, Tensor> input,
      Map<String, Tensor> expected) {

    static Golden read(String name) throws IOException {
      Golden golden =
          new Golden(
              new ArrayList<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>(),
              new LinkedHashMap<>());
      String resource = "/golden/" + name + ".txt";
      try (InputStream stream = GoldenTest.class.getResourceAsStream(resource)) {
        if (stream == null) {
          throw new IOException("expected the golden file " + resource + ", found none");
        }
        String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
        text.lines().filter(line -> !line.startsWith("#")).forEach(golden::add);
      }
      return golden;
    }

    private void add(String line) {
      List<String> words = Arrays.asList(line.split(" ", -1));
      if (words.get(0).equals("layers")) {
        words.stream().skip(1).map(Golden::kind).forEach(layers::add);
        return;
      }
      int[] shape =
          Arrays.stream(words.get(2).split(",", -1)).mapToInt(Integer::parseInt).toArray();
      double[] values = words.stream().skip(3).mapToDouble(Double::parseDouble).toArray();
      Map<String, Tensor> role =
          switch (words.get(0)) {
            case "weight" -> weights;
            case "input" -> input;
            case "expected" -> expected;
            default -> throw new IllegalArgumentException("unknown role: " + words.get(0));
          };
      role.put(words.get(1), Tensor.of(values, shape));
    }

    private static CellKind kind(String word) {
      String[] parts = word.split(":", -1);
      return switch (parts[0]) {
        case "rnn" -> new CellKind.Rnn(Activation.valueOf(parts[1]));
        case "gru" -> new CellKind.Gru(Reset.valueOf(parts[1]));
        case "lstm" -> new CellKind.Lstm();
        default -> throw new IllegalArgumentException("unknown kind of cell: " + word);
      };
    }

    State initialState(int layer) {
      double[] h = tensor(input, "h." + layer).values();
      Tensor c = input.get("c." + layer);
      return c == null ? State.of(h) : State.of(h, c.values());
    }
  }
}
