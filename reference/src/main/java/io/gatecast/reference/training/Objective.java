package io.gatecast.reference.training;

import io.gatecast.reference.GradientSum;
import io.gatecast.reference.Network;
import io.gatecast.reference.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What training makes small: the mean of a loss over all outputs, read steps and examples, and its
 * gradient by full backpropagation through time from zero states.
 *
 * @param loss what each output costs
 */
public record Objective(Loss loss) {
  /**
   * A batch's loss and its gradient.
   *
   * @param loss the mean cost
   * @param weights ∂loss/∂weights by canonical name; unmodifiable
   */
  public record Gradient(double loss, Map<String, Tensor> weights) {}

  /**
   * The mean cost.
   *
   * @param network the network
   * @param batch the examples, at least one
   * @return the mean over all outputs of all examples
   * @throws IllegalArgumentException if the batch is empty, an example is not of the network's
   *     shapes, or the network's outputs are no multiple of the loss's per step; the message names
   *     the argument, the expected and the found
   */
  public double value(Network network, List<Example> batch) {
    requireExamples(batch);
    double sum = 0;
    for (Example example : batch) {
      sum += mean(answer(network, example), example) / batch.size();
    }
    return sum;
  }

  /**
   * The mean cost and its gradient.
   *
   * @param network the network
   * @param batch the examples, at least one
   * @return the loss and ∂loss/∂weights
   * @throws IllegalArgumentException if the batch is empty, an example is not of the network's
   *     shapes, or the network's outputs are no multiple of the loss's per step; the message names
   *     the argument, the expected and the found
   */
  public Gradient gradient(Network network, List<Example> batch) {
    requireExamples(batch);
    double loss = 0;
    GradientSum sum = new GradientSum();
    for (Example example : batch) {
      Network.Answer answer = answer(network, example);
      loss += mean(answer, example) / batch.size();
      int terms = batch.size() * example.targets().size();
      sum.addAll(answer.backward(outputGradient(answer, example, terms)));
    }
    return new Gradient(loss, sum.tensors());
  }

  /** ∂(this example's part of the mean)/∂y, of shape {@code [outputs read][output]}. */
  private double[][] outputGradient(Network.Answer answer, Example example, int terms) {
    double[][] gradient = example.targets().rows();
    for (int t = 0; t < gradient.length; t++) {
      for (int k = 0; k < gradient[t].length; k++) {
        double y = answer.outputs().get(t).get(k);
        gradient[t][k] = loss.ofOutput(k).derivative(y, gradient[t][k]) / terms;
      }
    }
    return gradient;
  }

  private double mean(Network.Answer answer, Example example) {
    double sum = 0;
    double[][] targets = example.targets().rows();
    for (int t = 0; t < targets.length; t++) {
      for (int k = 0; k < targets[t].length; k++) {
        sum += loss.ofOutput(k).value(answer.outputs().get(t).get(k), targets[t][k]);
      }
    }
    return sum / example.targets().size();
  }

  private Network.Answer answer(Network network, Example example) {
    if (network.outputSize() % loss.outputsPerStep() != 0) {
      throw new IllegalArgumentException(
          "outputs: expected a multiple of "
              + loss.outputsPerStep()
              + ", those per step of the loss, found "
              + network.outputSize());
    }
    Network.Answer answer = network.answer(example.x().rows());
    int[] found = example.targets().shape();
    if (found[0] != answer.outputs().size() || found[1] != network.outputSize()) {
      throw new IllegalArgumentException(
          "targets: expected shape ["
              + answer.outputs().size()
              + ", "
              + network.outputSize()
              + "], found ["
              + found[0]
              + ", "
              + found[1]
              + "]");
    }
    return answer;
  }

  private static void requireExamples(List<Example> batch) {
    if (batch.isEmpty()) {
      throw new IllegalArgumentException("batch: expected at least 1 example, found 0");
    }
  }
}
