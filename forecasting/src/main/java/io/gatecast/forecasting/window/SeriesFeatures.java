package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.CalendarFeature;
import java.util.List;

/**
 * One series as a network reads it: features of each step, those of {@link SeriesTransforms} first,
 * then the calendar's. Windows are views of it.
 */
public sealed interface SeriesFeatures permits MatrixFeatures, VintageFeatures {

  /**
   * The features of a series.
   *
   * @param series the series
   * @param transforms fitted
   * @param calendar cycles to add
   * @throws io.gatecast.forecasting.JobFault if a value does not allow its transform
   */
  static SeriesFeatures of(
      TimeSeries series, SeriesTransforms transforms, List<CalendarFeature> calendar) {
    return series.hasVintages()
        ? new VintageFeatures(series, transforms, calendar)
        : new MatrixFeatures(series, transforms, calendar);
  }

  /** The series. */
  TimeSeries series();

  /** Its transforms. */
  SeriesTransforms transforms();

  /** Features a step. */
  int width();

  /**
   * Whether a look-back has all features at all steps.
   *
   * @param origin its last step
   * @param lookback steps; a range that begins before the series is not complete
   */
  boolean complete(int origin, int lookback);

  /**
   * Whether the target's true values are there after an origin.
   *
   * @param origin last step that is known
   * @param horizon steps after it
   * @param asOf when the truth was known
   */
  boolean labelled(int origin, int horizon, long asOf);

  /**
   * Writes a look-back.
   *
   * @param origin its last step
   * @param lookback steps
   * @param destination {@code [time][feature]} from the offset on
   * @param offset where to begin
   */
  default void copyInput(int origin, int lookback, float[] destination, int offset) {
    copyRows(origin, lookback, destination, offset);
    subtract(destination, offset, lookback);
  }

  /**
   * Writes a look-back before the window's transform.
   *
   * @param origin its last step
   * @param lookback steps
   * @param destination {@code [time][feature]} from the offset on
   * @param offset where to begin
   */
  void copyRows(int origin, int lookback, float[] destination, int offset);

  /**
   * Applies the window's transform to a look-back, in place.
   *
   * @param window {@code [time][feature]} from the offset on
   * @param offset where it begins
   * @param lookback steps
   */
  void subtract(float[] window, int offset, int lookback);

  /**
   * Writes the features of the steps after an origin as they are known at it: the target itself,
   * and what is absent, not a number; the target's presence 1, as its forecast will stand there.
   *
   * @param origin last step that is known
   * @param steps after it, also beyond the series
   * @param destination {@code [time][feature]} from the offset on
   * @param offset where to begin
   * @throws IllegalArgumentException if a feature is known at its own time only; see {@link
   *     SeriesTransforms#unknownAhead}
   */
  void copyAhead(int origin, int steps, float[] destination, int offset);

  /**
   * Writes the targets after an origin, as a network learns them.
   *
   * @param origin last step that is known
   * @param horizon steps after it
   * @param asOf when the truth was known
   * @param destination from the offset on
   * @param offset where to begin
   */
  void copyTarget(int origin, int horizon, long asOf, float[] destination, int offset);
}
