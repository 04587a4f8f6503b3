package io.gatecast.forecasting.evaluation.significance;

import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The default generator of R, {@code set.seed} and {@code rnorm}, so that results that were
 * published with an R script can be had again: Mersenne Twister (Matsumoto and Nishimura, 1998) and
 * inversion.
 */
final class RGenerator {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;

  private final int[] state = new int[SIZE];
  private final NormalDistribution normal = new NormalDistribution();
  private int next = SIZE;

  /** As {@code set.seed(seed)}. */
  RGenerator(int seed) {
    int x = seed;
    for (int i = 0; i < 51; i++) {
      x = 69069 * x + 1;
    }
    for (int i = 0; i < SIZE; i++) {
      x = 69069 * x + 1;
      state[i] = x;
    }
  }

  /** As {@code rnorm(n)}. */
  double[] normal(int n) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double high = Math.floor(0x1p27 * uniform());
      values[i] = normal.inverseCumulativeProbability((high + uniform()) / 0x1p27);
    }
    return values;
  }

  private double uniform() {
    if (next == SIZE) {
      for (int i = 0; i < SIZE; i++) {
        int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
        state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) * 0x9908b0df);
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return Integer.toUnsignedLong(y) * 2.3283064365386963e-10;
  }
}
