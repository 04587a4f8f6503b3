package io.gatecast.forecasting.evaluation.interval;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What came true of a track's forecasts at one step ahead, each told once: at the first origin at
 * which it was known, as it was known there. A value published late is told late; one restated
 * afterwards is not told again. Origins are gone through in order.
 */
final class Arrivals {
  private final Track track;
  private final int step;
  private final Deque<Integer> late = new ArrayDeque<>();
  private int next;

  /** Hears what came true. */
  interface Listener {
    /**
     * Hears of one forecast.
     *
     * @param index of the forecast
     * @param actual what came true of it
     */
    void arrived(int index, double actual);
  }

  /**
   * Begins before the first origin.
   *
   * @param track of one series
   * @param step ahead, index from 0
   */
  Arrivals(Track track, int step) {
    this.track = track;
    this.step = step;
  }

  /**
   * Goes on to an origin.
   *
   * @param at its index, not less than the one before
   * @param listener hears of what was not known before
   */
  void advance(int at, Listener listener) {
    for (Iterator<Integer> waiting = late.iterator(); waiting.hasNext(); ) {
      int index = waiting.next();
      double actual = track.actual(index, step, at);
      if (!Double.isNaN(actual)) {
        waiting.remove();
        listener.arrived(index, actual);
      }
    }
    for (; next < at && track.arrived(next, step, at); next++) {
      double actual = track.actual(next, step, at);
      if (Double.isNaN(actual)) {
        late.add(next);
      } else {
        listener.arrived(next, actual);
      }
    }
  }
}
