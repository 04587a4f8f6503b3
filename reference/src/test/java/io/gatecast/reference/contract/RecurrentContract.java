package io.gatecast.reference.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Reset;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.RecurrentEngine.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * What every engine for recurrent networks must compute: to be subclassed with an engine of one's
 * own, which it holds against the oracle on random networks of awkward sizes, and against what must
 * be true whatever the numbers.
 *
 * <p>It sees an engine only through {@link RecurrentEngine}: it does not know how fast it is, nor
 * what it does with wrong input. What the engine does not claim to do is skipped with the reason.
 */
public abstract class RecurrentContract {
  /** The sizes on which an engine must agree: of one, of none that fills a vector, of several. */
  private static final List<Size> SIZES =
      List.of(
          new Size(1, 1, 1, 1, 1, 1),
          new Size(1, 2, 2, 2, 1, 1),
          new Size(3, 7, 3, 13, 2, 1),
          new Size(2, 33, 5, 8, 3, 1),
          new Size(9, 5, 1, 17, 1, 2),
          new Size(2, 7, 2, 3, 2, 3),
          new Size(2, 3, 13, 207, 1, 1));

  private static final Size SMALL = new Size(3, 9, 2, 5, 2, 1);
  private static final Size SMALL_STACK = new Size(3, 9, 2, 5, 2, 2);

  /** For each subclass. */
  protected RecurrentContract() {}

  /**
   * The engine under test.
   *
   * @return the engine; asked for once a test
   */
  protected abstract RecurrentEngine engine();

  /**
   * The largest difference that passes, relative to the largest element of the oracle's tensor.
   *
   * @return such as 1e-12 for an engine in double, 1e-4 for one in float
   */
  protected abstract double tolerance();

  /**
   * All kinds of cell that the oracle has.
   *
   * @return the kinds, each variant for itself
   */
  public static List<CellKind> kinds() {
    return List.of(
        new CellKind.Rnn(Activation.TANH),
        new CellKind.Rnn(Activation.SIGMOID),
        new CellKind.Rnn(Activation.RELU),
        new CellKind.Gru(Reset.BEFORE),
        new CellKind.Gru(Reset.AFTER),
        new CellKind.Lstm());
  }

  @TestFactory
  Stream<DynamicTest> outputsAreTheOracles() {
    return eachKindAndSize(
        question -> difference().check("y", oracle(question).outputs(), run(question).outputs()));
  }

  @TestFactory
  Stream<DynamicTest> lastStatesAreTheOracles() {
    return eachKindAndSize(
        question -> {
          require(Feature.STATES);
          difference().checkStates("last state", oracle(question).last(), run(question).last());
        });
  }

  @TestFactory
  Stream<DynamicTest> weightGradientsAreTheOracles() {
    return eachKindAndSize(
        question -> {
          require(Feature.WEIGHT_GRADIENTS);
          difference()
              .check("∂L/∂", oracle(question).weightGradient(), run(question).weightGradient());
        });
  }

  @TestFactory
  Stream<DynamicTest> inputGradientsAreTheOracles() {
    return eachKindAndSize(
        question -> {
          require(Feature.INPUT_GRADIENTS);
          difference()
              .check("∂L/∂x", oracle(question).inputGradient(), run(question).inputGradient());
        });
  }

  @TestFactory
  Stream<DynamicTest> stateGradientsAreTheOracles() {
    return eachKindAndSize(
        question -> {
          require(Feature.STATE_GRADIENTS);
          difference()
              .checkStates(
                  "∂L/∂(initial state)",
                  oracle(question).initialGradient(),
                  run(question).initialGradient());
        });
  }

  @TestFactory
  Stream<DynamicTest> sameQuestionGivesTheSameBits() {
    return eachKind(kind -> assertEquals(run(drawn(kind, SMALL)), run(drawn(kind, SMALL))));
  }

  @TestFactory
  Stream<DynamicTest> batchGivesWhatItsSequencesGiveAlone() {
    return eachKind(
        kind -> {
          EngineCase question = drawn(kind, SMALL_STACK);
          List<Tensor> outputs = new ArrayList<>();
          List<Tensor> inputs = new ArrayList<>();
          for (int n = 0; n < SMALL_STACK.batch(); n++) {
            EngineAnswer single = run(question.single(n));
            outputs.addAll(single.outputs());
            inputs.addAll(single.inputGradient());
          }
          difference().check("y", outputs, run(question).outputs());
          difference().check("∂L/∂x", inputs, run(question).inputGradient());
        });
  }

  @TestFactory
  Stream<DynamicTest> permutedUnitsGiveTheSameOutputs() {
    return eachKind(
        kind -> {
          EngineCase question = drawn(kind, SMALL);
          int[] order = new RandomWeights(3).permutation(SMALL.hidden());
          Map<String, Tensor> permuted = new LinkedHashMap<>();
          question.weights().forEach((name, w) -> permuted.put(name, permuted(name, w, order)));
          EngineCase fromZeros = question.withInitial(zeros(question));
          difference()
              .check("y", run(fromZeros).outputs(), run(fromZeros.with(permuted)).outputs());
        });
  }

  @TestFactory
  Stream<DynamicTest> splitSequenceWithCarriedStatesGivesTheWhole() {
    return eachKind(
        kind -> {
          require(Feature.STATES);
          EngineCase whole = drawn(kind, SMALL_STACK);
          for (int split = 1; split < SMALL_STACK.time(); split++) {
            EngineAnswer first = run(whole.steps(0, split));
            EngineCase second = whole.steps(split, SMALL_STACK.time()).withInitial(first.last());
            difference().checkStates("last state", run(whole).last(), run(second).last());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> closedUpdateGateKeepsTheState() {
    return eachKind(
        kind -> {
          assumeTrue(kind instanceof CellKind.Gru, () -> "skipped: no update gate in " + kind);
          require(Feature.STATES);
          EngineCase question =
              drawn(kind, new Size(2, 100, 2, 13, 1, 1)).withBias("layers.0.update.bias", -1e3);
          difference().checkStates("last state", question.initial(), run(question).last());
        });
  }

  @TestFactory
  Stream<DynamicTest> saturatedForgetGateCarriesTheCellForAThousandSteps() {
    return eachKind(
        kind -> {
          assumeTrue(kind instanceof CellKind.Lstm, () -> "skipped: no forget gate in " + kind);
          require(Feature.STATES);
          EngineCase question =
              drawn(kind, new Size(2, 1000, 2, 13, 1, 1))
                  .withBias("layers.0.forget.bias", 1e3)
                  .withBias("layers.0.input.bias", -1e3);
          List<List<State>> last = run(question).last();
          for (int n = 0; n < last.size(); n++) {
            difference().check("C", cell(question.initial().get(n)), cell(last.get(n)));
          }
        });
  }

  private static Tensor cell(List<State> layers) {
    if (layers.get(0) instanceof State.HiddenAndCell state) {
      return state.cell();
    }
    throw new AssertionError("expected the state of an LSTM, found " + layers.get(0));
  }

  private EngineAnswer run(EngineCase question) {
    return engine().run(question);
  }

  private static EngineAnswer oracle(EngineCase question) {
    return new OracleEngine().run(question);
  }

  private Difference difference() {
    return new Difference(tolerance(), 1e-3);
  }

  private void require(Feature feature) {
    assumeTrue(engine().features().contains(feature), () -> "skipped: the engine lacks " + feature);
  }

  private EngineCase drawn(CellKind kind, Size size) {
    return size.draw(kind, engine().features(), 1);
  }

  private static List<List<State>> zeros(EngineCase question) {
    ReferenceNetwork network =
        ReferenceNetwork.fromWeights(question.layers(), question.readout(), question.weights());
    return question.x().stream().map(x -> network.initialStates()).toList();
  }

  /** Unit k of the result is unit {@code order[k]}: in rows, in U's columns, in the head's. */
  private static Tensor permuted(String name, Tensor tensor, int[] order) {
    boolean rows = !name.startsWith("head.");
    boolean columns = name.endsWith(".recurrent_weights") || name.equals("head.weights");
    int width = tensor.rank() == 1 ? 1 : tensor.shape()[1];
    double[] from = tensor.values();
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      int row = rows ? order[i / width] : i / width;
      int column = columns ? order[i % width] : i % width;
      to[i] = from[row * width + column];
    }
    return Tensor.of(to, tensor.shape());
  }

  private interface OneKind {
    void test(CellKind kind);
  }

  private interface OneCase {
    void test(EngineCase question);
  }

  private Stream<DynamicTest> eachKind(OneKind test) {
    return kinds().stream().map(kind -> named(kind.toString(), kind, () -> test.test(kind)));
  }

  private Stream<DynamicTest> eachKindAndSize(OneCase test) {
    return kinds().stream()
        .flatMap(
            kind ->
                SIZES.stream()
                    .map(
                        size ->
                            named(kind + " " + size, kind, () -> test.test(drawn(kind, size)))));
  }

  private DynamicTest named(String name, CellKind kind, Executable test) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          assumeTrue(engine().supports(kind), () -> "skipped: the engine has no " + kind);
          test.execute();
        });
  }
}
