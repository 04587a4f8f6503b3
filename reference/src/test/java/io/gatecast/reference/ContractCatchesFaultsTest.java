package io.gatecast.reference;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.contract.EngineAnswer;
import io.gatecast.reference.contract.EngineCase;
import io.gatecast.reference.contract.OracleEngine;
import io.gatecast.reference.contract.RecurrentContract;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A suite that cannot fail proves nothing: engines with the faults that are usual in practice, each
 * of which the contract must catch.
 */
class ContractCatchesFaultsTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        fault("input and output gate exchanged", asked(exchange("input", "output"))),
        fault("z weighs the old state", asked(ContractCatchesFaultsTest::negateUpdateGate)),
        fault("GRU resets at the other place", asked(ContractCatchesFaultsTest::otherReset)),
        fault("no recurrent bias", asked(scale("recurrent_bias", 0))),
        fault("second bias added twice", asked(scale(".bias", 2))),
        fault("recurrent weights turned", asked(ContractCatchesFaultsTest::transposed)),
        fault("last states' gradients dropped", asked(ContractCatchesFaultsTest::toTheEnd)),
        fault("zero states", asked(question -> withStates(question, 0))),
        fault(
            "gradients a mean over the batch",
            question -> {
              EngineAnswer right = new OracleEngine().run(question);
              return withWeightGradient(right, 1.0 / question.x().size());
            }),
        fault(
            "gradients of the first sequence only",
            question -> {
              EngineAnswer right = new OracleEngine().run(question);
              EngineCase first =
                  new EngineCase(
                      question.layers(),
                      question.readout(),
                      question.weights(),
                      question.x().subList(0, 1),
                      question.initial().subList(0, 1),
                      question.outputGradient().subList(0, 1),
                      question.lastGradient().subList(0, 1));
              Map<String, Tensor> gradient = new OracleEngine().run(first).weightGradient();
              return new EngineAnswer(
                  right.outputs(),
                  right.last(),
                  gradient,
                  right.inputGradient(),
                  right.initialGradient());
            }),
        fault(
            "one gradient off by a part in a million",
            question -> withWeightGradient(new OracleEngine().run(question), 1 + 1e-6)));
  }

  private static Arguments fault(String name, Function<EngineCase, EngineAnswer> engine) {
    return Arguments.of(name, engine);
  }

  private static Function<EngineCase, EngineAnswer> asked(UnaryOperator<EngineCase> misread) {
    return question -> new OracleEngine().run(misread.apply(question));
  }

  private static EngineCase withWeights(EngineCase question, Map<String, Tensor> weights) {
    return new EngineCase(
        question.layers(),
        question.readout(),
        weights,
        question.x(),
        question.initial(),
        question.outputGradient(),
        question.lastGradient());
  }

  private static UnaryOperator<EngineCase> exchange(String one, String other) {
    return question -> {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      for (String name : question.weights().keySet()) {
        String from = name;
        if (name.contains("." + one + ".")) {
          from = name.replace("." + one + ".", "." + other + ".");
        } else if (name.contains("." + other + ".")) {
          from = name.replace("." + other + ".", "." + one + ".");
        }
        weights.put(name, Objects.requireNonNull(question.weights().get(from), from));
      }
      return withWeights(question, weights);
    };
  }

  private static UnaryOperator<EngineCase> scale(String part, double factor) {
    return question -> {
      Map<String, Tensor> weights = new LinkedHashMap<>(question.weights());
      weights.replaceAll((name, w) -> name.endsWith(part) ? scaled(w, factor) : w);
      return withWeights(question, weights);
    };
  }

  private static EngineCase negateUpdateGate(EngineCase question) {
    Map<String, Tensor> weights = new LinkedHashMap<>(question.weights());
    weights.replaceAll((name, w) -> name.contains(".update.") ? scaled(w, -1) : w);
    return withWeights(question, weights);
  }

  /** The other variant of a GRU, with c_h of zeros where it is new and left out where it was. */
  private static EngineCase otherReset(EngineCase question) {
    List<CellKind> layers = new ArrayList<>();
    Map<String, Tensor> weights = new LinkedHashMap<>(question.weights());
    for (CellKind kind : question.layers()) {
      if (kind instanceof CellKind.Gru gru) {
        String name = "layers." + layers.size() + ".candidate.";
        Tensor bias = Objects.requireNonNull(weights.get(name + "bias"));
        Tensor before = weights.remove(name + "recurrent_bias");
        if (before == null) {
          weights.put(name + "recurrent_bias", scaled(bias, 0));
        }
        layers.add(new CellKind.Gru(gru.reset() == Reset.BEFORE ? Reset.AFTER : Reset.BEFORE));
      } else {
        layers.add(kind);
      }
    }
    return new EngineCase(
        layers,
        question.readout(),
        weights,
        question.x(),
        question.initial(),
        question.outputGradient(),
        question.lastGradient());
  }

  private static EngineCase transposed(EngineCase question) {
    Map<String, Tensor> weights = new LinkedHashMap<>(question.weights());
    weights.replaceAll(
        (name, w) -> {
          if (!name.endsWith(".recurrent_weights")) {
            return w;
          }
          double[][] rows = w.rows();
          double[][] turned = new double[rows.length][rows.length];
          for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
              turned[j][i] = rows[i][j];
            }
          }
          return Tensor.matrix(turned);
        });
    return withWeights(question, weights);
  }

  private static EngineCase toTheEnd(EngineCase question) {
    EngineCase zeros = withStates(question, 0);
    return new EngineCase(
        question.layers(),
        question.readout(),
        question.weights(),
        question.x(),
        question.initial(),
        question.outputGradient(),
        zeros.initial());
  }

  private static EngineCase withStates(EngineCase question, double value) {
    List<List<State>> states = new ArrayList<>();
    for (List<State> layers : question.initial()) {
      List<State> filled = new ArrayList<>();
      for (State state : layers) {
        double[] h = state.h();
        Arrays.fill(h, value);
        filled.add(state instanceof State.Hidden ? State.of(h) : State.of(h, h));
      }
      states.add(filled);
    }
    return new EngineCase(
        question.layers(),
        question.readout(),
        question.weights(),
        question.x(),
        states,
        question.outputGradient(),
        question.lastGradient());
  }

  private static EngineAnswer withWeightGradient(EngineAnswer answer, double factor) {
    Map<String, Tensor> gradient = new LinkedHashMap<>(answer.weightGradient());
    gradient.replaceAll((name, tensor) -> scaled(tensor, factor));
    return new EngineAnswer(
        answer.outputs(),
        answer.last(),
        gradient,
        answer.inputGradient(),
        answer.initialGradient());
  }

  private static Tensor scaled(Tensor tensor, double factor) {
    double[] values = tensor.values();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return Tensor.of(values, tensor.shape());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void faultIsCaught(String name, Function<EngineCase, EngineAnswer> engine) {
    assertThrows(AssertionError.class, () -> runContract(engine), name);
  }

  @Test
  void noFaultIsFoundInTheOracle() throws Throwable {
    int run = runContract(new OracleEngine()::run);
    assertTrue(run > 80, "expected the whole contract, found only " + run + " tests");
  }

  /** Runs the contract's tests until one fails; how many ran. */
  private static int runContract(Function<EngineCase, EngineAnswer> engine) throws Throwable {
    RecurrentContract subject = new EngineFromOutsideContract(engine);
    int run = 0;
    for (Method factory : RecurrentContract.class.getDeclaredMethods()) {
      if (factory.isAnnotationPresent(TestFactory.class)) {
        factory.setAccessible(true);
        for (Object test : ((Stream<?>) factory.invoke(subject)).toList()) {
          ((DynamicTest) test).getExecutable().execute();
          run++;
        }
      }
    }
    return run;
  }
}
