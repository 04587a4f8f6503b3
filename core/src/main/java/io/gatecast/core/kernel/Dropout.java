package io.gatecast.core.kernel;

/**
 * Inverted dropout (Srivastava et al., 2014): drops a share of a layer's inputs in training, and
 * scales what is left so that the expectation stays.
 *
 * <p>What is dropped follows from the seed and the element's place alone: forward and backward need
 * not remember it, and it does not depend on how rows are shared out.
 *
 * @param share the share to drop, above 0 and below 1
 * @param seed decides what is dropped
 */
record Dropout(double share, long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * One layer's part of what a network drops. The seed is mixed before the layer is added, so that
   * neighbouring seeds, such as a counter of batches, do not give one layer another's draws.
   */
  static Dropout of(double share, long networkSeed, int layer) {
    return new Dropout(share, mix(mix(networkSeed) + layer));
  }

  /** Multiplies a vector by 0 or 1 / (1 − share), element by element. */
  void apply(int row, int step, float[] x, int at, int n) {
    float scale = (float) (1 / (1 - share));
    long least = Math.round(share * 0x1p31);
    long key = mix(seed ^ mix(((long) row << 32) | step));
    for (int k = 0; k < n; k++) {
      boolean kept = mix(key + k * GOLDEN) >>> 33 >= least;
      x[at + k] = kept ? x[at + k] * scale : 0;
    }
  }

  /** SplitMix64's finaliser: every bit of the result depends on every bit of z. */
  static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
