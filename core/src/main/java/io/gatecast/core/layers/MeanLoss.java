package io.gatecast.core.layers;

import io.gatecast.core.spec.Loss;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The project's losses for DL4J: the mean over rows and outputs, where rows are windows, or windows
 * and steps, and its gradient. The loss of one output is {@link Loss}'s, in double; only the
 * gradient is rounded to the network's type.
 *
 * <p>For configurations with {@code miniBatch(false)} only, as the mean over the rows is taken
 * here. As with DL4J's own losses, a mask of one column weighs rows and one of the labels' shape
 * weighs outputs, and neither changes what the sum is divided by; unlike there, a label that is
 * masked by 0 may be NaN.
 */
final class MeanLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** The loss by its label, which is what the JSON holds. */
  private String label = "";

  MeanLoss(Loss loss) {
    this.label = loss.label();
  }

  /** For JSON. */
  private MeanLoss() {}

  /** The loss by its label, for JSON. */
  public String getLoss() {
    return label;
  }

  /** For JSON. */
  public void setLoss(String text) {
    this.label = Loss.of(text).label();
  }

  /** The mean, whatever {@code average} says: DL4J asks for a sum and divides by the windows. */
  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return Arrays.stream(costs(labels, preOutput, activation, mask)).sum() / preOutput.length();
  }

  /** Each row's mean over its outputs, {@code [row, 1]}. */
  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    double[] costs = costs(labels, preOutput, activation, mask);
    INDArray scores = Nd4j.zeros(preOutput.dataType(), preOutput.size(0), 1);
    int outputs = Math.toIntExact(preOutput.size(1));
    for (int row = 0; row < scores.length(); row++) {
      double sum = Arrays.stream(costs, row * outputs, (row + 1) * outputs).sum();
      scores.putScalar(row, sum / outputs);
    }
    return scores;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    Loss.Pointwise[] losses = losses(preOutput);
    double[] y = outputs(preOutput, activation);
    double[] target = targets(labels, preOutput);
    double[] weights = weights(mask, preOutput);
    INDArray gradient = preOutput.dup('c'); // where DL4J's own losses make theirs
    DataBuffer values = gradient.data();
    for (int i = 0; i < y.length; i++) {
      double slope =
          weights[i] == 0 ? 0 : weights[i] * losses[i % losses.length].derivative(y[i], target[i]);
      values.put(i, slope / y.length);
    }
    return activation.backprop(preOutput, gradient).getFirst();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return label;
  }

  /** What each output costs, weighed by the mask, row by row. */
  private double[] costs(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    Loss.Pointwise[] losses = losses(preOutput);
    double[] y = outputs(preOutput, activation);
    double[] target = targets(labels, preOutput);
    double[] weights = weights(mask, preOutput);
    double[] costs = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      costs[i] =
          weights[i] == 0 ? 0 : weights[i] * losses[i % losses.length].value(y[i], target[i]);
    }
    return costs;
  }

  /** The loss of each output of a row. */
  private Loss.Pointwise[] losses(INDArray preOutput) {
    Loss.Pointwise[] losses = new Loss.Pointwise[Math.toIntExact(preOutput.size(1))];
    Arrays.setAll(losses, Loss.of(label)::ofOutput);
    return losses;
  }

  private static double[] outputs(INDArray preOutput, IActivation activation) {
    try (INDArray copy = preOutput.dup('c')) { // in a workspace, closing does nothing
      return numbers(activation.getActivation(copy, true));
    }
  }

  private static double[] targets(INDArray labels, INDArray preOutput) {
    if (!labels.equalShapes(preOutput)) {
      throw new IllegalArgumentException(
          "labels: expected the outputs' shape "
              + Arrays.toString(preOutput.shape())
              + ", found "
              + Arrays.toString(labels.shape()));
    }
    return numbers(labels);
  }

  /** One weight for each output, row by row. */
  private static double[] weights(@Nullable INDArray mask, INDArray preOutput) {
    double[] weights = new double[Math.toIntExact(preOutput.length())];
    if (mask == null) {
      Arrays.fill(weights, 1);
      return weights;
    }
    if (mask.equalShapes(preOutput)) {
      return numbers(mask);
    }
    if (mask.length() != preOutput.size(0)) {
      throw new IllegalArgumentException(
          "mask: expected a column of "
              + preOutput.size(0)
              + " rows, or the outputs' shape "
              + Arrays.toString(preOutput.shape())
              + ", found "
              + Arrays.toString(mask.shape()));
    }
    double[] rows = numbers(mask);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = rows[i / Math.toIntExact(preOutput.size(1))];
    }
    return weights;
  }

  /** An array's numbers, row by row. */
  private static double[] numbers(INDArray array) {
    try (INDArray copy = array.dup('c')) {
      return copy.data().asDouble();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MeanLoss that && label.equals(that.label);
  }

  @Override
  public int hashCode() {
    return label.hashCode();
  }

  @Override
  public String toString() {
    return "MeanLoss(" + label + ")";
  }
}
