package io.gatecast.forecasting.model;

import io.gatecast.forecasting.data.History;

/**
 * Goes on along the line from the first to the last value, {@code ŷ_{T+h} = y_T + h (y_T − y_1) /
 * (T−1)}.
 */
public final class Drift extends Rule {
  /**
   * Makes one.
   *
   * @param horizon steps ahead
   */
  public Drift(int horizon) {
    super("drift", horizon);
  }

  @Override
  double step(History history, int h) {
    int first = 0;
    while (first < history.origin() && !history.present(first)) {
      first++;
    }
    int last = history.origin();
    while (last > first && !history.present(last)) {
      last--;
    }
    double slope =
        last == first
            ? 0
            : (history.target(last) - history.target(first)) / (double) (last - first);
    return history.target(last) + (history.origin() - last + h) * slope;
  }
}
