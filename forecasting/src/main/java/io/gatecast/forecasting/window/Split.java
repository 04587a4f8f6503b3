package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.time.DistinctTimes;
import java.util.stream.IntStream;

/**
 * Where time is cut, for all series alike. A window belongs to the part in which all of its targets
 * lie; one whose targets straddle a cut belongs to none.
 *
 * @param trainEnd last time of the train part
 * @param validationEnd last time of the validation part
 */
public record Split(long trainEnd, long validationEnd) {

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
    long[] times = DistinctTimes.of(() -> data.series().stream().map(Split::times).iterator());
    int train = Math.max(1, (int) Math.floor(spec.train() * times.length));
    int validation =
        Math.max(train, (int) Math.floor((spec.train() + spec.validation()) * times.length));
    return new Split(times[train - 1], times[validation - 1]);
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
    if (last <= trainEnd) {
      return Part.TRAIN;
    }
    if (first > trainEnd && last <= validationEnd) {
      return Part.VALIDATION;
    }
    return first > validationEnd ? Part.TEST : Part.NONE;
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
