package io.gatecast.forecasting.model.climatology;

import java.time.LocalDateTime;
import java.util.BitSet;

/**
 * Which parts of the year and of the day hold values. K harmonics of a cycle are fitted only where
 * each of its 2K equal parts holds one: over a longer gap they would swing freely.
 */
final class Coverage {
  private static final int DAY_SECONDS = 86_400;

  private final BitSet[] year = parts(Harmonics.MOST_YEAR);
  private final BitSet[] day = parts(Harmonics.MOST_DAY);

  private static BitSet[] parts(int harmonics) {
    BitSet[] parts = new BitSet[harmonics];
    for (int k = 0; k < harmonics; k++) {
      parts[k] = new BitSet(2 * (k + 1));
    }
    return parts;
  }

  /** Marks a local time that has a value. */
  void add(LocalDateTime local) {
    mark(year, local.getDayOfYear() - 1, local.toLocalDate().lengthOfYear());
    mark(day, local.toLocalTime().toSecondOfDay(), DAY_SECONDS);
  }

  private static void mark(BitSet[] parts, int position, int length) {
    for (int k = 0; k < parts.length; k++) {
      parts[k].set(position * 2 * (k + 1) / length);
    }
  }

  /** Most harmonics of the year that the values allow. */
  int year() {
    return most(year);
  }

  /** Most harmonics of the day that the values allow. */
  int day() {
    return most(day);
  }

  private static int most(BitSet[] parts) {
    int most = 0;
    for (int k = 0; k < parts.length; k++) {
      if (parts[k].cardinality() == 2 * (k + 1)) {
        most = k + 1;
      }
    }
    return most;
  }
}
