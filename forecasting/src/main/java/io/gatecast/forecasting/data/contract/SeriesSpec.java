package io.gatecast.forecasting.data.contract;

/** How rows tell which series they belong to. */
public sealed interface SeriesSpec {

  /**
   * A column names the series.
   *
   * @param column its name
   */
  record InColumn(String column) implements SeriesSpec {}

  /** Each file holds one series, named as the file. */
  record PerFile() implements SeriesSpec {}

  /**
   * All rows are of one series.
   *
   * @param name of the series
   */
  record One(String name) implements SeriesSpec {}
}
