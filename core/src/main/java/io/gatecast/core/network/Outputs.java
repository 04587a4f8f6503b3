package io.gatecast.core.network;

/** A network with fixed weights, as forecasts see it: from windows to outputs. */
public interface Outputs extends AutoCloseable {
  /** The kernel that computes it: {@code vector}, {@code blas} or {@code portable}. */
  String kernel();

  /**
   * Runs the network.
   *
   * @param x {@code [window][time][input]} without gaps; read only
   * @param windows how many, at least 1
   * @param time steps of a window, at least 1
   * @param into receives {@code [window][output]}, or {@code [window][time][output]} of a head that
   *     reads every step
   */
  void outputs(float[] x, int windows, int time, float[] into);

  /** Frees what lies off the heap. */
  @Override
  void close();
}
