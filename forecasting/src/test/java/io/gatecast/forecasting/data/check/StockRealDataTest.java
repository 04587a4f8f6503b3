package io.gatecast.forecasting.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.check.RealFrames.Found;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How rarely the checks fire on stock data that is used as it is. Needs GATECAST_DATA. */
class StockRealDataTest {
  private static List<Found> check(Frame frame) {
    List<SeriesCheck> checks = StockChecks.of(StockColumns.guess(frame.columns()));
    return RealFrames.check(checks, frame);
  }

  private static Map<String, Integer> count(String folder) throws IOException {
    Map<String, Integer> count = new TreeMap<>();
    try (Stream<Path> files = Files.list(RealFrames.real(folder))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".csv")).sorted().toList()) {
        Frame frame = RealFrames.read(file, column -> !column.equals("Date"));
        for (Found found : check(frame)) {
          count.merge(frame.series() + " " + found.kind(), 1, Integer::sum);
        }
      }
    }
    return count;
  }

  /**
   * Both from the early 1970s, and both bad data: Walmart goes to and fro between two prices at a
   * ratio of 1.48, Intel halves for six rows and then stands still for 101 sessions up to a jump of
   * 1.506.
   */
  @Test
  void of36TickersTwoAreSuspected() throws IOException {
    assertEquals(Map.of("intc.us.csv SPLIT", 108, "wmt.us.csv SPLIT", 29), count("stocks-36"));
  }

  @Test
  void of88TickersNoneIsSuspected() throws IOException {
    assertEquals(Map.of(), count("stocknet-88"));
  }

  @Test
  void theExampleIsClean() {
    String file = "../examples/data/goog_daily_ohlcv.csv";
    Frame frame = RealFrames.read(Path.of(file), column -> !column.equals("date"));
    assertEquals(1047, frame.rows());
    assertEquals(List.of(), check(frame));
  }
}
