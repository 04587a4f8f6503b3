package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.data.time.RepeatedHour;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a series whose local time clocks show twice. When all rows are there, those of the
 * second pass through the hour are moved to it.
 */
final class RepeatedTimes {
  private final List<int[]> rows = new ArrayList<>();

  void add(int row, int laterBy) {
    rows.add(new int[] {row, laterBy});
  }

  /** Moves what has to be moved. */
  void settle(Frame frame) {
    long[] seconds = frame.times();
    int[] laterBy = new int[seconds.length];
    rows.forEach(row -> laterBy[row[0]] = row[1]);
    if (RepeatedHour.resolve(seconds, laterBy) > 0) {
      rows.forEach(row -> frame.setTime(row[0], seconds[row[0]]));
    }
  }
}
