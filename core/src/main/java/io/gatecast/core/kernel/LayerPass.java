package io.gatecast.core.kernel;

import java.util.List;

/**
 * One layer's way over a batch of sequences, in the parts that the threads took: what {@link
 * FloatKernel#backward} needs, once.
 */
public final class LayerPass {
  final PackedWeights weights;
  final int time;
  final int batch;
  final List<RowsPass> parts;

  LayerPass(PackedWeights weights, int time, int batch, List<RowsPass> parts) {
    this.weights = weights;
    this.time = time;
    this.batch = batch;
    this.parts = parts;
  }
}
