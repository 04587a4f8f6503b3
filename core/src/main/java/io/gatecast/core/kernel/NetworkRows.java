package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;

/**
 * Some windows of a batch on their way through a whole network and back: what one thread does. It
 * is room to be used again.
 */
interface NetworkRows {
  /**
   * Room for a network's windows.
   *
   * @param backward whether {@link #gradient} will be asked for
   */
  static NetworkRows of(Arithmetic arithmetic, PackedNetwork network, boolean backward) {
    return network.segments.isPresent()
        ? new SegmentRows(arithmetic, network, network.segments.get(), backward)
        : new StepRows(arithmetic, network, backward);
  }

  /**
   * Outputs without dropout.
   *
   * @param x {@code [window][time][input]}
   * @param time steps of a window
   * @param from the first window
   * @param to the window after the last
   * @param into receives the windows' {@code [window][output]}, or {@code [window][time][output]}
   */
  void outputs(float[] x, int time, int from, int to, float[] into);

  /** The sum of the windows' losses over steps and outputs, without dropout. */
  double loss(Batch batch, int from, int to);

  /**
   * Forward and back, with dropout; the gradient is kept here.
   *
   * @param batch windows and targets
   * @param from the first window
   * @param to the window after the last
   * @param scale what every output's derivative is multiplied by
   * @param dropoutSeed decides what is dropped
   * @return the sum of the windows' losses
   */
  double gradient(Batch batch, int from, int to, double scale, long dropoutSeed);

  /** Adds what {@link #gradient} found to a gradient in the parameters' order. */
  void addTo(float[] gradient);
}
