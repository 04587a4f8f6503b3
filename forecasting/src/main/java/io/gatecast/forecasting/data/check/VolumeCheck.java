package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;

/** A volume is not below zero. The repair leaves the cell out: its sign tells nothing of it. */
public final class VolumeCheck implements SeriesCheck {
  private final StockColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public VolumeCheck(StockColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    for (int row = 0; row < rows.count(); row++) {
      double volume = rows.value(Role.VOLUME, row);
      if (volume < 0) {
        findings.found(
            Kind.NEGATIVE_VOLUME,
            row,
            rows.name(Role.VOLUME),
            rows.name(Role.VOLUME) + " " + Numbers.brief(volume),
            List.of(new Mend(rows.column(Role.VOLUME), row, Double.NaN)));
      }
    }
  }
}
