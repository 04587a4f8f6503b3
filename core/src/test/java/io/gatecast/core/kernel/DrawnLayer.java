package io.gatecast.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Oracle;
import io.gatecast.reference.contract.RecurrentContract;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A layer with drawn weights, and what a kernel is given for a batch of sequences.
 *
 * @param dOut ∂L/∂h by what reads it
 * @param dLast ∂L/∂(the state after the last step) by what goes on from it
 */
record DrawnLayer(
    LayerShape shape,
    LayerArrays weights,
    INDArray x,
    @Nullable INDArray mask,
    LayerState initial,
    INDArray dOut,
    LayerState dLast) {

  static DrawnLayer of(LayerShape shape, int batch, int time, DataType type) {
    Random random = new Random(7);
    LayerArrays weights = zeros(shape, type);
    fill(weights.input(), random);
    fill(weights.recurrent(), random);
    fill(weights.bias(), random);
    if (weights.recurrentBias() != null) {
      fill(weights.recurrentBias(), random);
    }
    LayerState initial = state(shape, batch, type, random);
    INDArray x = fill(Nd4j.create(type, batch, shape.inputs(), time), random);
    INDArray dOut = fill(Nd4j.create(type, batch, shape.hidden(), time), random);
    LayerState dLast = state(shape, batch, type, random);
    return new DrawnLayer(shape, weights, x, null, initial, dOut, dLast);
  }

  private static LayerState state(LayerShape shape, int batch, DataType type, Random random) {
    INDArray h = fill(Nd4j.create(type, batch, shape.hidden()), random);
    return new LayerState(
        h, shape.hasCellState() ? fill(Nd4j.create(type, batch, shape.hidden()), random) : null);
  }

  static LayerArrays zeros(LayerShape shape, DataType type) {
    long width = (long) shape.gates() * shape.hidden();
    return new LayerArrays(
        Nd4j.create(type, shape.inputs(), width),
        Nd4j.create(type, shape.hidden(), width),
        Nd4j.create(type, width),
        shape.hasRecurrentBias() ? Nd4j.create(type, shape.hidden()) : null);
  }

  private static INDArray fill(INDArray array, Random random) {
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextDouble() - 0.5);
    }
    return array;
  }

  DrawnLayer with(INDArray otherX, @Nullable INDArray otherMask) {
    return new DrawnLayer(shape, weights, otherX, otherMask, initial, dOut, dLast);
  }

  /** The steps from the first one given to before the second, between other states. */
  DrawnLayer steps(int from, int to, LayerState first, LayerState gradientOfLast) {
    INDArrayIndex some = NDArrayIndex.interval(from, to);
    return new DrawnLayer(
        shape,
        weights,
        x.get(NDArrayIndex.all(), NDArrayIndex.all(), some),
        mask == null ? null : mask.get(NDArrayIndex.all(), some),
        first,
        dOut.get(NDArrayIndex.all(), NDArrayIndex.all(), some),
        gradientOfLast);
  }

  int batch() {
    return (int) x.size(0);
  }

  int time() {
    return (int) x.size(2);
  }

  DataType type() {
    return weights.input().dataType();
  }

  LayerKernel.Pass forward(LayerKernel kernel, INDArray out, boolean keep) {
    return kernel.forward(shape, weights, x, mask, initial, out, keep);
  }

  INDArray newOut() {
    return Nd4j.create(type(), batch(), shape.hidden(), time());
  }

  /** Everything that a kernel finds, by name. */
  Map<String, INDArray> run(LayerKernel kernel) {
    // Results must be written, not added, and everywhere.
    return run(kernel, newOut().assign(5), zeros(shape, type()), x.ulike().assign(5));
  }

  /** The same, written into given arrays. */
  Map<String, INDArray> run(LayerKernel kernel, INDArray out, LayerArrays gradients, INDArray dx) {
    gradients.input().assign(5);
    gradients.recurrent().assign(5);
    gradients.bias().assign(5);
    LayerKernel.Pass pass = forward(kernel, out, true);
    LayerState first = pass.backward(dOut, dLast, gradients, dx);
    Map<String, INDArray> found = new LinkedHashMap<>();
    found.put("out", out);
    found.put("dx", dx);
    found.putAll(named("gradients.", gradients));
    found.putAll(named("last.", pass.last()));
    found.putAll(named("first.", first));
    return found;
  }

  /** Everything that a kernel is given, by name. */
  Map<String, INDArray> given() {
    Map<String, INDArray> given = new LinkedHashMap<>();
    given.put("x", x);
    given.put("dOut", dOut);
    if (mask != null) {
      given.put("mask", mask);
    }
    given.putAll(named("weights.", weights));
    given.putAll(named("initial.", initial));
    given.putAll(named("dLast.", dLast));
    return given;
  }

  static Map<String, INDArray> named(String prefix, LayerArrays arrays) {
    Map<String, INDArray> named = new LinkedHashMap<>();
    named.put(prefix + "input", arrays.input());
    named.put(prefix + "recurrent", arrays.recurrent());
    named.put(prefix + "bias", arrays.bias());
    if (arrays.recurrentBias() != null) {
      named.put(prefix + "recurrentBias", arrays.recurrentBias());
    }
    return named;
  }

  static Map<String, INDArray> named(String prefix, LayerState state) {
    Map<String, INDArray> named = new LinkedHashMap<>();
    named.put(prefix + "h", state.h());
    if (state.c() != null) {
      named.put(prefix + "c", state.c());
    }
    return named;
  }

  /** Each kind of cell, small and of one input and one unit, where vectors and matrices meet. */
  static Stream<LayerShape> shapes() {
    return RecurrentContract.kinds().stream()
        .map(Oracle::cell)
        .flatMap(cell -> Stream.of(new LayerShape(cell, 2, 3), new LayerShape(cell, 1, 1)));
  }

  static INDArray at(Map<String, INDArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  static void check(Map<String, INDArray> expected, Map<String, INDArray> found, double tolerance) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, right) -> {
          INDArray array = at(found, name);
          assertEquals(Arrays.toString(right.shape()), Arrays.toString(array.shape()), name);
          double[] a = right.dup('c').data().asDouble();
          double[] b = array.dup('c').data().asDouble();
          for (int i = 0; i < a.length; i++) {
            assertEquals(a[i], b[i], tolerance, name + " " + i);
          }
        });
  }
}
