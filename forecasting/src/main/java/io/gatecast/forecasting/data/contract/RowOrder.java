package io.gatecast.forecasting.data.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts a frame's rows in order of time, each time once (or each of its revisions). */
final class RowOrder {
  private final Judge judge;

  RowOrder(Judge judge) {
    this.judge = judge;
  }

  /** Orders; rows that are left out are no longer in the frame. */
  void order(Frame frame) {
    long latest = Long.MIN_VALUE;
    long lastKnown = Long.MIN_VALUE;
    boolean sorted = true;
    for (int row = 0; row < frame.rows(); row++) {
      // Revisions come beside their step or when they became known; both are an order.
      boolean revision = frame.vintages() && frame.known(row) >= lastKnown;
      boolean late = frame.time(row) < latest && !revision;
      sorted &= !late && !frame.vintages();
      if (late) {
        lateRow(frame, row);
      }
      latest = Math.max(latest, frame.time(row));
      lastKnown = Math.max(lastKnown, frame.known(row));
    }
    if (!sorted) {
      frame.compact();
      frame.reorder(byTime(frame));
    }
    repeated(frame);
    frame.compact();
    for (int row = 0; row < frame.rows(); row++) {
      if (frame.late(row)) {
        judge.repaired(frame, row, "", Kind.UNSORTED, "put in order");
      }
    }
  }

  private void lateRow(Frame frame, int row) {
    switch (judge.policy(Kind.UNSORTED)) {
      case FAIL -> throw judge.broken(frame, row, "", Kind.UNSORTED, "after a later one");
      case DROP -> judge.rejected(frame, row, "", Kind.UNSORTED, "after a later one");
      default -> frame.markLate(row);
    }
  }

  /** Times first, then when they became known, then the order in which they came. */
  private static int[] byTime(Frame frame) {
    int rows = frame.rows();
    boolean newestFirst = !frame.vintages();
    for (int row = 1; row < rows && newestFirst; row++) {
      newestFirst = frame.time(row) < frame.time(row - 1);
    }
    if (newestFirst) {
      return IntStream.range(0, rows).map(i -> rows - 1 - i).toArray();
    }
    Integer[] order = IntStream.range(0, rows).boxed().toArray(Integer[]::new);
    Comparator<Integer> byTime = Comparator.comparingLong(frame::time);
    Arrays.sort(order, frame.vintages() ? byTime.thenComparingLong(frame::known) : byTime);
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** Settles rows of one time; one that became known later is a revision, whatever it says. */
  private void repeated(Frame frame) {
    int stands = 0;
    for (int row = 1; row < frame.rows(); row++) {
      boolean again =
          frame.time(row) == frame.time(stands) && frame.known(row) == frame.known(stands);
      if (!again) {
        stands = row;
      } else if (frame.sameValues(row, stands)) {
        duplicate(frame, row, stands);
      } else {
        stands = conflict(frame, row, stands);
      }
    }
  }

  private void duplicate(Frame frame, int row, int stands) {
    String found = "as in line " + frame.line(stands);
    if (judge.policy(Kind.DUPLICATE) == Policy.FAIL) {
      throw judge.broken(frame, row, "", Kind.DUPLICATE, found);
    }
    judge.rejected(frame, row, "", Kind.DUPLICATE, found);
  }

  private int conflict(Frame frame, int row, int stands) {
    switch (judge.policy(Kind.CONFLICT)) {
      case DROP -> {
        judge.rejected(frame, row, "", Kind.CONFLICT, "line " + frame.line(stands) + " stands");
        return stands;
      }
      case REPAIR -> {
        judge.rejected(
            frame, stands, "", Kind.CONFLICT, "replaced by that in line " + frame.line(row));
        judge.repaired(
            frame, row, "", Kind.CONFLICT, "replaces that in line " + frame.line(stands));
        return row;
      }
      default -> throw judge.differing(frame, stands, row);
    }
  }

  /** A row's values as text, for errors. */
  static List<Double> values(Frame frame, int row) {
    List<Double> values = new ArrayList<>();
    for (int column = 0; column < frame.columns().size(); column++) {
      values.add(frame.value(column, row));
    }
    return values;
  }
}
