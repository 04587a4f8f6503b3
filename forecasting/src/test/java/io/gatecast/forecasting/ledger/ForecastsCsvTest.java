package io.gatecast.forecasting.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Proves the bytes of the forecasts' file. */
class ForecastsCsvTest {
  private static final String HEADER =
      "series,issued_at,target_time,horizon,mean,lo80,hi80,lo95,hi95,model\n";

  private static IssuedForecast forecast(String series, int horizon, double mean) {
    return new IssuedForecast(
        series, "2024-01-05", "2024-01-08", horizon, mean, -1, 1.5, -1234567.125, 2.0000004, "gru");
  }

  @Test
  void writesAHeaderAndALineForEachForecast() {
    assertEquals(
        HEADER
            + "Seattle,2024-01-05,2024-01-08,1,12.3456789,-1,1.5,-1234567.12,2.0000004,gru\n"
            + "New York,2024-01-05,2024-01-08,2,0.5,-1,1.5,-1234567.12,2.0000004,gru\n",
        ForecastsCsv.text(
            List.of(forecast("Seattle", 1, 12.3456789), forecast("New York", 2, 0.5))));
  }

  @Test
  void writesTheHeaderAloneWhereThereIsNothing() {
    assertEquals(HEADER, ForecastsCsv.text(List.of()));
  }

  @Test
  void quotesWhatNeedsIt() {
    assertEquals(
        HEADER + "\"a,\"\"b\"\"\nc\",2024-01-05,2024-01-08,1,1,-1,1.5,-1234567.12,2.0000004,gru\n",
        ForecastsCsv.text(List.of(forecast("a,\"b\"\nc", 1, 1))));
  }

  @Test
  void keepsNineDigitsOfAnySize() {
    double[] values = {1.23456789012e-8, -3.3e-5, 400, 987654321098.0, -0.0, 2.0 / 3};
    String[] written = {
      "0.0000000123456789", "-0.000033", "400", "987654321000", "0", "0.666666667"
    };
    for (int i = 0; i < values.length; i++) {
      String text = ForecastsCsv.text(List.of(forecast("s", 1, values[i])));
      assertEquals(written[i], text.substring(HEADER.length()).split(",", -1)[4]);
    }
  }

  @Test
  void knowsNoLocale() {
    List<IssuedForecast> one = List.of(forecast("s", 1, 1234.5));
    String expected = ForecastsCsv.text(one);
    Locale before = Locale.getDefault();
    try {
      for (String tag : new String[] {"de-CH", "fr-FR", "ar-EG-u-nu-arab"}) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(expected, ForecastsCsv.text(one));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void writesManyForecastsWhole() {
    List<IssuedForecast> many = Collections.nCopies(5000, forecast("s", 1, 1));
    String line = ForecastsCsv.text(many.subList(0, 1)).substring(HEADER.length());
    assertEquals(HEADER + line.repeat(5000), ForecastsCsv.text(many));
  }
}
