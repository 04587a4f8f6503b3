package io.gatecast.forecasting.model;

import io.gatecast.forecasting.data.History;

/**
 * Repeats the value of one season ago, {@code ŷ_{T+h} = y_{T+h−m⌈h/m⌉}}. Where that one is absent
 * it goes back further seasons, and without any repeats the last value.
 */
public final class SeasonalNaive extends Rule {
  private final int season;

  /**
   * Makes one.
   *
   * @param season steps of a season, m, at least 1
   * @param horizon steps ahead
   */
  public SeasonalNaive(int season, int horizon) {
    super("seasonal-naive", horizon);
    if (season < 1) {
      throw new IllegalArgumentException("season: expected at least 1, found " + season);
    }
    this.season = season;
  }

  @Override
  double step(History history, int h) {
    int step = history.origin() + h;
    do {
      step -= season;
    } while (step > history.origin());
    for (; step >= 0; step -= season) {
      if (history.present(step)) {
        return history.target(step);
      }
    }
    return history.last();
  }
}
