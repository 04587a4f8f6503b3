package io.gatecast.benchmarks.protocol;

/**
 * A task of the tables.
 *
 * @param set which series
 * @param lookback steps that a model reads
 * @param horizon steps that it forecasts
 */
public record ProtocolCell(ProtocolSet set, int lookback, int horizon) {
  /** Checks the numbers. */
  public ProtocolCell {
    requirePositive("--lookback", lookback);
    requirePositive("--horizon", horizon);
  }

  private static void requirePositive(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + number);
    }
  }

  @Override
  public String toString() {
    return set.label() + " " + lookback + " to " + horizon;
  }
}
