package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;

/**
 * The checks for stock data, in the order in which repairs should be applied: first the unit, then
 * the splits, then the dividends, and after these what cells must satisfy among themselves.
 */
public final class StockChecks {
  private StockChecks() {}

  /**
   * All of them, with their usual thresholds.
   *
   * @param columns who is who; a check whose columns are absent stays silent
   */
  public static List<SeriesCheck> of(StockColumns columns) {
    return of(columns, StaleCheck.SESSIONS);
  }

  /**
   * All of them.
   *
   * @param columns who is who; a check whose columns are absent stays silent
   * @param staleSessions how many sessions a price may repeat before it is stale, at least 1
   */
  public static List<SeriesCheck> of(StockColumns columns, int staleSessions) {
    return List.of(
        new UnitErrorCheck(columns),
        new SplitCheck(columns),
        new DividendCheck(columns),
        new OhlcCheck(columns),
        new VolumeCheck(columns),
        new PositivePriceCheck(columns),
        new StaleCheck(columns, staleSessions));
  }
}
