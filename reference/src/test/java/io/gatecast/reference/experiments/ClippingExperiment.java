package io.gatecast.reference.experiments;

import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.GradientSum;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.Readout;
import io.gatecast.reference.RecurrentCell;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.SequenceGradient;
import io.gatecast.reference.SequencePass;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Clipping;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Loss;
import io.gatecast.reference.training.Objective;
import io.gatecast.reference.training.OptimizerState;
import io.gatecast.reference.training.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What clipping by the global norm does to a gradient, and what it does not: the update is bounded,
 * the direction kept, and early steps have the share of it that they had before.
 *
 * <p>The task is the adding problem. A vanilla RNN is started so that its gradient vanishes (tanh,
 * U orthogonal times 0.5) or explodes (ReLU, U the identity).
 */
final class ClippingExperiment {
  static final int HIDDEN = 16;
  static final double LIMIT = 1;
  static final double LEARNING_RATE = 0.003;
  static final double MOMENTUM = 0.9;
  static final int BATCH = 10;
  static final int CHECK = 100;
  private static final int VALIDATION_SEQUENCES = 200;
  private static final long SEED = 1;

  private ClippingExperiment() {}

  /** How a network starts. */
  enum Start {
    /** ‖∂h_T/∂h_t‖ is at most 0.5 to the power of the lag. */
    VANISHING,

    /** No unit that is on forgets, and each update of U multiplies along the whole sequence. */
    EXPLODING;

    ReferenceNetwork network() {
      ReferenceNetwork drawn = Contender.RNN.network(2, HIDDEN, 1, Readout.LAST_STEP, 2, SEED);
      Map<String, Tensor> weights = new LinkedHashMap<>(drawn.weights());
      weights.put(
          "layers.0.hidden.recurrent_weights",
          switch (this) {
            case VANISHING -> RecurrentMatrix.orthogonal(HIDDEN, 0.5, SEED);
            case EXPLODING -> RecurrentMatrix.identity(HIDDEN, 1);
          });
      CellKind kind = new CellKind.Rnn(this == VANISHING ? Activation.TANH : Activation.RELU);
      return ReferenceNetwork.fromWeights(List.of(kind), Readout.LAST_STEP, weights);
    }
  }

  /**
   * One gradient before and after it is clipped.
   *
   * @param norm ‖g‖
   * @param clippedNorm ‖clip(g)‖
   * @param cosine of the angle between the two
   * @param early ‖g of the first half's steps‖ / ‖g of the second half's steps‖
   * @param clippedEarly the same ratio after the two halves were clipped together
   */
  record Clipped(
      double norm, double clippedNorm, double cosine, double early, double clippedEarly) {}

  /**
   * Clips the gradient of one sequence.
   *
   * @param limit as a share of the gradient's norm
   */
  static Clipped clip(Start start, int length, double limit) {
    ReferenceNetwork network = start.network();
    Example example = MemoryTask.ADDING.draw(length, new Random(SEED));
    NetworkPass pass = network.forward(example.x().rows(), network.initialStates());
    double error = pass.outputs().get(0).get(0) - example.targets().get(0, 0);
    SequenceGradient gradient =
        network.backward(pass, new double[][] {{2 * error}}).layers().get(0);

    Map<String, Tensor> whole = gradient.weights();
    double norm = Clipping.norm(whole.values());
    Map<String, Tensor> clipped = new Clipping.ByGlobalNorm(limit * norm).apply(whole);
    double clippedNorm = Clipping.norm(clipped.values());

    RecurrentCell cell = network.layers().get(0).cell();
    SequencePass steps = pass.layers().get(0);
    Map<String, Tensor> halves = new LinkedHashMap<>();
    part(cell, steps, gradient, 0, length / 2).forEach((name, g) -> halves.put("0." + name, g));
    part(cell, steps, gradient, length / 2, length)
        .forEach((name, g) -> halves.put("1." + name, g));
    Map<String, Tensor> clippedHalves =
        new Clipping.ByGlobalNorm(limit * Clipping.norm(halves.values())).apply(halves);
    return new Clipped(
        norm,
        clippedNorm,
        dot(whole, clipped) / (norm * clippedNorm),
        norm(halves, "0.") / norm(halves, "1."),
        norm(clippedHalves, "0.") / norm(clippedHalves, "1."));
  }

  /** What the steps of one part of a sequence add to ∂L/∂weights. */
  private static Map<String, Tensor> part(
      RecurrentCell cell, SequencePass pass, SequenceGradient gradient, int from, int to) {
    GradientSum sum = new GradientSum();
    for (int t = from; t < to; t++) {
      cell.backward(
          pass.x().get(t).values(),
          pass.before(t),
          pass.steps().get(t),
          gradient.states().get(t),
          sum);
    }
    return sum.tensors();
  }

  private static double norm(Map<String, Tensor> tensors, String prefix) {
    return Clipping.norm(
        tensors.entrySet().stream()
            .filter(tensor -> tensor.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .toList());
  }

  private static double dot(Map<String, Tensor> a, Map<String, Tensor> b) {
    double sum = 0;
    for (Map.Entry<String, Tensor> entry : a.entrySet()) {
      double[] left = entry.getValue().values();
      double[] right = b.getOrDefault(entry.getKey(), entry.getValue()).values();
      for (int k = 0; k < left.length; k++) {
        sum += left[k] * right[k];
      }
    }
    return sum;
  }

  /**
   * A training by gradient descent with momentum.
   *
   * @param errors the validation error as a share of the baseline at the start and after each
   *     {@link #CHECK} updates
   * @param largestGradient the largest ‖g‖ met, before clipping
   * @param largestUpdate the largest ‖w_new − w_old‖ met
   * @param weightNorm ‖w‖ at the start
   * @param beyond updates whose ‖g‖ was above the limit
   */
  record Trained(
      List<Double> errors,
      double largestGradient,
      double largestUpdate,
      double weightNorm,
      int beyond) {
    double last() {
      return errors.get(errors.size() - 1);
    }

    double least() {
      return errors.stream().reduce(Double.POSITIVE_INFINITY, Math::min);
    }
  }

  /** Trains, with the limit or with none. */
  static Trained train(Start start, int length, int updates, Clipping clipping) {
    Random random = new Random(SEED);
    List<Example> validation =
        MemoryTask.ADDING.draw(VALIDATION_SEQUENCES, length, new Random(-SEED));
    Objective objective = new Objective(new Loss.Squared());
    OptimizerState state = new Sgd(LEARNING_RATE, MOMENTUM).start();
    ReferenceNetwork network = start.network();
    double weightNorm = Clipping.norm(network.weights().values());
    double baseline = MemoryTask.ADDING.baseline(length);
    List<Double> errors = new ArrayList<>();
    errors.add(objective.value(network, validation) / baseline);
    double largestGradient = 0;
    double largestUpdate = 0;
    int beyond = 0;
    for (int update = 1; update <= updates; update++) {
      List<Example> batch = MemoryTask.ADDING.draw(BATCH, length, random);
      Map<String, Tensor> gradient = objective.gradient(network, batch).weights();
      double norm = Clipping.norm(gradient.values());
      largestGradient = Math.max(largestGradient, norm);
      beyond += norm > LIMIT ? 1 : 0;
      ReferenceNetwork next =
          network.withWeights(state.update(network.weights(), clipping.apply(gradient)));
      largestUpdate = Math.max(largestUpdate, distance(network.weights(), next.weights()));
      network = next;
      if (update % CHECK == 0) {
        errors.add(objective.value(network, validation) / baseline);
      }
    }
    return new Trained(List.copyOf(errors), largestGradient, largestUpdate, weightNorm, beyond);
  }

  private static double distance(Map<String, Tensor> a, Map<String, Tensor> b) {
    List<Tensor> differences = new ArrayList<>();
    a.forEach(
        (name, tensor) -> {
          double[] difference = tensor.values();
          double[] other = b.getOrDefault(name, tensor).values();
          for (int k = 0; k < difference.length; k++) {
            difference[k] -= other[k];
          }
          differences.add(Tensor.vector(difference));
        });
    return Clipping.norm(differences);
  }
}
