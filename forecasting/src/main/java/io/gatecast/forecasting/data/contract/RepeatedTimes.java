package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.data.time.RepeatedHour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a series whose local time clocks show twice. When all rows are there, those of the
 * second pass through the hour are moved to it. Rows that were left out are among them: they too
 * went through the hour.
 */
final class RepeatedTimes {
  private final Map<Integer, Integer> kept = new LinkedHashMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /** A row that is not in the frame, and the one before which it stood. */
  private record LeftOut(int before, long seconds, int laterBy) {}

  void kept(int row, int laterBy) {
    kept.put(row, laterBy);
  }

  void leftOut(int before, long seconds, int laterBy) {
    leftOut.add(new LeftOut(before, seconds, laterBy));
  }

  /** Moves what has to be moved; revisions go through the hour with those published with them. */
  void settle(Frame frame) {
    Map<Long, List<Integer>> passes = new LinkedHashMap<>();
    for (int row = 0; row < frame.rows(); row++) {
      long pass = frame.vintages() ? frame.known(row) : 0;
      passes.computeIfAbsent(pass, any -> new ArrayList<>()).add(row);
    }
    passes.values().forEach(rows -> settle(frame, rows, frame.vintages() ? List.of() : leftOut));
  }

  private void settle(Frame frame, List<Integer> rows, List<LeftOut> others) {
    int count = rows.size() + others.size();
    int[] row = new int[count];
    long[] seconds = new long[count];
    int[] laterBy = new int[count];
    int next = 0;
    int other = 0;
    for (int i = 0; i <= rows.size(); i++) {
      int here = i < rows.size() ? rows.get(i) : Integer.MAX_VALUE;
      for (; other < others.size() && others.get(other).before() <= here; other++) {
        row[next] = -1;
        seconds[next] = others.get(other).seconds();
        laterBy[next++] = others.get(other).laterBy();
      }
      if (i < rows.size()) {
        row[next] = here;
        seconds[next] = frame.time(here);
        laterBy[next++] = kept.getOrDefault(here, 0);
      }
    }
    if (RepeatedHour.resolve(seconds, laterBy) > 0) {
      for (int i = 0; i < count; i++) {
        if (row[i] >= 0) {
          frame.setTime(row[i], seconds[i]);
        }
      }
    }
  }
}
