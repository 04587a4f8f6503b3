package io.gatecast.core.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.ArraySamples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves that every window lands in exactly one batch, and every number where DL4J looks for it.
 */
class BatchesTest {
  @Test
  void lastBatchMayBeSmaller() {
    assertEquals(0, Batches.count(0, 4));
    assertEquals(1, Batches.count(4, 4));
    assertEquals(2, Batches.count(5, 4));
    assertArrayEquals(new int[] {0, 1, 2, 3}, Batches.indices(5, 4, 0));
    assertArrayEquals(new int[] {4}, Batches.indices(5, 4, 1));
  }

  @Test
  void inputsStandAsBatchInputTimeInTheOrderAskedFor() {
    ArraySamples samples = ArraySamples.random(1, 5, 3, 2, 4);
    int[] indices = {4, 0, 4};
    float[] window = new float[6];

    try (INDArray inputs = Batches.inputs(samples, indices)) {
      assertArrayEquals(new long[] {3, 2, 3}, inputs.shape());
      for (int row = 0; row < indices.length; row++) {
        samples.input(indices[row], window);
        for (int step = 0; step < 3; step++) {
          for (int input = 0; input < 2; input++) {
            assertEquals(window[step * 2 + input], inputs.getFloat(row, input, step));
          }
        }
      }
    }
  }

  @Test
  void targetsStandAsBatchOutputInTheOrderAskedFor() {
    ArraySamples samples = ArraySamples.random(1, 5, 3, 2, 4);
    int[] indices = {4, 0, 4};
    float[] target = new float[4];

    try (INDArray targets = Batches.targets(samples, indices)) {
      assertArrayEquals(new long[] {3, 4}, targets.shape());
      for (int row = 0; row < indices.length; row++) {
        samples.target(indices[row], target);
        for (int output = 0; output < 4; output++) {
          assertEquals(target[output], targets.getFloat(row, output));
        }
      }
    }
  }
}
