package io.gatecast.reference.experiments;

import io.gatecast.reference.Readout;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The two classical tasks that cannot be done without memory, their definitions, and what a network
 * without memory reaches at best.
 *
 * <p>Papers: S. Hochreiter and J. Schmidhuber, Neural Computation 9, 1997, in the form of Q. V. Le,
 * N. Jaitly and G. E. Hinton, arXiv:1504.00941 (adding), and of M. Arjovsky, A. Shah and Y. Bengio,
 * ICML 2016 (copy-memory).
 */
enum MemoryTask {
  /**
   * The adding problem. Each of T steps shows a number, uniform in [0, 1), and a marker; two steps
   * are marked, one in each half. After the last step: the sum of the two marked numbers.
   */
  ADDING("adding problem", Readout.LAST_STEP, 2, 1) {
    @Override
    Example draw(int length, Random random) {
      double[][] x = new double[length][inputSize()];
      for (double[] step : x) {
        step[0] = random.nextDouble();
      }
      int half = length / 2;
      int first = random.nextInt(half);
      int second = half + random.nextInt(length - half);
      x[first][1] = 1;
      x[second][1] = 1;
      return new Example(
          Tensor.matrix(x), Tensor.matrix(new double[][] {{x[first][0] + x[second][0]}}));
    }

    /** Always 1, the mean: what remains is the variance of the sum of two uniform numbers. */
    @Override
    double baseline(int length) {
      return 2.0 / 12;
    }

    @Override
    int steps(int length) {
      return length;
    }
  },

  /**
   * Copy-memory, reduced: 3 symbols out of 8 are shown, then nothing for T steps, the last of which
   * says "go", then the 3 symbols are wanted back in order. One output for each symbol, squared
   * error against 1 for the right one and 0 elsewhere, and 0 at all steps before; the original has
   * 10 symbols and a softmax. Each symbol must be held for T + 3 steps.
   */
  COPY("copy-memory task", Readout.EVERY_STEP, 9, 8) {
    @Override
    Example draw(int length, Random random) {
      double[][] x = new double[steps(length)][inputSize()];
      double[][] targets = new double[steps(length)][outputSize()];
      for (int k = 0; k < SYMBOLS; k++) {
        int symbol = random.nextInt(ALPHABET);
        x[k][symbol] = 1;
        targets[SYMBOLS + length + k][symbol] = 1;
      }
      x[SYMBOLS + length - 1][ALPHABET] = 1;
      return new Example(Tensor.matrix(x), Tensor.matrix(targets));
    }

    /**
     * It knows when to answer, and nothing of the symbols: 0 before, then 1/8 for each. The mean
     * squared error of one answer is the variance of a number that is 1 in one of 8 cases.
     */
    @Override
    double baseline(int length) {
      double variance = (1.0 / ALPHABET) * (1 - 1.0 / ALPHABET);
      return variance * SYMBOLS / steps(length);
    }

    @Override
    int steps(int length) {
      return length + 2 * SYMBOLS;
    }
  };

  static final int SYMBOLS = 3;
  static final int ALPHABET = 8;

  private final String title;
  private final Readout readout;
  private final int inputSize;
  private final int outputSize;

  MemoryTask(String title, Readout readout, int inputSize, int outputSize) {
    this.title = title;
    this.readout = readout;
    this.inputSize = inputSize;
    this.outputSize = outputSize;
  }

  /** One sequence of the length T of the task. */
  abstract Example draw(int length, Random random);

  /** The least mean squared error without memory of what is to be remembered. */
  abstract double baseline(int length);

  /** The steps of a sequence whose task has length T. */
  abstract int steps(int length);

  /** Sequences drawn one after the other. */
  List<Example> draw(int count, int length, Random random) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(draw(length, random));
    }
    return examples;
  }

  String title() {
    return title;
  }

  Readout readout() {
    return readout;
  }

  int inputSize() {
    return inputSize;
  }

  int outputSize() {
    return outputSize;
  }
}
