package io.gatecast.reference.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.training.Example;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks are what they say they are, and their baselines are those of the best constants. */
class MemoryTaskTest {
  private static final int DRAWN = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 51})
  void addingWantsTheSumOfTwoMarkedNumbersOneInEachHalf(int length) {
    for (Example example : MemoryTask.ADDING.draw(50, length, new Random(1))) {
      double[][] x = example.x().rows();
      assertEquals(length, x.length);
      double sum = 0;
      int[] marks = new int[2];
      for (int t = 0; t < length; t++) {
        assertTrue(x[t][0] >= 0 && x[t][0] < 1, "a number in [0, 1)");
        assertTrue(x[t][1] == 0 || x[t][1] == 1, "a marker");
        sum += x[t][0] * x[t][1];
        marks[t < length / 2 ? 0 : 1] += (int) x[t][1];
      }
      assertArrayEquals(new int[] {1, 1}, marks);
      assertArrayEquals(new double[][] {{sum}}, example.targets().rows());
    }
  }

  @Test
  void addingsBaselineIsTheErrorOfAlwaysSayingOne() {
    double error = 0;
    for (Example example : MemoryTask.ADDING.draw(DRAWN, 10, new Random(2))) {
      error += Math.pow(example.targets().get(0, 0) - 1, 2) / DRAWN;
    }
    assertEquals(1.0 / 6, MemoryTask.ADDING.baseline(10), 1e-15);
    assertEquals(MemoryTask.ADDING.baseline(10), error, 0.01);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 51})
  void copyWantsTheSymbolsBackInOrderAfterTheDelay(int length) {
    for (Example example : MemoryTask.COPY.draw(50, length, new Random(3))) {
      double[][] x = example.x().rows();
      double[][] targets = example.targets().rows();
      assertEquals(length + 6, x.length);
      assertEquals(length + 6, targets.length);
      for (int t = 0; t < x.length; t++) {
        double shown = Arrays.stream(x[t], 0, 8).sum();
        assertEquals(t < 3 ? 1 : 0, shown);
        assertEquals(t == length + 2 ? 1 : 0, x[t][8], "go, at the last step of the delay");
        double[] wanted = t < length + 3 ? new double[8] : Arrays.copyOf(x[t - length - 3], 8);
        assertArrayEquals(wanted, targets[t]);
      }
    }
  }

  @Test
  void copysBaselineIsTheErrorOfTheBestConstantAnswers() {
    int length = 10;
    List<Example> examples = MemoryTask.COPY.draw(DRAWN / 5, length, new Random(4));
    double[][] means = new double[length + 6][8];
    examples.forEach(example -> addTo(means, example.targets().rows(), examples.size()));
    double error = 0;
    for (Example example : examples) {
      double[][] targets = example.targets().rows();
      for (int t = 0; t < targets.length; t++) {
        for (int k = 0; k < 8; k++) {
          error +=
              Math.pow(targets[t][k] - means[t][k], 2) / (examples.size() * 8.0 * targets.length);
        }
      }
    }
    assertEquals(7.0 / 64 * 3 / 16, MemoryTask.COPY.baseline(length), 1e-15);
    assertEquals(MemoryTask.COPY.baseline(length), error, 1e-4);
  }

  private static void addTo(double[][] means, double[][] targets, int count) {
    for (int t = 0; t < means.length; t++) {
      for (int k = 0; k < means[t].length; k++) {
        means[t][k] += targets[t][k] / count;
      }
    }
  }
}
