package io.gatecast.forecasting.data;

import java.util.List;

/**
 * The data of a job after the contract.
 *
 * @param series in order of first appearance, all on the same axis
 * @param report what became of the rows
 */
public record Dataset(List<TimeSeries> series, ContractReport report) {
  /** Copies the list. */
  public Dataset {
    series = List.copyOf(series);
  }

  /** The common axis. */
  public TimeAxis axis() {
    return series.get(0).axis();
  }
}
