package io.gatecast.core.kernel;

import static io.gatecast.core.kernel.DrawnLayer.at;
import static io.gatecast.core.kernel.DrawnLayer.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Padding before and behind, of which the oracle knows nothing: for every kernel the same. */
abstract class PaddingContract {
  private static final int BATCH = 4;
  private static final int TIME = 5;

  /** First and last true step of each sequence: whole, padded behind, before, and both. */
  private static final int[][] STEPS = {{0, 4}, {0, 2}, {3, 4}, {1, 3}};

  abstract LayerKernel kernel();

  abstract DataType type();

  abstract double tolerance();

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void paddedSequencesGiveWhatTheyGiveAlone(LayerShape shape) {
    DrawnLayer padded = padded(shape);
    Map<String, INDArray> expected = new LinkedHashMap<>();
    for (int b = 0; b < BATCH; b++) {
      join(expected, alone(padded, b, STEPS[b][0], STEPS[b][1] + 1));
    }
    check(expected, padded.run(kernel()), tolerance());
  }

  /** Also where a sequence has nothing but padding in one of the parts. */
  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void splitPaddedSequencesWithStatesAndGradientsHandedOverGiveTheWhole(LayerShape shape) {
    DrawnLayer whole = padded(shape);
    Map<String, INDArray> expected = whole.run(kernel());
    for (int split = 1; split < TIME; split++) {
      DrawnLayer first = whole.steps(0, split, whole.initial(), whole.dLast());
      LayerState between = first.forward(kernel(), first.newOut(), false).last();
      Map<String, INDArray> found = whole.steps(split, TIME, between, whole.dLast()).run(kernel());
      LayerState handedOver = new LayerState(at(found, "first.h"), found.get("first.c"));
      Map<String, INDArray> before =
          whole.steps(0, split, whole.initial(), handedOver).run(kernel());
      for (String name : List.of("out", "dx")) {
        found.put(name, Nd4j.concat(2, at(before, name), at(found, name)));
      }
      before.forEach(
          (name, array) -> {
            if (name.startsWith("gradients.")) {
              at(found, name).addi(array);
            } else if (name.startsWith("first.")) {
              found.put(name, array);
            }
          });
      check(expected, found, tolerance());
    }
  }

  /** Sequences with what is no number where they are padded. */
  private DrawnLayer padded(LayerShape shape) {
    DrawnLayer drawn = DrawnLayer.of(shape, BATCH, TIME, type());
    INDArray x = drawn.x().dup();
    INDArray mask = Nd4j.zeros(DataType.FLOAT, BATCH, TIME);
    for (int b = 0; b < BATCH; b++) {
      for (int t = 0; t < TIME; t++) {
        boolean taken = t >= STEPS[b][0] && t <= STEPS[b][1];
        mask.putScalar(b, t, taken ? 0.25 : 0); // whatever is not 0 is true
        for (int i = 0; i < shape.inputs() && !taken; i++) {
          x.putScalar(new int[] {b, i, t}, Double.NaN);
        }
      }
    }
    return drawn.with(x, mask);
  }

  @ParameterizedTest
  @MethodSource("io.gatecast.core.kernel.DrawnLayer#shapes")
  void sequenceOfPaddingKeepsTheStateAndPassesItsGradientOn(LayerShape shape) {
    DrawnLayer drawn = DrawnLayer.of(shape, 1, TIME, type());
    INDArray mask = Nd4j.zeros(type(), 1, TIME);
    Map<String, INDArray> found = drawn.with(drawn.x(), mask).run(kernel());

    Map<String, INDArray> expected = new LinkedHashMap<>();
    INDArray h = drawn.initial().h();
    expected.put("out", Nd4j.concat(2, copies(h.reshape(1, shape.hidden(), 1), TIME)));
    expected.put("dx", drawn.x().like());
    expected.putAll(DrawnLayer.named("gradients.", DrawnLayer.zeros(shape, type())));
    expected.putAll(DrawnLayer.named("last.", drawn.initial()));
    expected.put("first.h", drawn.dOut().sum(2).addi(drawn.dLast().h()));
    if (drawn.dLast().c() != null) {
      expected.put("first.c", drawn.dLast().c());
    }
    check(expected, found, tolerance());
  }

  /** One sequence's true steps, run alone, and its results put where they are in the batch. */
  private Map<String, INDArray> alone(DrawnLayer drawn, int b, int from, int to) {
    INDArray dOut = part(drawn.dOut(), b, from, to).dup();
    // What reads padding behind reads the last true step's output.
    INDArray dLast = dOut.get(steps(to - from - 1, to - from));
    if (to < TIME) {
      dLast.addi(part(drawn.dOut(), b, to, TIME).sum(true, 2));
    }
    LayerState initial = row(drawn.initial(), b);
    DrawnLayer single =
        new DrawnLayer(
            drawn.shape(),
            drawn.weights(),
            part(drawn.x(), b, from, to),
            null,
            initial,
            dOut,
            row(drawn.dLast(), b));
    Map<String, INDArray> found = single.run(kernel());
    INDArray out = Nd4j.create(type(), 1, drawn.shape().hidden(), TIME);
    for (int t = 0; t < TIME; t++) {
      INDArray state =
          t < from ? initial.h() : at(found, "out").get(step(Math.min(t, to - 1) - from));
      out.get(step(t)).assign(state);
    }
    INDArray dx = Nd4j.create(type(), 1, drawn.shape().inputs(), TIME);
    dx.get(steps(from, to)).assign(at(found, "dx"));
    found.put("out", out);
    found.put("dx", dx);
    if (from > 0) { // what reads padding before reads the initial state
      at(found, "first.h").addi(part(drawn.dOut(), b, 0, from).sum(2));
    }
    return found;
  }

  private static LayerState row(LayerState state, int b) {
    INDArrayIndex row = NDArrayIndex.interval(b, b + 1);
    INDArray c = state.c();
    return new LayerState(
        state.h().get(row, NDArrayIndex.all()), c == null ? null : c.get(row, NDArrayIndex.all()));
  }

  private static INDArrayIndex[] steps(int from, int to) {
    return new INDArrayIndex[] {
      NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)
    };
  }

  private static INDArrayIndex[] step(int t) {
    return new INDArrayIndex[] {NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t)};
  }

  private static INDArray part(INDArray array, int b, int from, int to) {
    return array.get(
        NDArrayIndex.interval(b, b + 1), NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  private static INDArray[] copies(INDArray array, int count) {
    return Stream.generate(() -> array).limit(count).toArray(INDArray[]::new);
  }

  /** Sequences follow each other; gradients of weights add up. */
  private static void join(Map<String, INDArray> joined, Map<String, INDArray> next) {
    next.forEach(
        (name, array) ->
            joined.merge(
                name,
                array,
                (a, b) -> name.startsWith("gradients.") ? a.add(b) : Nd4j.concat(0, a, b)));
  }
}
