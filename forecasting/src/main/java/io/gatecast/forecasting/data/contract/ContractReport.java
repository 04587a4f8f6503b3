package io.gatecast.forecasting.data.contract;

import java.util.List;
import java.util.Map;

/**
 * What became of the rows: {@code read = accepted + repaired + rejected}.
 *
 * @param read rows read
 * @param accepted taken as they were, suspected ones among them
 * @param repaired taken after a repair
 * @param rejected left out
 * @param kinds how often each problem was met, most frequent first
 * @param problems the first of them, in order of files and lines
 * @param missing steps of the time axis without a row, over all series
 */
public record ContractReport(
    int read,
    int accepted,
    int repaired,
    int rejected,
    Map<Kind, Integer> kinds,
    List<Problem> problems,
    int missing) {
  /**
   * Checks the sum.
   *
   * @throws IllegalArgumentException if rows were lost on the way
   */
  public ContractReport {
    if (read != accepted + repaired + rejected) {
      throw new IllegalArgumentException(
          "expected as many rows as were read, "
              + read
              + ", found "
              + accepted
              + " accepted, "
              + repaired
              + " repaired and "
              + rejected
              + " rejected");
    }
  }
}
