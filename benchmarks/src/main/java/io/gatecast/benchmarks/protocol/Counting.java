package io.gatecast.benchmarks.protocol;

import java.util.Arrays;

/**
 * Which windows of the test part count. They lie in the order of time, so that the older rule loses
 * the last ones.
 */
public enum Counting {
  /** All. */
  ALL("all") {
    @Override
    public int of(int windows) {
      return windows;
    }
  },
  /** All but the last incomplete batch of 32, as in the older tables. */
  DROP_LAST_32("drop-last-32") {
    @Override
    public int of(int windows) {
      return windows / 32 * 32;
    }
  };

  private final String label;

  Counting(String label) {
    this.label = label;
  }

  /** The name in rows. */
  public String label() {
    return label;
  }

  /**
   * How many windows, from the first on, count.
   *
   * @param windows of the part
   */
  public abstract int of(int windows);

  /**
   * Finds a rule by its label.
   *
   * @param text a label
   * @throws IllegalArgumentException if there is none
   */
  public static Counting named(String text) {
    return Arrays.stream(values())
        .filter(counting -> counting.label.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "counting: expected \"all\" or \"drop-last-32\", found \"" + text + "\""));
  }
}
