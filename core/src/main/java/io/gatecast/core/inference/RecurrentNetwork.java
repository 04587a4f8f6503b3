package io.gatecast.core.inference;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.SegmentedNd4jNetwork;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.samples.Batches;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import org.jspecify.annotations.Nullable;

/**
 * A network with fixed weights, ready to forecast. Many threads may share it, and none waits for
 * another; with the portable kernel they do. Closing it frees what it has off the heap.
 *
 * <p>The same window gives the same bits, whoever asks; see {@link #forecast(float[], int, int,
 * float[])}.
 */
public final class RecurrentNetwork implements AutoCloseable {
  private static final int BATCH = 256;

  private final NetworkSpec spec;
  private final NamedWeights weights;
  private volatile @Nullable Outputs network;

  private RecurrentNetwork(NetworkSpec spec, NamedWeights weights, Outputs network) {
    this.spec = spec;
    this.weights = weights;
    this.network = network;
  }

  /**
   * Builds a network with given weights, on the kernel that {@link Kernels#chosen} names.
   *
   * @param spec its description
   * @param weights its weights
   * @return the network; the caller closes it
   * @throws IllegalArgumentException naming the tensor, if the weights are of another network
   */
  public static RecurrentNetwork of(NetworkSpec spec, NamedWeights weights) {
    return of(spec, weights, Kernels.threads());
  }

  /**
   * The same on so many threads. With one, each forecast stays on its caller's thread; the number
   * changes no bit.
   *
   * @param spec its description
   * @param weights its weights
   * @param threads the most that share the windows of one call, at least 1; the kernel {@code blas}
   *     takes one, whatever the number, and the portable one what ND4J takes
   * @return the network; the caller closes it
   * @throws IllegalArgumentException naming the tensor, if the weights are of another network; or
   *     if threads is below 1
   */
  public static RecurrentNetwork of(NetworkSpec spec, NamedWeights weights, int threads) {
    FlatLayout layout = FlatLayout.of(spec);
    float[] parameters = new float[layout.length()];
    layout.write(weights, parameters);
    Outputs network =
        Kernels.outputs(spec, parameters, threads)
            .orElseGet(
                () ->
                    spec.segments().isPresent()
                        ? SegmentedNd4jNetwork.outputs(spec, parameters)
                        : Dl4jOutputs.of(spec, weights));
    return new RecurrentNetwork(spec, weights, network);
  }

  /** The description. */
  public NetworkSpec spec() {
    return spec;
  }

  /** The weights under canonical names. */
  public NamedWeights weights() {
    return weights;
  }

  /** The kernel that computes it: {@code vector}, {@code blas} or {@code portable}. */
  public String kernel() {
    return live().kernel();
  }

  private Outputs live() {
    Outputs live = network;
    if (live == null) {
      throw new IllegalStateException("network: expected a live one, found one that was closed");
    }
    return live;
  }

  /** Numbers that the network gives for a window. */
  private int outputs(int time) {
    return spec.outputs() * spec.head().steps(time);
  }

  /**
   * Runs the network on every window.
   *
   * @param windows windows of this network's number of inputs
   * @return {@code [window][output]}; of a head that reads every step {@code
   *     [window][time·output]}, step by step
   * @throws IllegalArgumentException if the number of inputs differs
   * @throws IllegalStateException if the network was closed
   */
  public float[][] forecast(Inputs windows) {
    if (windows.inputs() != spec.inputs()) {
      throw new IllegalArgumentException(
          "windows: expected " + spec.inputs() + " inputs, found " + windows.inputs());
    }
    Outputs live = live();
    int time = windows.lookback();
    int outputs = outputs(time);
    int most = Math.min(BATCH, windows.size());
    int window = time * spec.inputs();
    float[] x = new float[most * window];
    float[] y = new float[most * outputs];
    float[][] result = new float[windows.size()][outputs];
    for (int b = 0; b < Batches.count(windows.size(), BATCH); b++) {
      int first = b * BATCH;
      int count = Math.min(BATCH, windows.size() - first);
      for (int i = 0; i < count; i++) {
        windows.input(first + i, x, i * window);
      }
      live.outputs(x, count, time, y);
      for (int i = 0; i < count; i++) {
        System.arraycopy(y, i * outputs, result[first + i], 0, outputs);
      }
    }
    return result;
  }

  /**
   * Runs the network on windows that lie side by side, without making anything of a window's size:
   * for callers that ask often. On the Vector API's kernel a window's outputs are the same bits
   * alone and among others; BLAS may round otherwise in other company.
   *
   * @param x {@code [window][time][input]} without gaps; may be longer
   * @param windows how many, at least 1
   * @param time steps of a window, at least 1
   * @param into receives {@code [window][output]}, or {@code [window][time][output]} of a head that
   *     reads every step; may be longer
   * @throws IllegalArgumentException if there is no window or no step, or an array is too short
   * @throws IllegalStateException if the network was closed
   */
  public void forecast(float[] x, int windows, int time, float[] into) {
    atLeast("windows", windows, 1);
    atLeast("time", time, 1);
    atLeast("x.length", x.length, (long) windows * time * spec.inputs());
    atLeast("into.length", into.length, (long) windows * outputs(time));
    live().outputs(x, windows, time, into);
  }

  private static void atLeast(String name, int found, long least) {
    if (found < least) {
      throw new IllegalArgumentException(
          name + ": expected at least " + least + ", found " + found);
    }
  }

  @Override
  public void close() {
    Outputs live = network;
    network = null;
    if (live != null) {
      live.close();
    }
  }
}
