package io.gatecast.cli.trace;

import io.gatecast.forecasting.report.RunJson;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Reset;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.RandomWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Cases to trace with numbers drawn from a seed, and how a user would write them. */
final class TraceCases {
  private TraceCases() {}

  /** Every cell with every variant. */
  static Stream<CellKind> kinds() {
    return Stream.of(
        new CellKind.Rnn(Activation.TANH),
        new CellKind.Rnn(Activation.SIGMOID),
        new CellKind.Rnn(Activation.RELU),
        new CellKind.Gru(Reset.BEFORE),
        new CellKind.Gru(Reset.AFTER),
        new CellKind.Lstm());
  }

  /** A case with a head, a state to start from and a loss gradient. */
  static TraceCase random(CellKind kind, int input, int hidden, int output, int time) {
    RandomWeights random = new RandomWeights(31L * hidden + input);
    Map<String, Tensor> weights = new LinkedHashMap<>(random.cell(kind, "", input, hidden));
    State initial = random.state(kind.cellFromWeights(weights, ""));
    weights.put("head.weights", Tensor.of(random.vector(output * hidden), output, hidden));
    weights.put("head.bias", Tensor.vector(random.vector(output)));
    return new TraceCase(
        kind,
        weights,
        vectors(random.sequence(time, input)),
        initial,
        vectors(random.sequence(time, hidden)));
  }

  private static List<Tensor> vectors(double[][] rows) {
    return Arrays.stream(rows).map(Tensor::vector).toList();
  }

  /** The case as a file. */
  static String json(TraceCase given) {
    Map<String, Object> top = new LinkedHashMap<>();
    if (given.kind() instanceof CellKind.Rnn rnn) {
      top.put("cell", "rnn");
      top.put("activation", rnn.activation().name().toLowerCase(Locale.ROOT));
    } else if (given.kind() instanceof CellKind.Gru gru) {
      top.put("cell", "gru");
      top.put("reset", gru.reset().name().toLowerCase(Locale.ROOT));
    } else {
      top.put("cell", "lstm");
    }
    Map<String, Object> weights = new LinkedHashMap<>();
    given
        .weights()
        .forEach(
            (name, tensor) ->
                weights.put(name, tensor.rank() == 1 ? tensor.values() : tensor.rows()));
    top.put("weights", weights);
    top.put("x", values(given.x()));
    top.put("h0", given.initial().h());
    if (given.initial() instanceof State.HiddenAndCell state) {
      top.put("c0", state.c());
    }
    List<Tensor> loss = given.lossGradient();
    if (loss != null) {
      top.put("loss_gradient", values(loss));
    }
    return RunJson.text(top);
  }

  private static List<double[]> values(List<Tensor> vectors) {
    List<double[]> values = new ArrayList<>();
    vectors.forEach(vector -> values.add(vector.values()));
    return values;
  }
}
