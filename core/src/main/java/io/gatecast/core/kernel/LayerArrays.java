package io.gatecast.core.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer's weights as ND4J arrays, or where their gradients are to be written, in the layout
 * that {@link LayerShape} tells.
 *
 * @param input W, {@code [inputs, gates·hidden]}
 * @param recurrent U, {@code [hidden, gates·hidden]}
 * @param bias b, {@code [gates·hidden]}
 * @param recurrentBias c_h, {@code [hidden]}; null for cells without it
 */
public record LayerArrays(
    INDArray input, INDArray recurrent, INDArray bias, @Nullable INDArray recurrentBias) {}
