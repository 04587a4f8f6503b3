package io.gatecast.reference;

import java.util.Arrays;

/**
 * Level and spread of one channel in one window: {@code v' = (v − μ) / σ} on the way in, {@code σ y
 * + μ} on the way out, and the gradient through both.
 *
 * <p>It knows no network: what lies between the two is the caller's.
 *
 * @param normalisation how μ and σ follow from the window
 * @param mu μ
 * @param sigma σ, above 0
 */
record WindowScale(Segmentation.Normalisation normalisation, double mu, double sigma) {
  private static final double EPSILON = 1e-5;

  /** The level and spread of the values v of a window, of shape {@code [time]}. */
  static WindowScale of(Segmentation.Normalisation normalisation, double[] v) {
    return switch (normalisation) {
      case NONE -> new WindowScale(normalisation, 0, 1);
      case LAST_VALUE -> new WindowScale(normalisation, v[v.length - 1], 1);
      case INSTANCE -> {
        double mean = Arrays.stream(v).sum() / v.length;
        double squares = Arrays.stream(v).map(value -> (value - mean) * (value - mean)).sum();
        yield new WindowScale(normalisation, mean, Math.sqrt(squares / v.length + EPSILON));
      }
    };
  }

  /** {@code v'}. */
  double normalised(double v) {
    return (v - mu) / sigma;
  }

  /** {@code σ y + μ}. */
  double restored(double y) {
    return sigma * y + mu;
  }

  /**
   * The gradient of the values by way of v', of μ and of σ:
   *
   * <pre>
   * ∂L/∂μ   = Σ_j ∂L/∂(σ y_j + μ) − Σ_t ∂L/∂v'_t / σ
   * ∂L/∂σ   = Σ_j ∂L/∂(σ y_j + μ) y_j − Σ_t ∂L/∂v'_t v'_t / σ
   * ∂L/∂v_t = ∂L/∂v'_t / σ + ∂L/∂μ ∂μ/∂v_t + ∂L/∂σ ∂σ/∂v_t
   * INSTANCE: ∂μ/∂v_t = 1 / T, ∂σ/∂v_t = (v_t − μ) / (T σ) = v'_t / T;  LAST_VALUE: ∂μ/∂v_T = 1
   * </pre>
   *
   * @param normalised v', of shape {@code [time]}
   * @param byNormalised ∂L/∂v'_t, of shape {@code [time]}
   * @param y what was restored, of shape {@code [outputs]}
   * @param byRestored ∂L/∂(σ y + μ), of shape {@code [outputs]}
   * @return ∂L/∂v_t, of shape {@code [time]}
   */
  double[] backward(double[] normalised, double[] byNormalised, double[] y, double[] byRestored) {
    double byMu = 0;
    double bySigma = 0;
    for (int j = 0; j < y.length; j++) {
      byMu += byRestored[j];
      bySigma += byRestored[j] * y[j];
    }
    int time = normalised.length;
    double[] gradient = new double[time];
    for (int t = 0; t < time; t++) {
      gradient[t] = byNormalised[t] / sigma;
      byMu -= byNormalised[t] / sigma;
      bySigma -= byNormalised[t] * normalised[t] / sigma;
    }
    switch (normalisation) {
      case NONE -> {}
      case LAST_VALUE -> gradient[time - 1] += byMu;
      case INSTANCE -> {
        for (int t = 0; t < time; t++) {
          gradient[t] += (byMu + bySigma * normalised[t]) / time;
        }
      }
    }
    return gradient;
  }
}
