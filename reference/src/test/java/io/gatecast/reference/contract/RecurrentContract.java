package io.gatecast.reference.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.GradientSum;
import io.gatecast.reference.Readout;
import io.gatecast.reference.Reset;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.RecurrentEngine.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
          new Size(2, 3, 13, 207, 1, 1),
          new Size(32, 2, 5, 64, 1, 1),
          new Size(3, 96, 5, 64, 2, 1),
          new Size(1, 96, 2, 207, 1, 1),
          new Size(1, 720, 3, 13, 1, 1));

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
   * The same for gradients: sums over many steps, in another order than the oracle's.
   *
   * @return as for everything else, unless overridden
   */
  protected double gradientTolerance() {
    return tolerance();
  }

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

  /** Outputs, states and gradients, as far as the engine claims to give them. */
  @TestFactory
  Stream<DynamicTest> answersAreTheOracles() {
    return kinds(kind -> true)
        .flatMap(
            kind ->
                SIZES.stream()
                    .map(
                        size ->
                            test(
                                kind + " " + size,
                                () -> {
                                  EngineCase question = drawn(kind, size);
                                  check(new OracleEngine().run(question), run(question));
                                })));
  }

  /** From zero states, the head on the last step: what any engine can be asked. */
  @TestFactory
  Stream<DynamicTest> lastOutputsAreThoseOfTheGoldenFiles() {
    return goldenFiles(golden -> true)
        .map(
            golden ->
                test(
                    golden.name(),
                    () -> {
                      Tensor y = golden.tensor(GoldenFile.Role.EXPECTED, "y");
                      Tensor row = Tensor.matrix(new double[][] {y.values()});
                      EngineCase question = EngineCase.of(golden, Readout.LAST_STEP, row);
                      difference().check("y", List.of(row), run(question).outputs());
                    }));
  }

  /** From given states, the head on every step: PyTorch's outputs, states and gradients. */
  @TestFactory
  Stream<DynamicTest> outputsStatesAndGradientsAreThoseOfTheGoldenFiles() {
    if (!can(Feature.STATES, Feature.EVERY_STEP)) {
      return Stream.of(skipped("golden files", "the engine lacks STATES or EVERY_STEP"));
    }
    return goldenFiles(golden -> !golden.tensors(GoldenFile.Role.OUTPUT_LOSS).isEmpty())
        .map(
            golden ->
                test(
                    golden.name(),
                    () -> {
                      Tensor loss = golden.tensor(GoldenFile.Role.OUTPUT_LOSS, "y");
                      EngineCase question =
                          EngineCase.of(golden, Readout.EVERY_STEP, loss)
                              .withInitial(List.of(golden.states(GoldenFile.Role.INPUT)));
                      check(golden.answer(), run(question));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> sameQuestionGivesTheSameBits() {
    return each(
        kinds(kind -> true),
        kind -> assertEquals(run(drawn(kind, SMALL)), run(drawn(kind, SMALL))));
  }

  @TestFactory
  Stream<DynamicTest> batchGivesWhatItsSequencesGiveAlone() {
    return each(
        kinds(kind -> true),
        kind -> {
          EngineCase question = drawn(kind, SMALL_STACK);
          List<Tensor> outputs = new ArrayList<>();
          List<Tensor> inputs = new ArrayList<>();
          for (int n = 0; n < SMALL_STACK.batch(); n++) {
            EngineAnswer single = run(question.single(n));
            outputs.addAll(single.outputs());
            inputs.addAll(single.inputGradient());
          }
          EngineAnswer whole = run(question);
          difference().check("y", outputs, whole.outputs());
          gradientDifference().check("∂L/∂x", inputs, whole.inputGradient());
        });
  }

  @TestFactory
  Stream<DynamicTest> permutedUnitsGiveTheSameOutputs() {
    return each(
        kinds(kind -> true),
        kind -> {
          EngineCase question = drawn(kind, SMALL).fromZeros();
          int[] order = new RandomWeights(3).permutation(SMALL.hidden());
          Map<String, Tensor> permuted = new LinkedHashMap<>();
          question.weights().forEach((name, w) -> permuted.put(name, permuted(name, w, order)));
          difference().check("y", run(question).outputs(), run(question.with(permuted)).outputs());
        });
  }

  @TestFactory
  Stream<DynamicTest> splitSequenceWithCarriedStatesGivesTheWhole() {
    return each(
        kindsWithStates(kind -> true),
        kind -> {
          EngineCase whole = drawn(kind, SMALL_STACK);
          List<List<State>> last = run(whole).last();
          for (int split = 1; split < SMALL_STACK.time(); split++) {
            EngineAnswer first = run(whole.steps(0, split));
            EngineCase rest = whole.steps(split, SMALL_STACK.time());
            EngineAnswer second = run(rest.withInitial(first.last()));
            difference().checkStates("last state", last, second.last());
          }
        });
  }

  /**
   * Backpropagation through time in two pieces: the second's first gradient is the first's last.
   */
  @TestFactory
  Stream<DynamicTest> splitSequenceWithGradientsHandedOverGivesTheWhole() {
    if (!can(Feature.values())) {
      return Stream.of(skipped("split gradients", "the engine lacks one of the features"));
    }
    return each(
        kinds(kind -> true),
        kind -> {
          EngineCase whole = drawn(kind, SMALL_STACK);
          EngineAnswer expected = run(whole);
          for (int split = 1; split < SMALL_STACK.time(); split++) {
            EngineCase first = whole.steps(0, split);
            EngineCase rest = whole.steps(split, SMALL_STACK.time());
            EngineAnswer second = run(rest.withInitial(run(first).last()));
            EngineAnswer back = run(first.withLastGradient(second.initialGradient()));
            check(expected, joined(back, second));
          }
        });
  }

  private static EngineAnswer joined(EngineAnswer first, EngineAnswer second) {
    GradientSum sum = new GradientSum();
    sum.addAll(first.weightGradient());
    sum.addAll(second.weightGradient());
    return new EngineAnswer(
        oneAfterTheOther(first.outputs(), second.outputs()),
        second.last(),
        sum.tensors(),
        oneAfterTheOther(first.inputGradient(), second.inputGradient()),
        first.initialGradient());
  }

  private static List<Tensor> oneAfterTheOther(List<Tensor> first, List<Tensor> second) {
    List<Tensor> whole = new ArrayList<>();
    for (int n = 0; n < first.size(); n++) {
      whole.add(
          Tensor.matrix(
              Stream.of(first.get(n), second.get(n))
                  .flatMap(matrix -> Arrays.stream(matrix.rows()))
                  .toArray(double[][]::new)));
    }
    return whole;
  }

  @TestFactory
  Stream<DynamicTest> closedUpdateGateKeepsTheState() {
    return each(
        kindsWithStates(CellKind.Gru.class::isInstance),
        kind -> {
          EngineCase question =
              drawn(kind, new Size(2, 100, 2, 13, 1, 1)).withBias("layers.0.update.bias", -1e3);
          difference().checkStates("last state", question.initial(), run(question).last());
        });
  }

  @TestFactory
  Stream<DynamicTest> saturatedForgetGateCarriesTheCellForAThousandSteps() {
    return each(
        kindsWithStates(CellKind.Lstm.class::isInstance),
        kind -> {
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

  /** So that a report shows what was not asked. */
  @TestFactory
  Stream<DynamicTest> whatTheEngineDoesNotClaimIsSkipped() {
    return Stream.concat(
        Arrays.stream(Feature.values())
            .filter(feature -> !can(feature))
            .map(feature -> skipped(feature.name(), "the engine lacks it")),
        kinds().stream()
            .filter(kind -> !engine().supports(kind))
            .map(kind -> skipped(kind.toString(), "the engine does not support it")));
  }

  /** The parts that the engine claims to give. */
  private void check(EngineAnswer expected, EngineAnswer found) {
    difference().check("y", expected.outputs(), found.outputs());
    if (can(Feature.STATES)) {
      difference().checkStates("last state", expected.last(), found.last());
    }
    if (can(Feature.WEIGHT_GRADIENTS)) {
      gradientDifference().check("∂L/∂", expected.weightGradient(), found.weightGradient());
    }
    if (can(Feature.INPUT_GRADIENTS)) {
      gradientDifference().check("∂L/∂x", expected.inputGradient(), found.inputGradient());
    }
    if (can(Feature.STATE_GRADIENTS)) {
      gradientDifference()
          .checkStates("∂L/∂(initial state)", expected.initialGradient(), found.initialGradient());
    }
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

  private Difference difference() {
    return new Difference(tolerance(), 1e-3);
  }

  private Difference gradientDifference() {
    return new Difference(gradientTolerance(), 1e-3);
  }

  private EngineCase drawn(CellKind kind, Size size) {
    return size.draw(kind, engine().features(), 1);
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

  private boolean can(Feature... features) {
    return engine().features().containsAll(List.of(features));
  }

  private Stream<CellKind> kinds(Predicate<CellKind> asked) {
    return kinds().stream().filter(kind -> asked.test(kind) && engine().supports(kind));
  }

  private Stream<CellKind> kindsWithStates(Predicate<CellKind> asked) {
    return kinds(asked).filter(kind -> can(Feature.STATES));
  }

  private Stream<GoldenFile> goldenFiles(Predicate<GoldenFile> asked) {
    return GoldenFile.names().stream()
        .map(GoldenFile::read)
        .filter(golden -> golden.layers().stream().allMatch(engine()::supports))
        .filter(asked);
  }

  private interface KindTest {
    void run(CellKind kind);
  }

  private static Stream<DynamicTest> each(Stream<CellKind> kinds, KindTest test) {
    return kinds.map(kind -> test(kind.toString(), () -> test.run(kind)));
  }

  private static DynamicTest test(String name, Executable test) {
    return DynamicTest.dynamicTest(name, test);
  }

  private static DynamicTest skipped(String name, String reason) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          System.out.println("skipped: " + name + ": " + reason);
          abort(reason);
        });
  }
}
