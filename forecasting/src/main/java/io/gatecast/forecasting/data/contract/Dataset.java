package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.time.TimeAxis;
import java.util.List;

/**
 * The data of a job after the contract.
 *
 * @param series in order of first appearance, all on the same axis
 * @param report what became of the rows
 * @param hash SHA-256 of what was read of every row, as hexadecimal digits: the same rows in the
 *     same order have the same one
 */
public record Dataset(List<TimeSeries> series, ContractReport report, String hash) {
  /** Copies the list. */
  public Dataset {
    series = List.copyOf(series);
  }

  /** The common axis. */
  public TimeAxis axis() {
    return series.get(0).axis();
  }
}
