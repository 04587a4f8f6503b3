package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.check.StockCheckSet;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves the computed target: row by row, absent without a range, as known, and never of nonsense.
 */
class LogVarianceTest {
  private static final double NONE = Double.NaN;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private DataSpec spec(String header, String... rows) {
    String[] lines = new String[rows.length + 1];
    lines[0] = header;
    System.arraycopy(rows, 0, lines, 1, rows.length);
    Path file = Fixtures.file(folder, "ohlc.csv", lines);
    DataSpec plain = DataSpec.csv(file, "date", "Close", "High", "Low");
    return plain
        .with(ColumnSpec.number("High").optional())
        .with(ColumnSpec.number("Low").optional())
        .with(new LogVariance("High", "Low"));
  }

  private static double logVariance(double high, double low) {
    return Math.log(Math.pow(Math.log(high) - Math.log(low), 2) / (4 * Math.log(2)));
  }

  @Test
  void itIsComputedOfEachRowBeforeAllColumns() {
    DataSpec spec =
        spec(
            "date,High,Low,Close",
            "2024-01-01,11,10,10.5",
            "2024-01-02,10,10,10", // no range
            "2024-01-03,,9,9.5",
            "2024-01-04,9,,9",
            "2024-01-06,12.5,9.75,12"); // after a gap
    Dataset data = Contract.read(spec);
    TimeSeries series = data.series().get(0);
    assertEquals(List.of("log_variance", "Close", "High", "Low"), series.columns());
    assertEquals("log_variance", spec.target());
    assertArrayEquals(
        new double[] {logVariance(11, 10), NONE, NONE, NONE, NONE, logVariance(12.5, 9.75)},
        series.column(0),
        1e-12);
    assertArrayEquals(new double[] {10.5, 10, 9.5, 9, NONE, 12}, series.column(1));
    assertEquals(5, data.report().accepted());
    assertEquals(1, series.missing());
  }

  @Test
  void theFormulaIsParkinsons() {
    // A range of one per cent: 0.01² / 2.7726
    LogVariance target = new LogVariance("h", "l");
    assertEquals(Math.log(1e-4 / 2.772588722239781), target.of(Math.exp(0.01), 1), 1e-12);
    assertEquals(target.of(1.1, 1), target.of(11, 10), 1e-12);
    assertTrue(Double.isNaN(target.of(1, 1)) && Double.isNaN(target.of(1, 1.1)));
  }

  @Test
  void eachRevisionHasItsOwn() {
    DataSpec plain =
        spec(
            "date,High,Low,Close,known",
            "2024-01-01,11,10,10.5,2024-01-01",
            "2024-01-02,12,10,11,2024-01-02",
            "2024-01-02,13,10,11,2024-01-05", // a restated high
            "2024-01-03,10,10,10,2024-01-03",
            "2024-01-03,10.5,10,10,2024-01-04", // at first no range
            "2024-01-04,11,10,10,2024-01-04",
            "2024-01-05,11,10,10,2024-01-05");
    DataSpec spec =
        new DataSpec(
            plain.source(),
            plain.time(),
            Optional.of(new TimeSpec(List.of("known"), new TimeForm.Iso(), ZoneOffset.UTC)),
            plain.series(),
            plain.columns(),
            plain.axis(),
            plain.contract(),
            plain.logVariance());
    TimeSeries series = Contract.read(spec).series().get(0);
    long fourth = Fixtures.day("2024-01-04");
    assertEquals(logVariance(12, 10), series.value(0, 1, fourth), 1e-12);
    assertEquals(logVariance(13, 10), series.value(0, 1, fourth + 1), 1e-12);
    assertTrue(Double.isNaN(series.value(0, 2, fourth - 1)));
    assertEquals(logVariance(10.5, 10), series.value(0, 2, fourth), 1e-12);
    assertEquals(12, series.value(2, 1, fourth));
  }

  @Test
  void pricesWithoutALogOrUpsideDownEndTheJob() {
    for (String row : List.of("2024-01-03,9,10,9.5", "2024-01-03,9,0,9", "2024-01-03,-1,-2,-1")) {
      DataSpec spec =
          spec("date,High,Low,Close", "2024-01-01,11,10,10", "2024-01-02,11,10,10", row);
      JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(spec));
      assertTrue(fault.where().endsWith("line 4"), fault.where());
      assertTrue(fault.found().startsWith("High "), fault.found());
      assertTrue(fault.action().contains("checks: stock"), fault.action());
    }
  }

  @Test
  void theActionThatTheFaultNamesHelps() {
    DataSpec spec =
        spec(
            "date,High,Low,Close",
            "2024-01-01,11,10,10.5",
            "2024-01-02,9,10,9.5",
            "2024-01-03,9,0,9",
            "2024-01-04,12,11,11",
            "2024-01-05,12,11,11");
    ContractSpec contract =
        new ContractSpec(
            0.6,
            Map.of(Kind.OHLC, Policy.DROP, Kind.NON_POSITIVE_PRICE, Policy.DROP),
            Policy.DROP,
            new StockCheckSet(Map.of()));
    TimeSeries series = Contract.read(spec.with(contract)).series().get(0);
    assertArrayEquals(
        new double[] {logVariance(11, 10), NONE, NONE, logVariance(12, 11), logVariance(12, 11)},
        series.column(0),
        1e-12);
  }

  @Test
  void aHighBelowTheLowByRoundingIsNoRange() {
    DataSpec spec =
        spec(
            "date,High,Low,Close",
            "2024-01-01,11,10,10",
            "2024-01-02,9.9999999,10,10",
            "2024-01-03,11,10,10");
    assertTrue(Double.isNaN(Contract.read(spec).series().get(0).value(0, 1)));
  }

  @Test
  void aColumnThatIsNotThereIsTheTargetsFault() {
    DataSpec spec = spec("date,Hi,Low,Close", "2024-01-01,11,10,10");
    JobFault fault = Fixtures.fault(ExitCode.USAGE, () -> Contract.read(spec, key -> "job:" + key));
    assertEquals("job:target", fault.where());
    assertTrue(fault.found().contains("\"High\""), fault.found());
  }

  @Test
  void aSpecificationThatCannotComputeItIsRefused() {
    DataSpec plain = DataSpec.csv(Path.of("a.csv"), "date", "Close", "High", "Low");
    LogVariance target = new LogVariance("High", "Low");
    assertThrows(IllegalArgumentException.class, () -> new LogVariance("High", "High"));
    assertThrows(
        IllegalArgumentException.class, () -> plain.with(new LogVariance("High", "Lowest")));
    DataSpec words = plain.with(ColumnSpec.number("Low").of(ColumnSpec.Type.TEXT));
    assertThrows(IllegalArgumentException.class, () -> words.with(target));
    DataSpec taken = plain.with(ColumnSpec.number("log_variance"));
    assertThrows(IllegalArgumentException.class, () -> taken.with(target));
    assertEquals("Close", plain.target());
    assertEquals(plain.columns(), plain.seriesColumns());
  }
}
