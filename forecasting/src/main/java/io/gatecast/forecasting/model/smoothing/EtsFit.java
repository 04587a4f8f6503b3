package io.gatecast.forecasting.model.smoothing;

import java.util.List;

/**
 * A fitted model.
 *
 * @param form its components
 * @param parameters how fast they follow
 * @param start its state before the first value that it was fitted to
 * @param first index of that value among those given
 * @param observations values that it was fitted to
 * @param logLikelihood without the part that is the same for all forms, as R's {@code
 *     forecast::ets} tells it; not a number where nothing was fitted
 */
public record EtsFit(
    EtsForm form,
    EtsParameters parameters,
    EtsStart start,
    int first,
    int observations,
    double logLikelihood) {

  /**
   * Repeats the last value: for a series that is too short to fit anything, or does not move.
   *
   * @param values how many there are
   */
  static EtsFit lastValue(int values) {
    EtsStart unknown = new EtsStart(Double.NaN, 0, List.of());
    return new EtsFit(EtsForm.simple(), EtsParameters.LAST_VALUE, unknown, 0, values, Double.NaN);
  }

  /** Whether parameters were estimated at all. */
  public boolean fitted() {
    return !Double.isNaN(logLikelihood);
  }

  /** Estimated numbers, smoothing parameters and initial states; 0 where nothing was fitted. */
  public int estimated() {
    return fitted() ? form.smoothing() + form.initial() : 0;
  }

  /**
   * Akaike's criterion, corrected for short series: {@code −2 log L* + 2k + 2k(k+1)/(n−k−1)}, k
   * counting smoothing parameters, initial states and the variance.
   *
   * @return less is better; infinite for too few values, not a number where nothing was fitted
   */
  public double aicc() {
    double k = form.smoothing() + form.initial() + 1;
    double spare = observations - k - 1;
    double correction = spare > 0 ? 2 * k * (k + 1) / spare : Double.POSITIVE_INFINITY;
    return -2 * logLikelihood + 2 * k + correction;
  }

  /** The model before the first value that it was fitted to. */
  public EtsState state() {
    return new EtsState(form, parameters, start);
  }
}
