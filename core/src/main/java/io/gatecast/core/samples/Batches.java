package io.gatecast.core.samples;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns windows into ND4J arrays, in DL4J's layout {@code [batch, input, time]}, and back. The
 * arrays are fresh; the caller may close them.
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
    int window = source.lookback() * source.inputs();
    float[] all = new float[indices.length * window];
    for (int row = 0; row < indices.length; row++) {
      source.input(indices[row], all, row * window);
    }
    return timeLast(all, indices.length, source.lookback(), source.inputs());
  }

  /**
   * Vectors step by step, as DL4J has them.
   *
   * @param vectors {@code [window][time][number]} without gaps; may be longer
   * @param windows how many
   * @param time steps of a window
   * @param width numbers a step
   * @return {@code [window, number, time]}
   */
  public static INDArray timeLast(float[] vectors, int windows, int time, int width) {
    try (INDArray rows = Nd4j.createFromArray(Arrays.copyOf(vectors, windows * time * width))) {
      return rows.reshape(windows, time, width).permute(0, 2, 1).dup('c');
    }
  }

  /**
   * What a network of DL4J's gives, step by step.
   *
   * @param outputs {@code [window, output]}, or {@code [window, output, time]}
   * @return {@code [window][output]}, or {@code [window][time][output]}, without gaps
   */
  public static float[] stepByStep(INDArray outputs) {
    try (INDArray rows =
        outputs.rank() == 2 ? outputs.dup('c') : outputs.permute(0, 2, 1).dup('c')) {
      return rows.reshape(-1).toFloatVector();
    }
  }

  /**
   * Targets of some windows.
   *
   * @param source the windows
   * @param indices which, in which order
   * @return {@code [batch, output]}
   */
  public static INDArray targets(Samples source, int[] indices) {
    int outputs = source.outputs();
    float[] all = new float[indices.length * outputs];
    for (int row = 0; row < indices.length; row++) {
      source.target(indices[row], all, row * outputs);
    }
    return Nd4j.createFromArray(all).reshape(indices.length, outputs);
  }
}
