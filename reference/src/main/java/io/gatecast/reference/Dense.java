package io.gatecast.reference;

import java.util.Map;

/**
 * The linear head: {@code y = V h + c}.
 *
 * <p>It has no activation and no loss; what y means is the caller's.
 *
 * @param weights V, of shape {@code [output, hidden]}
 * @param bias c, of shape {@code [output]}
 */
public record Dense(Tensor weights, Tensor bias) {
  /**
   * Checks that the two shapes belong together.
   *
   * @param weights V, of shape {@code [output, hidden]}
   * @param bias c, of shape {@code [output]}
   * @throws IllegalArgumentException if the weights are no matrix or the bias has another shape
   *     than {@code [output]}; the message names the tensor, the expected and the found shape
   */
  public Dense {
    Shapes.requireRank("weights", weights, "output", "hidden");
    Shapes.require("bias", bias, weights.shape()[0]);
  }

  /**
   * A head from tensors by their canonical names.
   *
   * @param tensors the tensors by name: {@code <prefix>weights [output, hidden]} and {@code
   *     <prefix>bias [output]}; other names are ignored
   * @param prefix what stands before the names, such as {@code "head."}
   * @return the head
   * @throws IllegalArgumentException if a tensor is missing or has another shape; the message names
   *     it
   */
  public static Dense fromWeights(Map<String, Tensor> tensors, String prefix) {
    NamedTensors named = new NamedTensors(tensors, prefix);
    Tensor weights = named.matrix("weights", "output", "hidden");
    return new Dense(weights, named.get("bias", weights.shape()[0]));
  }

  /**
   * The size of the vector that the head reads.
   *
   * @return {@code hidden}
   */
  public int hiddenSize() {
    return weights.shape()[1];
  }

  /**
   * The number of outputs.
   *
   * @return {@code output}
   */
  public int outputSize() {
    return weights.shape()[0];
  }

  /**
   * Computes the outputs.
   *
   * @param h the hidden vector, of shape {@code [hidden]}
   * @return y, of shape {@code [output]}
   * @throws IllegalArgumentException if h has another shape; the message gives the expected and the
   *     found shape
   */
  public double[] forward(double[] h) {
    Shapes.requireLength("h", h, hiddenSize());
    double[] y = weights.times(h);
    for (int k = 0; k < y.length; k++) {
      y[k] += bias.get(k);
    }
    return y;
  }

  /**
   * Carries the gradient of a loss L back: {@code δV += δy hᵀ, δc += δy, δh = Vᵀ δy}.
   *
   * @param h the hidden vector that y was computed from, of shape {@code [hidden]}
   * @param dy ∂L/∂y, of shape {@code [output]}
   * @param sum where ∂L/∂V and ∂L/∂c are added, as {@code head.weights} and {@code head.bias}
   * @return ∂L/∂h, of shape {@code [hidden]}
   * @throws IllegalArgumentException if h or dy has another shape; the message gives the expected
   *     and the found shape
   */
  public double[] backward(double[] h, double[] dy, GradientSum sum) {
    Shapes.requireLength("h", h, hiddenSize());
    Shapes.requireLength("dy", dy, outputSize());
    sum.addOuterProduct("head.weights", dy, h);
    sum.add("head.bias", dy);
    return weights.transposedTimes(dy);
  }
}
