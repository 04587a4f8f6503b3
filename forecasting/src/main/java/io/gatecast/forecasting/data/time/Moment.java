package io.gatecast.forecasting.data.time;

/**
 * A time as it was read. One instance serves row after row, so that reading a time leaves nothing
 * behind; whoever wants to keep a time copies its numbers.
 */
public final class Moment {
  private long seconds;
  private long day;
  private int laterBy;

  /** Seconds since 1970-01-01T00:00Z; of a date, its midnight in UTC. */
  public long seconds() {
    return seconds;
  }

  /** Days since 1970-01-01, as written. */
  public long day() {
    return day;
  }

  /**
   * Seconds from this reading to the other one where clocks show the local time twice (this is the
   * earlier one); 0 where there is one reading only.
   */
  public int laterBy() {
    return laterBy;
  }

  /** Whether clocks show the local time twice. */
  public boolean ambiguous() {
    return laterBy != 0;
  }

  void set(long newSeconds, long newDay, int newLaterBy) {
    seconds = newSeconds;
    day = newDay;
    laterBy = newLaterBy;
  }
}
