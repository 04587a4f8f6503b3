package io.gatecast.forecasting.model.climatology;

import io.gatecast.forecasting.transform.Calendar;
import io.gatecast.forecasting.transform.CalendarFeature;
import java.time.LocalDateTime;

/**
 * The columns of a climatology at a time: 1; sine and cosine of each harmonic of the year; of the
 * day; and the products of the lowest {@value #JOINT} of both, by which the day's cycle changes
 * with the season. A year's cycle has the length of its own year, so a leap year's ends where it
 * begins, too.
 *
 * @param year harmonics of the year; 0 for none
 * @param day harmonics of the day; 0 for none
 */
record Harmonics(int year, int day) {
  /** Most harmonics of the year. */
  static final int MOST_YEAR = 3;

  /** Most harmonics of the day. */
  static final int MOST_DAY = 4;

  /** Harmonics of each cycle that are multiplied by the other's. */
  static final int JOINT = 2;

  int width() {
    return 1 + 2 * year + 2 * day + 2 * Math.min(JOINT, year) * 2 * Math.min(JOINT, day);
  }

  /** The columns at a local time. */
  double[] at(LocalDateTime local) {
    double[] ofYear = terms(Calendar.YEAR, year, local);
    double[] ofDay = terms(Calendar.DAY, day, local);
    double[] row = new double[width()];
    row[0] = 1;
    System.arraycopy(ofYear, 0, row, 1, ofYear.length);
    System.arraycopy(ofDay, 0, row, 1 + ofYear.length, ofDay.length);
    int next = 1 + ofYear.length + ofDay.length;
    for (int i = 0; i < Math.min(2 * JOINT, ofYear.length); i++) {
      for (int j = 0; j < Math.min(2 * JOINT, ofDay.length); j++) {
        row[next] = ofYear[i] * ofDay[j];
        next++;
      }
    }
    return row;
  }

  private static double[] terms(Calendar cycle, int harmonics, LocalDateTime local) {
    return harmonics == 0 ? new double[0] : new CalendarFeature(cycle, harmonics).apply(local);
  }
}
