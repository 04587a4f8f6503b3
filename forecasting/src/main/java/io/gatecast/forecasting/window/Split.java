package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.DistinctTimes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where time is cut, for all series alike. A window belongs to the part in which all of its targets
 * lie; one whose targets straddle a cut belongs to none.
 *
 * @param trainStart first time of the train part
 * @param trainEnd last time of the train part
 * @param validationEnd last time of the validation part
 * @param testStart first time of the test part; later than the validation part's end by more than
 *     one step where an embargo keeps them apart
 * @param testEnd last time of the test part
 */
public record Split(
    long trainStart, long trainEnd, long validationEnd, long testStart, long testEnd) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if a part begins before the one before it ends
   */
  public Split {
    if (trainStart > trainEnd
        || trainEnd > validationEnd
        || validationEnd >= testStart
        || testStart > testEnd) {
      throw new IllegalArgumentException(
          "expected train, validation and test in order of time, found "
              + List.of(trainStart, trainEnd, validationEnd, testStart, testEnd));
    }
  }

  /**
   * A split of all time: from the first value on to the last.
   *
   * @param trainEnd last time of the train part
   * @param validationEnd last time of the validation part
   */
  public Split(long trainEnd, long validationEnd) {
    this(Long.MIN_VALUE, trainEnd, validationEnd, validationEnd + 1, Long.MAX_VALUE);
  }

  /** The parts, in order of time. */
  public enum Part {
    /** Learned from; transforms are fitted here and nowhere else. */
    TRAIN,
    /** Decides when to stop, and calibrates intervals. */
    VALIDATION,
    /** Only measures. */
    TEST,
    /** Across a cut. */
    NONE
  }

  /**
   * Cuts the distinct times of all series.
   *
   * @param data the series
   * @param spec the shares
   */
  public static Split of(Dataset data, SplitSpec spec) {
    long[] times = times(data);
    int train = Math.max(1, (int) Math.floor(spec.train() * times.length));
    int validation =
        Math.max(train, (int) Math.floor((spec.train() + spec.validation()) * times.length));
    return new Split(times[train - 1], times[validation - 1]);
  }

  /**
   * The distinct times of all series.
   *
   * @param data the series
   * @return ascending
   */
  public static long[] times(Dataset data) {
    return DistinctTimes.of(() -> data.series().stream().map(Split::times).iterator());
  }

  private static long[] times(TimeSeries series) {
    return IntStream.range(0, series.length()).mapToLong(series::time).toArray();
  }

  /**
   * The part that a window's targets lie in.
   *
   * @param first time of the first target
   * @param last time of the last target
   */
  public Part part(long first, long last) {
    if (first >= trainStart && last <= trainEnd) {
      return Part.TRAIN;
    }
    if (first > trainEnd && last <= validationEnd) {
      return Part.VALIDATION;
    }
    return first >= testStart && last <= testEnd ? Part.TEST : Part.NONE;
  }

  /**
   * Until when a part's targets may have been restated to be learned from or measured by: values
   * known later belong to a later part.
   *
   * @param part which part
   */
  long knownIn(Part part) {
    return switch (part) {
      case TRAIN -> trainEnd;
      case VALIDATION -> validationEnd;
      default -> Long.MAX_VALUE;
    };
  }
}
