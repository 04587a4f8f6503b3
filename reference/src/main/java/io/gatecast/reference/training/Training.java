package io.gatecast.reference.training;

import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small training loop: in every epoch, shuffle the examples, cut them into batches, and for each
 * batch find the gradient, bound it, and move the weights.
 *
 * <p>The same settings, network and examples give the same bits on every machine.
 *
 * @param loss what one output costs
 * @param clipping the bound on each batch's gradient
 * @param optimizer how weights follow their gradient
 * @param batchSize examples a batch, at least 1; the last batch of an epoch may be smaller
 * @param epochs how often every example is seen, at least 1
 * @param seed of the order of the examples
 */
public record Training(
    Loss loss, Clipping clipping, Optimizer optimizer, int batchSize, int epochs, long seed) {
  /**
   * Checks the settings.
   *
   * @param loss what one output costs
   * @param clipping the bound on each batch's gradient
   * @param optimizer how weights follow their gradient
   * @param batchSize examples a batch, at least 1
   * @param epochs how often every example is seen, at least 1
   * @param seed of the order of the examples
   * @throws IllegalArgumentException if a number is below 1
   */
  public Training {
    Require.atLeastOne("batchSize", batchSize);
    Require.atLeastOne("epochs", epochs);
  }

  /**
   * What training came to.
   *
   * @param network the network with the last weights
   * @param losses each batch's loss before its update, in order
   */
  public record Trained(ReferenceNetwork network, List<Double> losses) {}

  /**
   * Trains.
   *
   * @param start the network to start from; it does not change
   * @param examples what to learn from, at least one
   * @return the trained network and the losses on the way
   * @throws IllegalArgumentException if there is no example, or one is not of the network's shapes;
   *     the message names the argument, the expected and the found
   */
  public Trained fit(ReferenceNetwork start, List<Example> examples) {
    Require.atLeastOne("examples", examples.size());
    Objective objective = new Objective(loss);
    OptimizerState state = optimizer.start();
    Random random = new Random(seed);
    List<Example> order = new ArrayList<>(examples);
    List<Double> losses = new ArrayList<>();
    ReferenceNetwork network = start;
    for (int epoch = 0; epoch < epochs; epoch++) {
      Collections.shuffle(order, random);
      for (int from = 0; from < order.size(); from += batchSize) {
        List<Example> batch = order.subList(from, Math.min(order.size(), from + batchSize));
        Objective.Gradient gradient = objective.gradient(network, batch);
        losses.add(gradient.loss());
        Map<String, Tensor> bounded = clipping.apply(gradient.weights());
        network = network.withWeights(state.update(network.weights(), bounded));
      }
    }
    return new Trained(network, List.copyOf(losses));
  }
}
