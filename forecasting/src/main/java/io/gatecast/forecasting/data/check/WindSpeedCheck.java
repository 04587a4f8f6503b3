package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.WeatherColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.Arrays;
import java.util.List;

/**
 * A wind speed that neither the station nor the hour has: {@code v > AGAINST_COLUMN q99} and {@code
 * v > AGAINST_NEIGHBOURS max} of the {@link #AROUND} values to each side, q99 being the column's
 * 0.99 quantile. No unit is needed. Newark's 1048 mph of 2013-02-12 is 43 times its q99 and over
 * 100 times what stood around it; a hurricane at a calm station is some 5 times the one and less
 * than 5 times the other. The repair leaves the cell out.
 */
public final class WindSpeedCheck implements SeriesCheck {
  /** How often the column's 0.99 quantile. */
  public static final double AGAINST_COLUMN = 5;

  /** How often the largest neighbour. */
  public static final double AGAINST_NEIGHBOURS = 10;

  /** Neighbours to each side. */
  public static final int AROUND = 6;

  private static final double QUANTILE = 0.99;

  private final WeatherColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public WindSpeedCheck(WeatherColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    int column = columns.name(Role.WIND_SPEED).map(frame::column).orElse(-1);
    if (column < 0) {
      return;
    }
    double[] values = SentinelCheck.without(frame, column);
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return;
    }
    double usual = sorted[(int) (QUANTILE * (sorted.length - 1))];
    for (int row = 0; row < values.length; row++) {
      if (values[row] > AGAINST_COLUMN * usual) {
        double around = around(values, row);
        if (usual > 0 && around > 0 && values[row] > AGAINST_NEIGHBOURS * around) {
          String name = frame.columns().get(column);
          findings.found(
              Kind.OUTLIER,
              row,
              name,
              name
                  + " "
                  + Numbers.brief(values[row])
                  + " against at most "
                  + Numbers.brief(around)
                  + " around it",
              List.of(new Mend(column, row, Double.NaN)));
        }
      }
    }
  }

  private static double around(double[] values, int row) {
    double most = 0;
    int from = Math.max(0, row - AROUND);
    int to = Math.min(values.length - 1, row + AROUND);
    for (int i = from; i <= to; i++) {
      if (i != row && values[i] > most) {
        most = values[i];
      }
    }
    return most;
  }
}
