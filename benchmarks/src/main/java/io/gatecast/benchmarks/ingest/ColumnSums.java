package io.gatecast.benchmarks.ingest;

import io.gatecast.benchmarks.recurrent.DisagreementException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a side has read, in short: by this two sides are held against each other before either is
 * timed.
 *
 * @param rows how many
 * @param columns of each column of numbers, how many there are and what they add up to
 */
record ColumnSums(long rows, Map<String, Sum> columns) {
  /** The order of a sum may differ, no value. */
  private static final double TOLERANCE = 1e-12;

  /**
   * One column's.
   *
   * @param numbers how many cells have one
   * @param sum of them
   * @param size the sum of their absolute values
   */
  record Sum(long numbers, double sum, double size) {
    static final Sum NONE = new Sum(0, 0, 0);

    static Sum of(double[] values) {
      long numbers = 0;
      double sum = 0;
      double size = 0;
      for (double value : values) {
        if (!Double.isNaN(value)) {
          numbers++;
          sum += value;
          size += Math.abs(value);
        }
      }
      return new Sum(numbers, sum, size);
    }

    Sum plus(Sum other) {
      return new Sum(numbers + other.numbers, sum + other.sum, size + other.size);
    }

    private boolean near(Sum other) {
      return numbers == other.numbers
          && Math.abs(sum - other.sum) <= TOLERANCE * Math.max(size, other.size);
    }
  }

  ColumnSums {
    columns = new LinkedHashMap<>(columns);
  }

  /**
   * Holds another side's against these.
   *
   * @param work what was read
   * @param side whose these are
   * @param other what the other side has read
   * @param peer who that is
   * @throws DisagreementException naming the column and both sides' numbers
   */
  void requireSame(String work, String side, ColumnSums other, String peer) {
    String sides = side + " and " + peer;
    if (rows != other.rows) {
      throw new DisagreementException(
          work + ", rows", TOLERANCE, sides, rows + " and " + other.rows);
    }
    columns.forEach(
        (name, mine) -> {
          Sum others = Objects.requireNonNullElse(other.columns.get(name), Sum.NONE);
          if (!mine.near(others)) {
            throw new DisagreementException(
                work + ", column " + name, TOLERANCE, sides, mine + " and " + others);
          }
        });
  }
}
