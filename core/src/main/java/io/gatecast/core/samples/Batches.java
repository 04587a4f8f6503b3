package io.gatecast.core.samples;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns windows into ND4J arrays, in DL4J's layout {@code [batch, input, time]}. The arrays are
 * fresh; the caller may close them.
 */
public final class Batches {
  private Batches() {}

  /**
   * The number of batches.
   *
   * @param windows how many windows
   * @param batch windows a batch; the last one may be smaller
   */
  public static int count(int windows, int batch) {
    return (windows + batch - 1) / batch;
  }

  /**
   * The windows of one batch, in their own order.
   *
   * @param windows how many there are in all
   * @param batch windows a batch
   * @param index the batch, from 0
   * @return window indices
   */
  public static int[] indices(int windows, int batch, int index) {
    return IntStream.range(index * batch, Math.min(windows, (index + 1) * batch)).toArray();
  }

  /**
   * Inputs of some windows.
   *
   * @param source the windows
   * @param indices which, in which order
   * @return {@code [batch, input, time]}
   */
  public static INDArray inputs(Inputs source, int[] indices) {
    int steps = source.lookback();
    int inputs = source.inputs();
    float[] window = new float[steps * inputs];
    float[] all = new float[indices.length * window.length];
    for (int row = 0; row < indices.length; row++) {
      source.input(indices[row], window);
      int base = row * window.length;
      for (int step = 0; step < steps; step++) {
        for (int input = 0; input < inputs; input++) {
          all[base + input * steps + step] = window[step * inputs + input];
        }
      }
    }
    return Nd4j.createFromArray(all).reshape(indices.length, inputs, steps);
  }

  /**
   * Targets of some windows.
   *
   * @param source the windows
   * @param indices which, in which order
   * @return {@code [batch, output]}
   */
  public static INDArray targets(Samples source, int[] indices) {
    float[] target = new float[source.outputs()];
    float[] all = new float[indices.length * target.length];
    for (int row = 0; row < indices.length; row++) {
      source.target(indices[row], target);
      System.arraycopy(target, 0, all, row * target.length, target.length);
    }
    return Nd4j.createFromArray(all).reshape(indices.length, target.length);
  }
}
