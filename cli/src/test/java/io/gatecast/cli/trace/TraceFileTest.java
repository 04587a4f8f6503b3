package io.gatecast.cli.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.cli.Shell;
import io.gatecast.cli.trace.JsonEntry.Extent;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Dense;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.SequenceGradient;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.State;
import io.gatecast.reference.Step;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.Unrolled;
import io.gatecast.reference.contract.FiniteDifference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that a case file is answered in JSON by the oracle's own numbers, to the last bit. */
class TraceFileTest {
  private static final double FROM_DIFFERENCES = 1e-8;

  static Stream<Arguments> cases() {
    return TraceCases.kinds()
        .flatMap(
            kind ->
                Stream.of(new int[] {1, 1, 1, 1}, new int[] {3, 2, 2, 4}, new int[] {2, 13, 1, 5})
                    .map(s -> arguments(kind, TraceCases.random(kind, s[0], s[1], s[2], s[3]))));
  }

  private static JsonEntry answer(Path folder, String text) {
    Shell shell = new Shell(folder);
    shell.write("case.json", text);
    Shell.Ended ended = shell.type("--json", "trace", "--file", "case.json");
    assertEquals(0, ended.exit(), ended.err());
    assertEquals("", ended.err());
    ended.oneObject();
    return new JsonEntry("answer", "", LocatedJson.parse(ended.out(), "answer"));
  }

  private static JsonEntry at(JsonEntry object, String key) {
    JsonEntry entry = object.member(key);
    assertNotNull(entry, key + " in " + object.path());
    return entry;
  }

  private static double[] vector(JsonEntry object, String key) {
    return at(object, key).vector(Extent.any(key));
  }

  private static Tensor tensor(JsonEntry object, String key, int rank) {
    JsonEntry entry = at(object, key);
    return rank == 1
        ? Tensor.vector(entry.vector(Extent.any(key)))
        : Tensor.matrix(entry.matrix(Extent.any(key), Extent.any(key)));
  }

  private static List<String> keys(JsonEntry object) {
    return List.copyOf(object.members("").keySet());
  }

  private static double[][] rows(List<Tensor> vectors) {
    return vectors.stream().map(Tensor::values).toArray(double[][]::new);
  }

  @ParameterizedTest(name = "{0}, case {index}")
  @MethodSource("cases")
  void everyNumberIsTheOracles(CellKind kind, TraceCase given, @TempDir Path folder) {
    JsonEntry answer = answer(folder, TraceCases.json(given));
    assertEquals(List.of("steps", "gradients"), keys(answer));

    RecurrentCell cell = kind.cellFromWeights(given.weights(), "");
    Dense head = Dense.fromWeights(given.weights(), "head.");
    Unrolled unrolled = new Unrolled(cell);
    SequencePass pass = unrolled.forward(rows(given.x()), given.initial());
    List<String> names = new ArrayList<>(kind.gates());
    if (kind instanceof CellKind.Lstm) {
      names.add("cell");
    }
    names.addAll(List.of("h", "y"));
    for (int t = 0; t < pass.time(); t++) {
      Step step = pass.steps().get(t);
      JsonEntry shown = at(answer, "steps").element(t);
      assertEquals(names, keys(shown));
      step.gates().forEach((gate, value) -> assertArrayEquals(value, vector(shown, gate)));
      if (step.state() instanceof State.HiddenAndCell state) {
        assertArrayEquals(state.c(), vector(shown, "cell"));
      }
      assertArrayEquals(step.state().h(), vector(shown, "h"));
      assertArrayEquals(head.forward(step.state().h()), vector(shown, "y"));
    }

    List<Tensor> loss = given.lossGradient();
    assertNotNull(loss);
    SequenceGradient gradient = unrolled.backward(pass, rows(loss), cell.initialState());
    JsonEntry gradients = at(answer, "gradients");
    List<String> of = new ArrayList<>(kind.tensorNames());
    of.addAll(kind instanceof CellKind.Lstm ? List.of("x", "h0", "c0") : List.of("x", "h0"));
    assertEquals(of, keys(gradients));
    assertEquals(kind.tensorNames().size(), gradient.weights().size());
    gradient
        .weights()
        .forEach((name, tensor) -> assertEquals(tensor, tensor(gradients, name, tensor.rank())));
    assertEquals(Tensor.matrix(rows(gradient.x())), tensor(gradients, "x", 2));
    assertArrayEquals(gradient.initial().h(), vector(gradients, "h0"));
    if (gradient.initial() instanceof State.HiddenAndCell state) {
      assertArrayEquals(state.c(), vector(gradients, "c0"));
    }
  }

  @ParameterizedTest(name = "{0}, case {index}")
  @MethodSource("cases")
  void gradientsAreThoseOfTheLoss(CellKind kind, TraceCase given, @TempDir Path folder) {
    JsonEntry gradients = at(answer(folder, TraceCases.json(given)), "gradients");
    for (String name : kind.tensorNames()) {
      Function<Tensor, TraceCase> changed =
          tensor -> {
            Map<String, Tensor> weights = new HashMap<>(given.weights());
            weights.put(name, tensor);
            return with(given, weights, given.x(), given.initial());
          };
      agrees(name, tensor(gradients, name, given.weight(name).rank()), given.weight(name), changed);
    }
    agrees(
        "x",
        tensor(gradients, "x", 2),
        Tensor.matrix(rows(given.x())),
        x ->
            with(
                given,
                given.weights(),
                Stream.of(x.rows()).map(Tensor::vector).toList(),
                given.initial()));
    double[] h0 = given.initial().h();
    double[] c0 = given.initial() instanceof State.HiddenAndCell state ? state.c() : new double[0];
    agrees(
        "h0",
        tensor(gradients, "h0", 1),
        Tensor.vector(h0),
        h -> with(given, given.weights(), given.x(), state(h.values(), c0)));
    if (c0.length > 0) {
      agrees(
          "c0",
          tensor(gradients, "c0", 1),
          Tensor.vector(c0),
          c -> with(given, given.weights(), given.x(), state(h0, c.values())));
    }
  }

  private static State state(double[] h, double[] c) {
    return c.length == 0 ? State.of(h) : State.of(h, c);
  }

  private static TraceCase with(
      TraceCase given, Map<String, Tensor> weights, List<Tensor> x, State initial) {
    return new TraceCase(given.kind(), weights, x, initial, given.lossGradient());
  }

  private static void agrees(
      String name, Tensor found, Tensor at, Function<Tensor, TraceCase> changed) {
    Tensor expected =
        FiniteDifference.gradient(at, tensor -> loss(Trace.of(changed.apply(tensor))));
    double difference = FiniteDifference.relativeDifference(found, expected, 1e-3);
    assertTrue(difference < FROM_DIFFERENCES, name + ": " + difference);
  }

  /** L = Σ_t ∂L/∂h_t · h_t, whose gradient is the given one. */
  private static double loss(Trace trace) {
    List<Tensor> gradient = trace.given().lossGradient();
    assertNotNull(gradient);
    double loss = 0;
    for (int t = 0; t < gradient.size(); t++) {
      double[] h = trace.pass().hidden()[t];
      for (int k = 0; k < h.length; k++) {
        loss += gradient.get(t).get(k) * h[k];
      }
    }
    return loss;
  }

  @ParameterizedTest(name = "{0}, case {index}")
  @MethodSource("cases")
  void whatStandsInTheBracketsGivesTheGates(CellKind kind, TraceCase given) {
    Trace trace = Trace.of(given);
    for (int t = 0; t < trace.pass().time(); t++) {
      PreActivations shown = new PreActivations(trace, t);
      for (String gate : kind.gates()) {
        Activation activation =
            kind instanceof CellKind.Rnn rnn
                ? rnn.activation()
                : gate.equals("candidate") ? Activation.TANH : Activation.SIGMOID;
        double[] a = shown.of(gate);
        double[] expected = trace.pass().steps().get(t).gate(gate);
        assertEquals(expected.length, a.length);
        for (int k = 0; k < a.length; k++) {
          assertEquals(expected[k], activation.apply(a[k]), 1e-13, gate + " at " + t);
        }
      }
    }
  }

  @Test
  void whatIsLeftOutHasItsDefault(@TempDir Path folder) {
    String weights =
        """
        "weights": {"hidden.input_weights": [[2]], "hidden.recurrent_weights": [[3]],
                    "hidden.bias": [1]}, "x": [[0.5]]}
        """;
    JsonEntry answer = answer(folder, "\uFEFF{\"cell\": \"rnn\", " + weights);
    assertEquals(List.of("steps"), keys(answer));
    JsonEntry step = at(answer, "steps").element(0);
    assertEquals(List.of("hidden", "h"), keys(step));
    // tanh(2 * 0.5 + 3 * 0 + 1)
    assertArrayEquals(new double[] {0.964027580075817}, vector(step, "h"), 1e-15);
    String nulls = "\"activation\": null, \"reset\": null, \"h0\": null, \"loss_gradient\": null, ";
    JsonEntry same = answer(folder, "{\"cell\": \"rnn\", " + nulls + weights);
    assertArrayEquals(vector(step, "h"), vector(at(same, "steps").element(0), "h"));
  }

  /** The numbers of TraceTest's hand computation, done with 40 decimals. */
  @Test
  void workedExampleAsJson(@TempDir Path folder) {
    Shell.Ended ended = new Shell(folder).type("trace", "--json");
    assertEquals(0, ended.exit());
    ended.oneObject();
    JsonEntry answer = new JsonEntry("answer", "", LocatedJson.parse(ended.out(), "answer"));
    assertEquals(List.of("steps"), keys(answer));
    double[] h = {0.6456563062257955, 0.704022118054525};
    double[] y = {1.1684844593386932, 1.2560331770817874};
    for (int t = 0; t < h.length; t++) {
      JsonEntry step = at(answer, "steps").element(t);
      assertEquals(List.of("hidden", "h", "y"), keys(step));
      assertArrayEquals(new double[] {h[t]}, vector(step, "hidden"), 1e-15);
      assertArrayEquals(new double[] {h[t]}, vector(step, "h"), 1e-15);
      assertArrayEquals(new double[] {y[t]}, vector(step, "y"), 1e-15);
    }
  }
}
