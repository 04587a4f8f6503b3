package io.gatecast.reference;

/**
 * The weights of one gate, or of one candidate: {@code a = W x + U h' + b}, before any activation,
 * and the way back through it.
 *
 * <p>It holds and checks weights. It does not know its activation, its cell or time.
 *
 * @param inputWeights W, of shape {@code [hidden, input]}
 * @param recurrentWeights U, of shape {@code [hidden, hidden]}
 * @param bias b, of shape {@code [hidden]}
 */
public record Gate(Tensor inputWeights, Tensor recurrentWeights, Tensor bias) {
  /**
   * Checks that the three shapes belong together.
   *
   * @param inputWeights W, of shape {@code [hidden, input]}
   * @param recurrentWeights U, of shape {@code [hidden, hidden]}
   * @param bias b, of shape {@code [hidden]}
   * @throws IllegalArgumentException if a shape disagrees with that of the input weights; the
   *     message names the tensor, the expected and the found shape
   */
  public Gate {
    Shapes.requireRank("inputWeights", inputWeights, "hidden", "input");
    int hidden = inputWeights.shape()[0];
    Shapes.require("recurrentWeights", recurrentWeights, hidden, hidden);
    Shapes.require("bias", bias, hidden);
  }

  /**
   * The size of the input vector.
   *
   * @return {@code input}, the number of columns of the input weights
   */
  public int inputSize() {
    return inputWeights.shape()[1];
  }

  /**
   * The number of hidden units.
   *
   * @return {@code hidden}, the number of rows of the input weights
   */
  public int hiddenSize() {
    return inputWeights.shape()[0];
  }

  /** The pre-activation {@code W x + U h' + b}, of shape {@code [hidden]}. */
  double[] preActivation(double[] x, double[] h) {
    double[] fromInput = inputWeights.times(x);
    double[] fromState = recurrentWeights.times(h);
    double[] sum = new double[hiddenSize()];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = fromInput[k] + fromState[k] + bias.get(k);
    }
    return sum;
  }

  /**
   * Carries ∂L/∂a back through {@code a = W x + U h + b}: adds the three weights' gradients to the
   * sum, and W^T ∂L/∂a to {@code dx}, U^T ∂L/∂a to {@code dh}. The name is the gate's.
   */
  void backward(
      String name, double[] da, double[] x, double[] h, GradientSum sum, double[] dx, double[] dh) {
    sum.addOuterProduct(name + ".input_weights", da, x);
    sum.addOuterProduct(name + ".recurrent_weights", da, h);
    sum.add(name + ".bias", da);
    Vectors.addTo(dx, inputWeights.transposedTimes(da));
    Vectors.addTo(dh, recurrentWeights.transposedTimes(da));
  }

  /** Rejects a gate whose sizes are not those of its cell; the name is the gate's. */
  void requireSizes(String name, int inputSize, int hiddenSize) {
    // The other two shapes follow from this one, which the constructor has seen to.
    Shapes.require(name + ".input_weights", inputWeights, hiddenSize, inputSize);
  }
}
