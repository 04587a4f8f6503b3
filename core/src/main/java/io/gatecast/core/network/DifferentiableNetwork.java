package io.gatecast.core.network;

import io.gatecast.core.spec.NetworkSpec;

/**
 * A network as training sees it: a flat vector of parameters, and for a batch the loss and its
 * gradient. It knows no optimiser and no epochs.
 *
 * <p>The parameters lie in the order of DL4J's flat vector (see {@code core.weights}). One thread
 * at a time. The same parameters, batch and dropout seed give the same bits on the same machine and
 * number of threads. Batches and arrays that do not fit the network are refused before anything is
 * computed, with an {@link IllegalArgumentException} that names the argument; see {@link
 * NetworkChecks}.
 */
public interface DifferentiableNetwork extends AutoCloseable {
  /** What the network is. */
  NetworkSpec spec();

  /** The kernel that computes it: {@code vector}, {@code blas} or {@code portable}. */
  String kernel();

  /**
   * The live parameters: what is written here is what the next call computes with.
   *
   * @return the array itself
   */
  float[] parameters();

  /**
   * Forward, loss and the way back, as in training: with dropout.
   *
   * @param batch windows and targets
   * @param dropoutSeed decides what is dropped; of no matter to a network without dropout
   * @param gradient ∂loss/∂parameters is written here; as long as the parameters
   * @return the loss: the mean over windows, steps and outputs; NaN if a number it depends on is
   * @throws IllegalArgumentException if an array does not fit
   */
  double gradient(Batch batch, long dropoutSeed, float[] gradient);

  /**
   * The loss without dropout.
   *
   * @param batch windows and targets
   * @return the mean over windows, steps and outputs; NaN if a number it depends on is
   * @throws IllegalArgumentException if an array does not fit
   */
  double loss(Batch batch);

  /**
   * The outputs without dropout.
   *
   * @param batch windows; its targets are not read
   * @param outputs receives {@code [window][output]}, or {@code [window][time][output]}, without
   *     gaps; may be longer than that, and what lies behind is left as it is
   * @throws IllegalArgumentException if an array does not fit
   */
  void outputs(Batch batch, float[] outputs);

  /** Frees what lies off the heap. */
  @Override
  void close();
}
