package io.gatecast.benchmarks.ingest;

/** The smallest heap with which something succeeds, to a mebibyte. */
final class LeastHeap {
  private LeastHeap() {}

  /** Something that may need more heap than it is given. */
  interface Attempt {
    /**
     * Tries.
     *
     * @param mebibytes of heap
     * @return whether they were enough
     */
    boolean succeeds(int mebibytes);
  }

  /**
   * Bisects.
   *
   * @param attempt what is tried; with more heap it succeeds where it did with less
   * @param most mebibytes that are enough
   * @return the fewest mebibytes that are, at least 1
   * @throws IllegalArgumentException if not even the most are enough
   */
  static int find(Attempt attempt, int most) {
    if (!attempt.succeeds(most)) {
      throw new IllegalArgumentException(
          "most: expected a heap that is enough, found " + most + " MiB, which is not");
    }
    int tooLittle = 0;
    int enough = most;
    while (enough - tooLittle > 1) {
      int middle = (tooLittle + enough) >>> 1;
      if (attempt.succeeds(middle)) {
        enough = middle;
      } else {
        tooLittle = middle;
      }
    }
    return enough;
  }
}
