package io.gatecast.core.training;

/**
 * Well-mixed numbers from a seed and a place, so that whatever training draws follows from numbers
 * that a checkpoint can hold: the seed, what is drawn, and the epoch or step for which it is drawn.
 *
 * <p>G. L. Steele, D. Lea and C. H. Flood, <i>Fast Splittable Pseudorandom Number Generators</i>,
 * OOPSLA 2014; mixing constants by D. Stafford (variant 13). Not for secrets.
 */
final class SplitMix64 {
  /** What numbers are drawn for; each has a sequence of its own. */
  enum Purpose {
    /** The order of the windows in an epoch. */
    ORDER(1),
    /** What dropout drops in a step. */
    DROPOUT(2);

    private final long sequence;

    Purpose(long sequence) {
      this.sequence = sequence;
    }
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /**
   * The numbers of one place.
   *
   * @param seed of the training
   * @param purpose what they are for
   * @param index epoch or step
   */
  static SplitMix64 at(long seed, Purpose purpose, long index) {
    return new SplitMix64(mixed(mixed(mixed(seed) + purpose.sequence) + index * GOLDEN));
  }

  /** The next number; all are equally likely. */
  long next() {
    state += GOLDEN;
    return mixed(state);
  }

  /**
   * The next number below a bound; all are equally likely (D. Lemire, 2019).
   *
   * @param bound at least 1
   */
  int below(int bound) {
    long product = (next() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long uneven = (1L << 32) % bound;
      while (low < uneven) {
        product = (next() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * Puts the numbers 0, 1, 2 and so on in an order, all orders equally likely (Fisher and Yates).
   *
   * @param order overwritten
   */
  void shuffle(int[] order) {
    for (int i = 0; i < order.length; i++) {
      int other = below(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
  }

  private static long mixed(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
