package io.gatecast.reference;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parts of a {@link SegmentedNetwork} from tensors by their canonical names, which it checks
 * against the settings and each other. It computes nothing.
 *
 * @param embedding W and b, of a segment
 * @param positions p_k, one a row
 * @param channels a_c, one a row; empty for one channel
 * @param layer the cell, over time
 * @param head V and c, of one segment
 * @param linear A and d; empty if there is no linear map
 */
record SegmentedParts(
    Dense embedding,
    Tensor positions,
    Optional<Tensor> channels,
    Unrolled layer,
    Dense head,
    Optional<Dense> linear) {
  static final String CELL = "layers.0.";
  static final String HEAD = "head.";
  static final String EMBEDDING = "segments.embedding.";
  static final String LINEAR = "segments.linear.";
  static final String POSITIONS = "segments.positions";
  static final String CHANNELS = "segments.channels";

  /** The parts, as {@link SegmentedNetwork#fromWeights} says. */
  static SegmentedParts fromWeights(
      CellKind kind, Segmentation settings, Map<String, Tensor> weights) {
    NamedTensors tensors = new NamedTensors(weights, "");
    Dense embedding = embedding(settings, tensors, weights);
    int width = embedding.outputSize();

    boolean several = settings.channels() > 1;
    int positionWidth = several ? width / 2 : width;
    Tensor positions = tensors.get(POSITIONS, settings.segments(settings.horizon()), positionWidth);
    Optional<Tensor> channels =
        several
            ? Optional.of(tensors.get(CHANNELS, settings.channels(), positionWidth))
            : Optional.empty();

    String first = CELL + kind.gates().get(0) + ".input_weights";
    int hidden = tensors.matrix(first, "hidden", "input").shape()[0];
    tensors.get(first, hidden, width);
    RecurrentCell cell = kind.cellFromWeights(weights, CELL);

    int outputs = Math.multiplyExact(settings.length(), settings.outputsPerStep());
    tensors.get(HEAD + "weights", outputs, hidden);
    tensors.get(HEAD + "bias", outputs);

    SegmentedParts parts =
        new SegmentedParts(
            embedding,
            positions,
            channels,
            new Unrolled(cell),
            Dense.fromWeights(weights, HEAD),
            linear(settings, tensors, weights));
    parts.rejectOthers(kind, settings, weights);
    return parts;
  }

  private static Dense embedding(
      Segmentation settings, NamedTensors tensors, Map<String, Tensor> weights) {
    int[] shape = tensors.matrix(EMBEDDING + "weights", "embedding", "segment").shape();
    if (shape[1] % settings.length() != 0) {
      throw new IllegalArgumentException(
          EMBEDDING
              + "weights: expected a multiple of "
              + settings.length()
              + " columns, as many numbers for each step of a segment, found shape "
              + Arrays.toString(shape));
    }
    if (settings.channels() > 1 && shape[0] % 2 != 0) {
      throw new IllegalArgumentException(
          EMBEDDING
              + "weights: expected an even number of rows for "
              + settings.channels()
              + " channels, half for the position and half for the channel, found shape "
              + Arrays.toString(shape));
    }
    tensors.get(EMBEDDING + "bias", shape[0]);
    return Dense.fromWeights(weights, EMBEDDING);
  }

  private static Optional<Dense> linear(
      Segmentation settings, NamedTensors tensors, Map<String, Tensor> weights) {
    if (!weights.containsKey(LINEAR + "weights") && !weights.containsKey(LINEAR + "bias")) {
      return Optional.empty();
    }
    int steps = tensors.matrix(LINEAR + "weights", "horizon", "steps").shape()[1];
    tensors.get(LINEAR + "weights", settings.horizon(), steps);
    tensors.get(LINEAR + "bias", settings.horizon());
    return Optional.of(Dense.fromWeights(weights, LINEAR));
  }

  private void rejectOthers(CellKind kind, Segmentation settings, Map<String, Tensor> weights) {
    Set<String> expected = new HashSet<>(Set.of(POSITIONS));
    channels.ifPresent(each -> expected.add(CHANNELS));
    expected.addAll(Set.of(EMBEDDING + "weights", EMBEDDING + "bias"));
    expected.addAll(Set.of(HEAD + "weights", HEAD + "bias"));
    linear.ifPresent(map -> expected.addAll(Set.of(LINEAR + "weights", LINEAR + "bias")));
    kind.tensorNames().forEach(name -> expected.add(CELL + name));
    Set<String> unknown = new TreeSet<>(weights.keySet());
    unknown.removeAll(expected);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "weights: expected only the tensors of one layer "
              + kind
              + ", of the head and of segments of "
              + settings.channels()
              + (settings.channels() == 1 ? " channel" : " channels")
              + ", found also "
              + unknown
              + "; remove them, or choose the kind of cell and the channels that they belong to");
    }
  }

  /** F, numbers of one step of one channel. */
  int inputs(Segmentation settings) {
    return embedding.hiddenSize() / settings.length();
  }
}
