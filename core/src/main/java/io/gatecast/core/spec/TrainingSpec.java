package io.gatecast.core.spec;

/**
 * How a network is trained. Immutable and valid by construction.
 *
 * @param epochs most passes over the training windows, at least 1
 * @param batch windows a step, at least 1
 * @param learningRate Adam's step size, positive
 * @param patience epochs without a better validation loss before stopping, at least 1
 * @param clipNorm largest L2 norm of a layer's gradient, positive
 * @param seed of initial weights, shuffling and dropout
 */
public record TrainingSpec(
    int epochs, int batch, double learningRate, int patience, double clipNorm, long seed) {

  /**
   * Checks every bound.
   *
   * @throws IllegalArgumentException naming the argument, its bound and the value found
   */
  public TrainingSpec {
    Bounds.atLeastOne("epochs", epochs);
    Bounds.atLeastOne("batch", batch);
    Bounds.positive("learningRate", learningRate);
    Bounds.atLeastOne("patience", patience);
    Bounds.positive("clipNorm", clipNorm);
  }
}
