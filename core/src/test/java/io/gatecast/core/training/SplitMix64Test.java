package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that places have numbers of their own, and that orders are fair. */
class SplitMix64Test {
  @Test
  void everyPlaceHasNumbersOfItsOwn() {
    Set<Long> firsts = new HashSet<>();
    int places = 0;
    for (long seed = -2; seed <= 2; seed++) {
      for (SplitMix64.Purpose purpose : SplitMix64.Purpose.values()) {
        for (int index = 0; index < 1000; index++) {
          firsts.add(SplitMix64.at(seed, purpose, index).next());
          places++;
        }
      }
    }
    assertEquals(places, firsts.size());
  }

  @Test
  void samePlaceGivesTheSameOrder() {
    int[] first = order(7, 3, 100);

    assertArrayEquals(first, order(7, 3, 100));
    assertTrue(!Arrays.equals(first, order(7, 4, 100)));
    assertTrue(!Arrays.equals(first, order(8, 3, 100)));
  }

  @Test
  void orderHoldsEveryWindowOnce() {
    for (int size : new int[] {1, 2, 13, 207}) {
      int[] order = order(1, 1, size);
      Arrays.sort(order);
      assertArrayEquals(IntStream.range(0, size).toArray(), order);
    }
  }

  /** 24 orders of four windows, 1000 of each expected; five standard deviations allowed. */
  @Test
  void allOrdersAreEquallyLikely() {
    Map<String, Integer> counts = new HashMap<>();
    for (int epoch = 0; epoch < 24_000; epoch++) {
      counts.merge(Arrays.toString(order(11, epoch, 4)), 1, Integer::sum);
    }

    assertEquals(24, counts.size());
    counts.forEach((order, count) -> assertEquals(1000, count, 155, order));
  }

  /** The JDK's class has the same constants, and a seed that is its state. */
  @Test
  void sequenceIsThatOfTheJdksAlgorithm() {
    SplitMix64 ours = SplitMix64.at(5, SplitMix64.Purpose.DROPOUT, 9);
    long first = ours.next();
    long second = ours.next();

    long state = unmixed(first) - 0x9E3779B97F4A7C15L;
    SplittableRandom jdks = new SplittableRandom(state);
    assertEquals(first, jdks.nextLong());
    assertEquals(second, jdks.nextLong());
  }

  private static long unmixed(long mixed) {
    long b = mixed ^ (mixed >>> 31) ^ (mixed >>> 62);
    b *= 0x319642B2D24D8EC3L; // the inverses of the constants
    long a = b ^ (b >>> 27) ^ (b >>> 54);
    a *= 0x96DE1B173F119089L;
    return a ^ (a >>> 30) ^ (a >>> 60);
  }

  private static int[] order(long seed, long epoch, int size) {
    int[] order = new int[size];
    SplitMix64.at(seed, SplitMix64.Purpose.ORDER, epoch).shuffle(order);
    return order;
  }
}
