package io.gatecast.core.network;

import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;

/**
 * Whether what a {@link DifferentiableNetwork} is called with fits it: what every implementation
 * asks before it computes anything. It looks at sizes alone; numbers may be any, NaN included.
 */
public final class NetworkChecks {
  private NetworkChecks() {}

  /**
   * Checks the arguments of {@link DifferentiableNetwork#gradient}.
   *
   * @param spec the network
   * @param batch windows and targets
   * @param gradient what will receive the gradient
   * @throws IllegalArgumentException naming the argument that does not fit, what was expected and
   *     what was found
   */
  public static void gradient(NetworkSpec spec, Batch batch, float[] gradient) {
    loss(spec, batch);
    if (gradient.length != spec.parameters()) {
      throw new IllegalArgumentException(
          "gradient: expected "
              + spec.parameters()
              + " numbers, one for each parameter, found "
              + gradient.length);
    }
  }

  /**
   * Checks the argument of {@link DifferentiableNetwork#loss}.
   *
   * @param spec the network
   * @param batch windows and targets
   * @throws IllegalArgumentException as {@link #gradient} says
   */
  public static void loss(NetworkSpec spec, Batch batch) {
    windows(spec, batch);
    numbers(
        "batch.y", batch.y(), batch, spec.head().steps(batch.time()), spec.outputs(), "outputs");
  }

  /**
   * Checks the arguments of {@link DifferentiableNetwork#outputs}.
   *
   * @param spec the network
   * @param batch windows; its targets are not looked at
   * @param outputs what will receive the outputs
   * @throws IllegalArgumentException as {@link #gradient} says
   */
  public static void outputs(NetworkSpec spec, Batch batch, float[] outputs) {
    windows(spec, batch);
    numbers("outputs", outputs, batch, spec.head().steps(batch.time()), spec.outputs(), "outputs");
  }

  private static void windows(NetworkSpec spec, Batch batch) {
    numbers("batch.x", batch.x(), batch, batch.time(), spec.inputs(), "inputs");
    int linear = spec.segments().map(Segments::linear).orElse(0);
    if (batch.time() < linear) {
      throw new IllegalArgumentException(
          "batch.time: expected at least "
              + linear
              + " steps, which the linear map of the segments reads, found "
              + batch.time());
    }
  }

  private static void numbers(
      String name, float[] array, Batch batch, int steps, int width, String of) {
    if (array.length / width / steps < batch.size()) { // by division: the product may overflow
      throw new IllegalArgumentException(
          name
              + ": expected at least "
              + batch.size()
              + " windows × "
              + steps
              + " steps × "
              + width
              + " "
              + of
              + ", found "
              + array.length
              + " numbers");
    }
  }
}
