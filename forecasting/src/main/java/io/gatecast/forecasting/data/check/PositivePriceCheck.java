package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * A price is above zero. It need not be: WTI oil settled at -36.98 on 2020-04-20. But the log
 * return into and out of such a row does not exist, so a job that takes logs must know. The repair
 * leaves the cells out.
 */
public final class PositivePriceCheck implements SeriesCheck {
  private static final Role[] PRICES = {Role.CLOSE, Role.OPEN, Role.HIGH, Role.LOW, Role.ADJUSTED};

  private final StockColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public PositivePriceCheck(StockColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    StockRows rows = new StockRows(frame, columns);
    for (int row = 0; row < rows.count(); row++) {
      List<Role> wrong = new ArrayList<>();
      for (Role role : PRICES) {
        if (rows.value(role, row) <= 0) {
          wrong.add(role);
        }
      }
      if (!wrong.isEmpty()) {
        findings.found(
            Kind.NON_POSITIVE_PRICE,
            row,
            wrong.size() == 1 ? rows.name(wrong.get(0)) : "",
            rows.name(wrong.get(0))
                + " "
                + Numbers.brief(rows.value(wrong.get(0), row))
                + ": its log return does not exist",
            mends(rows, row, wrong));
      }
    }
  }

  private static List<Mend> mends(StockRows rows, int row, List<Role> wrong) {
    return wrong.stream().map(role -> new Mend(rows.column(role), row, Double.NaN)).toList();
  }
}
