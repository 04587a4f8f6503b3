package io.gatecast.forecasting.evaluation;

import java.time.Duration;
import java.util.Optional;

/** Hears of a backtest's progress, on the thread that runs it. */
public interface BacktestListener {
  /** Hears nothing. */
  BacktestListener SILENT = (done, of, model, took, elapsed, left) -> {};

  /**
   * A model was fitted to a fold and has forecast.
   *
   * @param done fits that are done, this one included
   * @param of fits in all
   * @param model its name
   * @param took fitting and forecasting on this fold
   * @param elapsed since the backtest began
   * @param left an estimate of the time that the others take; empty for the last
   */
  void fitted(
      int done, int of, String model, Duration took, Duration elapsed, Optional<Duration> left);
}
