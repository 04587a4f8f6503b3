package io.gatecast.forecasting.evaluation.metric;

import java.util.DoubleSummaryStatistics;

/**
 * A running mean on a compensated sum (Kahan, 1965), so that its error does not grow with the
 * number of terms. Not a number before the first term and after a term that is none.
 */
final class Mean {
  private final DoubleSummaryStatistics terms = new DoubleSummaryStatistics();

  void add(double term) {
    terms.accept(term);
  }

  void merge(Mean other) {
    terms.combine(other.terms);
  }

  double sum() {
    return terms.getSum();
  }

  double value() {
    return terms.getCount() == 0 ? Double.NaN : terms.getSum() / terms.getCount();
  }

  /**
   * An error measured by a scale: 0 / 0 is 0, as no error is none in any unit; other errors over 0
   * are infinite.
   */
  static double scaled(double error, double scale) {
    return error == 0 && scale == 0 ? 0 : error / scale;
  }
}
