package io.gatecast.forecasting.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.evaluation.ScoredForecast;
import io.gatecast.forecasting.model.Quantiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Proves the bytes of a backtest's file. */
class BacktestCsvTest {
  private static final String HEADER =
      "series,origin,target_time,horizon,model,fold,actual,mean,"
          + "q0.025,q0.1,q0.2,q0.3,q0.4,q0.5,q0.6,q0.7,q0.8,q0.9,q0.975\n";

  private static ScoredForecast row(String series, double actual, double mean) {
    double[] quantiles = new double[Quantiles.COUNT];
    Arrays.setAll(quantiles, level -> level - 5.5);
    long origin = Fixtures.day("2024-02-28");
    return new ScoredForecast(series, origin, origin + 2, 2, "gru", 3, actual, mean, quantiles, 99);
  }

  private static String text(List<ScoredForecast> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BacktestCsv csv = new BacktestCsv(out, Fixtures.DAYS)) {
      rows.forEach(csv::write);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesAHeaderAndALineForEachForecastWithEveryQuantile() {
    assertEquals(
        HEADER
            + "Zürich,2024-02-28,2024-03-01,2,gru,3,0.666666667,-1234567.12,"
            + "-5.5,-4.5,-3.5,-2.5,-1.5,-0.5,0.5,1.5,2.5,3.5,4.5\n",
        text(List.of(row("Zürich", 2.0 / 3, -1234567.125))));
  }

  @Test
  void writesTheHeaderAloneWhereThereIsNothing() {
    assertEquals(HEADER, text(List.of()));
  }

  @Test
  void quotesWhatNeedsItAndSaysWhatIsNoNumber() {
    String line = text(List.of(row("a,\"b\"", Double.NaN, 0))).substring(HEADER.length());
    assertTrue(line.startsWith("\"a,\"\"b\"\"\",2024-02-28,2024-03-01,2,gru,3,NaN,0,"), line);
  }

  @Test
  void knowsNoLocaleAndLosesNoRow() {
    String one = text(List.of(row("s", 1234.5, 0.1)));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(
          HEADER + one.substring(HEADER.length()).repeat(5000),
          text(Collections.nCopies(5000, row("s", 1234.5, 0.1))));
    } finally {
      Locale.setDefault(before);
    }
  }
}
