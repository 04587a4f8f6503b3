package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.DisagreementException;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Descent;
import io.gatecast.core.training.InitialWeights;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * The proof before a training of a network of segments is timed: from the same weights, and without
 * dropout, ours and PyTorch's give the same outputs, loss and gradient of a batch, and the same
 * losses in a few steps of clipping and Adam. Up to float's rounding.
 */
final class SegmentAgreement {
  /** Relative to the outputs' root mean square, of all outputs together. */
  static final double OUTPUTS = 1e-5;

  /** Relative to the loss. */
  static final double LOSS = 1e-5;

  /**
   * Of a tensor's gradient relative to its own norm, or to a thousandth of the whole gradient's
   * where that is larger. Most are apart by 1e-6; but at the kink of an absolute loss or of an
   * embedding's ReLU a rounding decides on a whole term of the sum.
   */
  static final double GRADIENT = 5e-3;

  private static final double SMALL = 1e-3;

  /** Relative to the loss, after Adam has moved by the sign of rounding where a gradient is 0. */
  static final double LATER_LOSS = 1e-3;

  /** How far weights are moved at most. */
  private static final float MOVED = 0.05f;

  private static final int STEPS = 5;
  private static final String SIDES = "gatecast and pytorch";

  private final NetworkSpec spec;
  private final TrainingSpec training;
  private final Batch batch;

  private SegmentAgreement(NetworkSpec spec, TrainingSpec training, Batch batch) {
    this.spec = spec;
    this.training = training;
    this.batch = batch;
  }

  /**
   * Proves it.
   *
   * @param spec the network; its dropout is left out
   * @param training optimiser and bound of the norm
   * @param batch windows and targets
   * @param threads of either side
   * @throws DisagreementException naming what differs and by how much
   */
  static void prove(NetworkSpec spec, TrainingSpec training, Batch batch, int threads) {
    prove(spec, training, batch, threads, certain -> Trainer.network(certain, threads));
  }

  /** The same of any network that says it is ours. */
  static void prove(
      NetworkSpec spec,
      TrainingSpec training,
      Batch batch,
      int threads,
      Function<NetworkSpec, DifferentiableNetwork> making) {
    NetworkSpec certain = withoutDropout(spec);
    NamedWeights weights = offZero(InitialWeights.of(certain, training.seed()), training.seed());
    SegmentAgreement proof = new SegmentAgreement(certain, training, batch);
    try (DifferentiableNetwork ours = making.apply(certain);
        PyTorchSegments peer = new PyTorchSegments(certain, weights, training, 1, threads)) {
      FlatLayout.of(certain).write(weights, ours.parameters());
      PyTorchSegments.Held held = peer.hold(batch);
      proof.outputs(ours, peer.outputs(held));
      proof.gradient(ours, peer.gradient(held));
      proof.steps(ours, peer, held);
    }
  }

  /**
   * Initial weights, each moved a little: zeros among them would hide what they are multiplied by,
   * and would put the embeddings of windows that stand still on the ReLU's kink.
   */
  private static NamedWeights offZero(NamedWeights initial, long seed) {
    Random random = new Random(seed);
    NamedWeights moved = initial;
    for (String name : initial.tensors().keySet()) {
      float[] values = initial.get(name).values();
      for (int i = 0; i < values.length; i++) {
        values[i] += MOVED * (2 * random.nextFloat() - 1);
      }
      moved = moved.with(name, WeightTensor.of(values, initial.get(name).shape()));
    }
    return moved;
  }

  private static NetworkSpec withoutDropout(NetworkSpec spec) {
    Segments of = spec.segments().orElseThrow();
    Segments certain =
        new Segments(
            of.length(), of.embedding(), of.channels(), of.normalisation(), 0, of.linear());
    return new NetworkSpec(
        spec.inputs(), spec.layers(), spec.head(), spec.loss(), Optional.of(certain));
  }

  private void outputs(DifferentiableNetwork ours, float[] expected) {
    float[] found = new float[expected.length];
    ours.outputs(batch, found);
    require("outputs", OUTPUTS, distance(found, expected), norm(expected));
  }

  private void gradient(DifferentiableNetwork ours, PyTorchSegments.Gradient expected) {
    float[] flat = new float[ours.parameters().length];
    double loss = ours.gradient(batch, 0, flat);
    require("loss", LOSS, Math.abs(loss - expected.loss()), Math.abs(expected.loss()));
    FlatLayout layout = FlatLayout.of(spec);
    NamedWeights found = layout.read(flat);
    float[] all = new float[flat.length];
    layout.write(expected.weights(), all);
    double least = SMALL * norm(all);
    expected
        .weights()
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] theirs = tensor.values();
              double scale = Math.max(least, norm(theirs));
              double apart = distance(found.get(name).values(), theirs);
              require("gradient of " + name, GRADIENT, apart, scale);
            });
  }

  private void steps(DifferentiableNetwork ours, PyTorchSegments peer, PyTorchSegments.Held held) {
    Descent descent = new Descent(ours, training, 1);
    for (int step = 0; step < STEPS; step++) {
      double found = descent.step(batch).loss();
      double expected = peer.step(held);
      double apart = Math.abs(found - expected);
      require("loss after " + step + " steps", LATER_LOSS, apart, Math.abs(expected));
    }
  }

  private void require(String what, double tolerance, double apart, double scale) {
    if (!(apart <= tolerance * scale)) { // a NaN must not pass
      throw new DisagreementException(
          spec.cellNames() + " of segments, " + what,
          tolerance,
          SIDES,
          "a difference of " + apart + ", where the peer's has a size of " + scale);
    }
  }

  private static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }

  /** The L2 norm of a difference. */
  private static double distance(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < right.length; i++) {
      double difference = (double) left[i] - right[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
