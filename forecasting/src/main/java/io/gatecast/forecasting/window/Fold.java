package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.contract.Dataset;

/**
 * One cut of the data in time: transforms fitted to its train part and nothing later, and the
 * windows of each part. What a model is fitted to and measured on.
 *
 * @param data the series
 * @param features what a network reads of them
 * @param split where time is cut
 * @param windowing transforms and features of each series
 * @param train windows to learn from
 * @param validation windows that stop training and calibrate intervals
 * @param test windows that measure
 */
public record Fold(
    Dataset data,
    FeatureSpec features,
    Split split,
    Windowing windowing,
    LabelledWindows train,
    LabelledWindows validation,
    LabelledWindows test) {

  /**
   * Cuts, fits and lays windows.
   *
   * @param data the series
   * @param features what a network reads, and in what form
   * @param split where time is cut
   * @param lookback steps that a forecast reads
   * @param horizon steps that it gives
   * @throws io.gatecast.forecasting.JobFault if a column's values do not allow its transform
   */
  public static Fold of(
      Dataset data, FeatureSpec features, Split split, int lookback, int horizon) {
    return of(data, features, split, lookback, horizon, 1);
  }

  /**
   * The same, with every so many of the test windows.
   *
   * @param data the series
   * @param features what a network reads, and in what form
   * @param split where time is cut
   * @param lookback steps that a forecast reads
   * @param horizon steps that it gives
   * @param stride steps from one test origin to the next, at least 1
   * @throws io.gatecast.forecasting.JobFault if a column's values do not allow its transform
   */
  public static Fold of(
      Dataset data, FeatureSpec features, Split split, int lookback, int horizon, int stride) {
    Windowing windowing = Windowing.fit(data, features, split, lookback, horizon);
    return new Fold(
        data,
        features,
        split,
        windowing,
        windowing.cut(split, Split.Part.TRAIN),
        windowing.cut(split, Split.Part.VALIDATION),
        windowing.cut(split, Split.Part.TEST, stride));
  }

  /** Steps that a forecast reads. */
  public int lookback() {
    return train.lookback();
  }

  /** Steps ahead. */
  public int horizon() {
    return windowing.horizon();
  }
}
