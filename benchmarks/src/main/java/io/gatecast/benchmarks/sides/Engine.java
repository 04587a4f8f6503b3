package io.gatecast.benchmarks.sides;

import java.util.function.Supplier;

/**
 * Which kernel our networks are made with, and how many threads it has. They are system properties,
 * which a network reads once, when it is made; they are set for that long.
 *
 * @param kernel its name
 * @param threads at least 1
 */
record Engine(String kernel, int threads) {
  private static final String KERNEL = "gatecast.kernel";
  private static final String THREADS = "gatecast.threads";

  /**
   * Makes something under these settings.
   *
   * @param making what makes a network
   * @return what it made
   */
  <T> T making(Supplier<T> making) {
    return with(KERNEL, kernel, () -> with(THREADS, Integer.toString(threads), making));
  }

  private static <T> T with(String property, String value, Supplier<T> making) {
    String before = System.setProperty(property, value);
    try {
      return making.get();
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }
}
