package io.gatecast.core.kernel;

import io.gatecast.core.network.Outputs;
import io.gatecast.core.spec.NetworkSpec;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A whole network in float on plain arrays, for forecasts: its weights are packed once and shared
 * by all threads that call it. None waits for another; each call takes room that an earlier one has
 * given back, or makes some.
 *
 * <p>A window's outputs are the same bits whoever asks, beside whatever other windows, on the
 * Vector API's kernel; BLAS may round otherwise in other company.
 */
final class FloatInference implements Outputs {
  /** Windows that are worth a thread of their own. */
  private static final int WINDOWS_A_THREAD = 4;

  private final FloatKernel kernel;
  private final PackedNetwork packed;
  private final ConcurrentLinkedQueue<NetworkRows> idle = new ConcurrentLinkedQueue<>();

  FloatInference(NetworkSpec spec, FloatKernel kernel, float[] parameters) {
    this.kernel = kernel;
    this.packed = new PackedNetwork(kernel.arithmetic(), spec, false);
    packed.load(parameters);
  }

  @Override
  public String kernel() {
    return kernel.name();
  }

  /** The most that share the windows of one call. */
  int threads() {
    return kernel.rows().threads();
  }

  @Override
  public void outputs(float[] x, int windows, int time, float[] into) {
    int threads = Math.min(threads(), windows / WINDOWS_A_THREAD);
    if (threads <= 1) {
      outputs(x, 0, windows, time, into);
      return;
    }
    new Rows(threads)
        .share(
            windows,
            (part, from, to) -> {
              outputs(x, from, to, time, into);
              return part;
            });
  }

  private void outputs(float[] x, int from, int to, int time, float[] into) {
    NetworkRows rows = idle.poll();
    if (rows == null) {
      rows = NetworkRows.of(kernel.arithmetic(), packed, false);
    }
    rows.outputs(x, time, from, to, into);
    idle.offer(rows); // not after a failure: it may be half written
  }

  /** Frees what BLAS has off the heap; there is nothing else. */
  @Override
  public void close() {
    packed.close();
  }
}
