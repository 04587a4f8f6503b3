package io.gatecast.benchmarks.protocol;

/** A kind of forecast that is held against the published ones. Immutable. */
public interface ProtocolModel {
  /** The name on the command line and in rows. */
  String name();

  /**
   * All that decides the result besides cell and seed, as text: sizes, training, what is chosen on
   * the validation part. A stored result counts as done only while its settings are these.
   *
   * @param cell settings may differ from cell to cell
   */
  String settings(ProtocolCell cell);

  /** Whether another seed gives another result; without, a cell is run once, as seed 0. */
  boolean seeded();

  /**
   * Fits.
   *
   * @param cell the task
   * @param data its set without the test part, so that nothing can be chosen on it
   * @param seed of all randomness; 0 where the model has none
   * @param progress hears of it
   * @return the fitted model, for windows of the cell's look-back and all channels; the caller
   *     closes it
   */
  ProtocolForecaster fit(
      ProtocolCell cell, ProtocolData data, long seed, ProgressListener progress);
}
