package io.gatecast.forecasting.data;

import java.util.List;

/**
 * What rows must satisfy.
 *
 * @param columns the columns to read as finite numbers; the target first
 * @param sessions whether each row is an exchange session; otherwise steps are regular
 * @param maxRejected the share of rows that may be rejected, in [0, 1]
 */
public record ContractSpec(List<String> columns, boolean sessions, double maxRejected) {
  /** Copies the list. */
  public ContractSpec {
    columns = List.copyOf(columns);
  }
}
