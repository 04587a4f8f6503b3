package io.gatecast.forecasting.evaluation.metric;

/** Whether the target is a variance, which QLIKE needs, and on which scale. */
public enum VarianceTarget {
  /** The target is no variance: there is no QLIKE. */
  NONE {
    @Override
    double qlike(double actual, double forecast) {
      return Double.NaN;
    }
  },

  /** The target is a variance; QLIKE is not a number as soon as one of the two is not positive. */
  VARIANCE {
    @Override
    double qlike(double actual, double forecast) {
      if (actual <= 0 || forecast <= 0) {
        return Double.NaN;
      }
      double ratio = actual / forecast;
      return ratio - Math.log(ratio) - 1;
    }
  },

  /** The target is the natural logarithm of a variance; QLIKE is that of the exponentials. */
  LOG_VARIANCE {
    @Override
    double qlike(double actual, double forecast) {
      double logRatio = actual - forecast;
      return Math.expm1(logRatio) - logRatio;
    }
  };

  /** {@code y/f − log(y/f) − 1} of the variances y and f that target and forecast stand for. */
  abstract double qlike(double actual, double forecast);
}
