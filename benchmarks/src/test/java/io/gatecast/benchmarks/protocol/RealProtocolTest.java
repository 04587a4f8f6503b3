package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Repeat-last gives the published numbers, to the three decimals that they have. */
class RealProtocolTest {
  private static ProtocolData data(ProtocolSet set) throws IOException {
    String folder = System.getenv("GATECAST_DATA");
    if (folder == null) {
      System.out.println("skipped: GATECAST_DATA is not set");
      Assumptions.abort("GATECAST_DATA is not set");
      throw new AssertionError("abort returns never");
    }
    return ProtocolData.read(set, Path.of(folder));
  }

  private static Score score(
      ProtocolData data, ProtocolModel model, int horizon, Counting counting) {
    ProtocolCell cell = new ProtocolCell(data.set(), 96, horizon);
    ProtocolForecaster forecaster = model.fit(cell, data.withoutTest(), 0, (done, what) -> {});
    return Series.score(forecaster, data.windows(ProtocolPart.TEST, 96, horizon), counting);
  }

  private static double threeDecimals(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  @ParameterizedTest
  @EnumSource(names = {"ETTH1", "WEATHER", "EXCHANGE"})
  void repeatLastGivesThePublishedNumbers(ProtocolSet set) throws IOException {
    List<Published> published =
        Published.all().stream()
            .filter(each -> each.set() == set && each.model().equals("repeat last"))
            .toList();
    assertEquals(4, published.size());
    ProtocolData data = data(set);
    for (Published each : published) {
      Score score = score(data, new RepeatLast(), each.horizon(), each.counting().orElseThrow());
      assertEquals(each.mse(), threeDecimals(score.mse()), 0, each::toString);
      assertEquals(each.mae().orElseThrow(), threeDecimals(score.mae()), 0, each::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"336, 1.330, 0.746", "720, 1.335, 0.755"})
  void countingEveryWindowGivesTheOthers(int horizon, double mse, double mae) throws IOException {
    Score score = score(data(ProtocolSet.ETTH1), new RepeatLast(), horizon, Counting.ALL);
    assertEquals(mse, threeDecimals(score.mse()), 0);
    assertEquals(mae, threeDecimals(score.mae()), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "ETTH1, 7, 14400, 2785, 2161",
    "ETTM1, 7, 57600, 11425, 10801",
    "WEATHER, 21, 52696, 10444, 9820",
    "EXCHANGE, 8, 7588, 1422, 798"
  })
  void setsHaveTheirSizes(ProtocolSet set, int channels, int rows, int at96, int at720)
      throws IOException {
    ProtocolData data = data(set);
    assertEquals(channels, data.channels());
    assertEquals(rows, data.split().testEnd());
    assertEquals(at96, data.windows(ProtocolPart.TEST, 96, 96).size());
    assertEquals(at720, data.windows(ProtocolPart.TEST, 720, 720).size());
  }

  /** Measured .3815; published for gradient descent .386. */
  @Test
  void dLinearIsWithinAHundredthOfThePublishedNumber() throws IOException {
    ProtocolModel model = new LinearModel(LinearModel.Form.DLINEAR);
    Score score = score(data(ProtocolSet.ETTH1), model, 96, Counting.DROP_LAST_32);
    assertEquals(0.386, score.mse(), 0.01);
  }
}
