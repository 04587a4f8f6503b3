package io.gatecast.core.kernel;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's state between two steps, for a batch; or the gradient of a loss with regard to it.
 *
 * @param h {@code [batch, hidden]}
 * @param c the LSTM's cell vectors, {@code [batch, hidden]}; null for other cells
 */
public record LayerState(INDArray h, @Nullable INDArray c) {}
