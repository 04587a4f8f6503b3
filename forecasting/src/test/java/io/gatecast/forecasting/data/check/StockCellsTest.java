package io.gatecast.forecasting.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.check.RealFrames.Found;
import io.gatecast.forecasting.data.check.StockColumns.Role;
import io.gatecast.forecasting.data.contract.Findings.Mend;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the cells of a row must satisfy among themselves, still prices, and who is who. */
class StockCellsTest {
  private static final List<String> OHLCV = List.of("open", "high", "low", "close", "volume");

  private static List<Found> check(SeriesCheck check, double[]... rows) {
    Frame frame = new Frame("cells", OHLCV);
    for (double[] row : rows) {
      frame.add(frame.rows(), 0, frame.rows() + 2, row);
    }
    return RealFrames.check(List.of(check), frame);
  }

  private static StockColumns columns() {
    return StockColumns.guess(OHLCV);
  }

  private static double[] row(double... cells) {
    return cells;
  }

  @Test
  void highAndLowAreStretchedToHoldOpenAndClose() {
    List<Found> found = check(new OhlcCheck(columns()), row(36.9, 36.67, 36.1, 36, 5));
    assertEquals(
        List.of(
            new Found(
                Kind.OHLC,
                0,
                "",
                "open 36.9 above high 36.67",
                List.of(new Mend(1, 0, 36.9), new Mend(2, 0, 36)))),
        found);
  }

  @Test
  void farOffNothingIsProposed() {
    List<Found> found = check(new OhlcCheck(columns()), row(10, 10.1, 11, 10, 5));
    assertEquals("low 11 above high 10.1", found.get(0).text());
    assertEquals(List.of(), found.get(0).mends());
  }

  @Test
  void roundingAndMissingCellsPass() {
    SeriesCheck check = new OhlcCheck(columns());
    assertEquals(List.of(), check(check, row(24.75, 24.7499996185303, 24, 24.5, 5)));
    assertEquals(List.of(), check(check, row(24.75, Double.NaN, Double.NaN, 24.5, 5)));
    assertEquals(List.of(), check(check, row(-37.7, -14, -40.32, -36.98, 5)));
  }

  @Test
  void volumesBelowZeroAreLeftOut() {
    List<Found> found = check(new VolumeCheck(columns()), row(1, 1, 1, 1, -5), row(1, 1, 1, 1, 0));
    assertEquals(
        List.of(
            new Found(
                Kind.NEGATIVE_VOLUME,
                0,
                "volume",
                "volume -5",
                List.of(new Mend(4, 0, Double.NaN)))),
        found);
  }

  @Test
  void pricesOfZeroHaveNoLogReturn() {
    List<Found> found =
        check(new PositivePriceCheck(columns()), row(1, 1, 0, 0, 5), row(1, 1, 1, 1, 5));
    assertEquals(1, found.size());
    assertEquals("close 0: its log return does not exist", found.get(0).text());
    assertEquals(
        List.of(new Mend(3, 0, Double.NaN), new Mend(2, 0, Double.NaN)), found.get(0).mends());
  }

  private static double[][] still(int rows, double firstVolume, double step) {
    double[][] still = new double[rows][];
    for (int row = 0; row < rows; row++) {
      still[row] = row(5, 5, 5, 5, firstVolume + step * row);
    }
    return still;
  }

  @Test
  void aPriceThatTradesIsNotStale() {
    SeriesCheck check = new StaleCheck(columns(), 10);
    assertEquals(List.of(), check(check, still(100, 300, 1)));
    assertEquals(List.of(), check(check, still(11, 0, 0)));
    assertEquals(11, check(check, still(12, 0, 0)).size());
    List<Found> repeated = check(check, still(50, 300, 0));
    assertEquals(49, repeated.size());
    assertEquals("close 5 stands still since line 2, 49 rows", repeated.get(0).text());
    assertEquals(1, repeated.get(0).row());
    assertThrows(IllegalArgumentException.class, () -> new StaleCheck(columns(), 0));
  }

  @Test
  void aDividendOfMoreThanThePriceIsMistaken() {
    double[][] rows = Walks.rows(new Random(3), 100);
    rows[59][Walks.DIVIDENDS] *= 100;
    Frame frame = Walks.frame(rows);
    List<Found> found = RealFrames.check(StockChecks.of(StockColumns.guess(Walks.COLUMNS)), frame);
    assertEquals(1, found.size());
    assertEquals(Kind.DIVIDEND, found.get(0).kind());
    Mend mend = found.get(0).mends().get(0);
    assertEquals(Walks.DIVIDENDS, mend.column());
    assertEquals(rows[59][Walks.DIVIDENDS] / 100, mend.value());
  }

  @Test
  void adjustedAloneIsMendedAlone() {
    double[][] rows = Walks.rows(new Random(4), 100);
    for (int row = 30; row < 35; row++) {
      rows[row][Walks.ADJUSTED] *= 10;
    }
    Frame frame = Walks.frame(rows);
    List<Found> found = RealFrames.check(StockChecks.of(StockColumns.guess(Walks.COLUMNS)), frame);
    assertEquals(5, found.size());
    assertTrue(found.stream().allMatch(each -> each.column().equals("Adj Close")));
    assertTrue(found.stream().allMatch(each -> each.mends().size() == 1));
  }

  @Test
  void headersAreRecognised() {
    StockColumns yahoo =
        StockColumns.guess(
            List.of("Date", "Open", "High", "Low", "Close", "Adj Close", "Volume", "Stock Splits"));
    assertEquals(Optional.of("Adj Close"), yahoo.name(Role.ADJUSTED));
    assertEquals(Optional.of("Stock Splits"), yahoo.name(Role.SPLITS));
    assertEquals(Optional.empty(), yahoo.name(Role.DIVIDENDS));
    StockColumns other =
        StockColumns.guess(List.of("1. open", "4. close", "adjClose", "5. volume", "OpenInt"));
    assertEquals(Optional.of("1. open"), other.name(Role.OPEN));
    assertEquals(Optional.of("4. close"), other.name(Role.CLOSE));
    assertEquals(Optional.of("adjClose"), other.name(Role.ADJUSTED));
    assertEquals(4, other.names().size());
    assertEquals(
        Optional.of("Price"), StockColumns.guess(List.of("Date", "Price")).name(Role.CLOSE));
    assertEquals(
        Optional.of("adj_close"), StockColumns.guess(List.of("adj_close")).name(Role.ADJUSTED));
  }

  @Test
  void rolesCanBeSaid() {
    StockColumns said = columns().with(Map.of("close", "Schluss"));
    assertEquals(Optional.of("Schluss"), said.name(Role.CLOSE));
    assertEquals(Optional.of("open"), said.name(Role.OPEN));
    Exception fault =
        assertThrows(
            IllegalArgumentException.class, () -> columns().with(Map.of("shut", "Schluss")));
    assertTrue(String.valueOf(fault.getMessage()).contains("no role 'shut'"));
  }

  @Test
  void withoutColumnsNothingIsSaid() {
    Frame frame = new Frame("text", List.of("a"));
    frame.add(0, 0, 2, row(-1));
    assertEquals(
        List.of(), RealFrames.check(StockChecks.of(StockColumns.guess(List.of("a"))), frame));
  }
}
