package io.gatecast.core.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The time loop of a recurrent layer on ND4J arrays, forward and backward: what the layers of
 * {@code io.gatecast.core.layers} call. The equations are those of {@code io.gatecast.reference}.
 *
 * <p>Results are written into arrays that the caller made, so that a kernel knows no workspaces. A
 * kernel holds nothing between calls and may be shared by threads. It never changes its arguments
 * but for the results.
 */
public interface LayerKernel {
  /** How reports call it: {@code vector}, {@code blas} or {@code portable}. */
  String name();

  /**
   * Runs a layer over a batch of sequences.
   *
   * @param shape the layer
   * @param weights its weights
   * @param x {@code [batch, inputs, time]}, any strides
   * @param mask {@code [batch, time]}, 0 where a step is padding: it carries the state through, and
   *     its output is that state; null for none
   * @param initial the state before the first step; null for zeros
   * @param out h of every step is written here, {@code [batch, hidden, time]}, any strides
   * @param keep whether the way back will be asked for
   * @return the pass
   */
  Pass forward(
      LayerShape shape,
      LayerArrays weights,
      INDArray x,
      @Nullable INDArray mask,
      @Nullable LayerState initial,
      INDArray out,
      boolean keep);

  /** A forward pass that can be followed back, once. */
  interface Pass {
    /** The state after the last step, in fresh arrays. */
    LayerState last();

    /**
     * Backpropagation through time.
     *
     * @param dOut ∂L/∂h_t by what reads it, {@code [batch, hidden, time]}, any strides
     * @param dLast ∂L/∂(the state after the last step) by whoever carries it on, beside {@code
     *     dOut}; null for zeros
     * @param gradients ∂L/∂weights, summed over batch and time, is written here
     * @param dx ∂L/∂x is written here, {@code [batch, inputs, time]}, any strides; null for nowhere
     * @return ∂L/∂(the state before the first step), in fresh arrays
     * @throws IllegalStateException if the pass was made without keeping, or was followed back
     *     before
     */
    LayerState backward(
        INDArray dOut, @Nullable LayerState dLast, LayerArrays gradients, @Nullable INDArray dx);
  }
}
