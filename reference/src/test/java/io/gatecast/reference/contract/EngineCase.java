package io.gatecast.reference.contract;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One question to an engine: a network and a batch of sequences of one length.
 *
 * @param layers the kinds of the layers from the input upwards
 * @param readout which steps the head reads
 * @param weights the tensors by canonical name
 * @param x the inputs, one matrix {@code [time, input]} for each sequence of the batch
 * @param initial for each sequence, the state of each layer before the first step; zeros if the
 *     engine lacks {@link RecurrentEngine.Feature#STATES}
 * @param outputGradient ∂L/∂y, one matrix {@code [outputs read, output]} for each sequence
 * @param lastGradient for each sequence, ∂L/∂(the state of each layer after the last step) by what
 *     goes on from it; zeros if the engine lacks {@link
 *     RecurrentEngine.Feature#LAST_STATE_GRADIENTS}
 */
public record EngineCase(
    List<CellKind> layers,
    Readout readout,
    Map<String, Tensor> weights,
    List<Tensor> x,
    List<List<State>> initial,
    List<Tensor> outputGradient,
    List<List<State>> lastGradient) {

  /** What a golden file asks about its one sequence, from zero states. */
  static EngineCase of(GoldenFile golden, Readout readout, Tensor outputGradient) {
    return new EngineCase(
            golden.layers(),
            readout,
            golden.tensors(GoldenFile.Role.WEIGHT),
            List.of(golden.tensor(GoldenFile.Role.INPUT, "x")),
            List.of(),
            List.of(outputGradient),
            List.of())
        .fromZeros()
        .toTheEnd();
  }

  /** The same question from zero states. */
  EngineCase fromZeros() {
    return withInitial(zeros());
  }

  /** The same question where nothing goes on from the last states. */
  EngineCase toTheEnd() {
    return withLastGradient(zeros());
  }

  private List<List<State>> zeros() {
    List<State> zeros = ReferenceNetwork.fromWeights(layers, readout, weights).initialStates();
    return Collections.nCopies(x.size(), zeros);
  }

  /** The same question about one sequence of the batch alone. */
  EngineCase single(int sequence) {
    return new EngineCase(
        layers,
        readout,
        weights,
        List.of(x.get(sequence)),
        List.of(initial.get(sequence)),
        List.of(outputGradient.get(sequence)),
        List.of(lastGradient.get(sequence)));
  }

  /** The same question with other weights. */
  EngineCase with(Map<String, Tensor> others) {
    return new EngineCase(layers, readout, others, x, initial, outputGradient, lastGradient);
  }

  /** The same question from other states. */
  EngineCase withInitial(List<List<State>> others) {
    return new EngineCase(layers, readout, weights, x, others, outputGradient, lastGradient);
  }

  /** The same question with other gradients of the last states. */
  EngineCase withLastGradient(List<List<State>> others) {
    return new EngineCase(layers, readout, weights, x, initial, outputGradient, others);
  }

  /** The same question with every element of one bias set to a value. */
  EngineCase withBias(String name, double value) {
    Map<String, Tensor> changed = new LinkedHashMap<>(weights);
    changed.computeIfPresent(
        name,
        (same, bias) -> {
          double[] values = bias.values();
          Arrays.fill(values, value);
          return Tensor.vector(values);
        });
    return with(changed);
  }

  /** The same question about the steps from the first one given to before the second. */
  EngineCase steps(int from, int to) {
    List<Tensor> part = x.stream().map(matrix -> rows(matrix, from, to)).toList();
    List<Tensor> gradient =
        readout == Readout.EVERY_STEP
            ? outputGradient.stream().map(matrix -> rows(matrix, from, to)).toList()
            : outputGradient;
    return new EngineCase(layers, readout, weights, part, initial, gradient, lastGradient);
  }

  private static Tensor rows(Tensor matrix, int from, int to) {
    return Tensor.matrix(Arrays.copyOfRange(matrix.rows(), from, to));
  }
}
