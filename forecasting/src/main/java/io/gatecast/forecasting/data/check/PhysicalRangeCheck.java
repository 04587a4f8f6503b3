package io.gatecast.forecasting.data.check;

import io.gatecast.forecasting.data.check.WeatherColumns.Role;
import io.gatecast.forecasting.data.contract.Findings;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;

/**
 * What is bounded whatever the station: relative humidity 0 to 100 %, wind direction 0 to 360
 * degrees (both ends are north). Sentinels are {@link SentinelCheck}'s. The repair leaves the cell
 * out, except that humidity up to {@link #SATURATED} is a sensor's error near saturation and
 * becomes 100.
 */
public final class PhysicalRangeCheck implements SeriesCheck {
  /** A capacitive sensor in fog reads up to so many percent. */
  public static final double SATURATED = 105;

  private static final double HUMIDITY = 100;
  private static final double CIRCLE = 360;

  private final WeatherColumns columns;

  /**
   * For these columns.
   *
   * @param columns who is who
   */
  public PhysicalRangeCheck(WeatherColumns columns) {
    this.columns = columns;
  }

  @Override
  public void check(Frame frame, Findings findings) {
    columns
        .name(Role.HUMIDITY)
        .ifPresent(name -> check(frame, name, HUMIDITY, SATURATED, findings));
    columns.name(Role.WIND_DIRECTION).ifPresent(name -> check(frame, name, CIRCLE, 0, findings));
  }

  private static void check(
      Frame frame, String name, double most, double clipped, Findings findings) {
    int column = frame.column(name);
    if (column < 0) {
      return;
    }
    double[] values = SentinelCheck.without(frame, column);
    for (int row = 0; row < values.length; row++) {
      double value = values[row];
      if (value < 0 || value > most) {
        double mended = value > most && value <= clipped ? most : Double.NaN;
        findings.found(
            Kind.OUT_OF_RANGE,
            row,
            name,
            name + " " + Numbers.brief(value) + ", not within 0 to " + Numbers.brief(most),
            List.of(new Mend(column, row, mended)));
      }
    }
  }
}
