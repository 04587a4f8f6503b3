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
    atLeastOne("epochs", epochs);
    atLeastOne("batch", batch);
    positive("learningRate", learningRate);
    atLeastOne("patience", patience);
    positive("clipNorm", clipNorm);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + value);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": expected a positive number, found " + value);
    }
  }
}
