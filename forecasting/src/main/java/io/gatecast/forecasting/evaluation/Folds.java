package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cuts of a backtest: from one to the next, as many origins as are forecast between two fits.
 * Each origin of the test part belongs to one fold. The validation part keeps its length and ends
 * where the fold's test part begins, or an embargo before; the train part ends where it begins.
 */
public final class Folds {
  private Folds() {}

  /**
   * Cuts.
   *
   * @param data the series
   * @param shares of the first fold
   * @param spec how origins roll
   * @param horizon steps ahead
   * @return the splits in order of time, at least one
   */
  public static List<Split> of(Dataset data, SplitSpec shares, BacktestSpec spec, int horizon) {
    Split whole = Split.of(data, shares);
    if (spec.refitEvery() == 0 && spec.embargo() == 0 && spec.stride() == 1) {
      return List.of(whole);
    }
    long[] times = Split.times(data);
    int train = after(times, whole.trainEnd());
    int cut = after(times, whole.validationEnd());
    int validation = cut - train;
    int last = times.length - horizon; // the last time that a first target can have
    long wanted = (long) spec.refitEvery() * spec.stride();
    int every = (int) (wanted == 0 ? times.length : Math.min(wanted, times.length));
    List<Split> folds = new ArrayList<>();
    int start = Math.min(cut + spec.embargo(), Math.max(cut, last));
    do {
      int end = Math.min(times.length - 1, start + every + horizon - 2);
      int fitted = start - spec.embargo();
      boolean sliding = spec.window() == BacktestSpec.Window.SLIDING;
      folds.add(
          new Split(
              sliding ? times[fitted - validation - train] : Long.MIN_VALUE,
              times[fitted - validation - 1],
              times[fitted - 1],
              times[start],
              times[end]));
      start += every;
    } while (start <= last);
    return folds;
  }

  /** How many times lie at or before one of them. */
  private static int after(long[] times, long time) {
    return Arrays.binarySearch(times, time) + 1;
  }
}
