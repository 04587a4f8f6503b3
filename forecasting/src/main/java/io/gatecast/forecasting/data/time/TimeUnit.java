package io.gatecast.forecasting.data.time;

/** What a series counts its time in. */
public enum TimeUnit {
  /** Calendar days since 1970-01-01, without a time of day. */
  DAY,
  /** Seconds since 1970-01-01T00:00Z. */
  SECOND
}
