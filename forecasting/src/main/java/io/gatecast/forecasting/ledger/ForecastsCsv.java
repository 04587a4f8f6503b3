package io.gatecast.forecasting.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * Issued forecasts as CSV text. The same forecasts give the same bytes: no clock, no locale, a
 * fixed number of significant digits.
 */
public final class ForecastsCsv {
  private static final List<String> HEADER =
      List.of(
          "series",
          "issued_at",
          "target_time",
          "horizon",
          "mean",
          "lo80",
          "hi80",
          "lo95",
          "hi95",
          "model");

  private ForecastsCsv() {}

  /**
   * Writes them.
   *
   * @param forecasts in the order of the file
   * @return the whole file
   */
  public static String text(List<IssuedForecast> forecasts) {
    StringWriter text = new StringWriter();
    CsvWriter csv =
        CsvWriter.builder().lineDelimiter(de.siegmar.fastcsv.writer.LineDelimiter.LF).build(text);
    csv.writeRecord(HEADER);
    for (IssuedForecast f : forecasts) {
      csv.writeRecord(
          f.series(),
          f.issuedAt(),
          f.targetTime(),
          String.valueOf(f.horizon()),
          number(f.mean()),
          number(f.lo80()),
          number(f.hi80()),
          number(f.lo95()),
          number(f.hi95()),
          f.model());
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
