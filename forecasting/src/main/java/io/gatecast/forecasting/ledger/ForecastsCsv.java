package io.gatecast.forecasting.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Issued forecasts as CSV text. The same forecasts give the same bytes: no clock, no locale, nine
 * significant digits.
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

  private static final MathContext DIGITS = new MathContext(9, RoundingMode.HALF_EVEN);

  private ForecastsCsv() {}

  /**
   * Writes them.
   *
   * @param forecasts in the order of the file
   * @return the whole file
   */
  public static String text(List<IssuedForecast> forecasts) {
    StringWriter text = new StringWriter();
    // Closing empties the writer's own buffer: unclosed, a small file would stay empty.
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static String number(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
