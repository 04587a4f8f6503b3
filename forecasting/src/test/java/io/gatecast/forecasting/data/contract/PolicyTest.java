package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.Holidays;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves that each kind of problem ends as its policy says, and that no row is lost on the way. */
class PolicyTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static DataSpec spec(Path file, ColumnSpec column, ContractSpec contract, AxisSpec axis) {
    return new DataSpec(
        CsvSpec.of(file),
        new TimeSpec(List.of("date"), new TimeForm.Iso(), ZoneOffset.UTC),
        Optional.empty(),
        new SeriesSpec.PerFile(),
        List.of(column),
        axis,
        contract);
  }

  private static ContractSpec with(Map<Kind, Policy> policies) {
    return new ContractSpec(0.9, policies, Policy.DROP, CheckSet.NONE);
  }

  /** Rows of 2020-01-01, -02, … unless a row has its own date. */
  private Dataset read(ColumnSpec column, Map<Kind, Policy> policies, String... rows) {
    String[] lines = new String[rows.length + 1];
    lines[0] = "date,y";
    for (int i = 0; i < rows.length; i++) {
      lines[i + 1] = rows[i].contains(",") ? rows[i] : "2020-01-%02d,%s".formatted(i + 1, rows[i]);
    }
    Path file = Fixtures.file(folder, "data.csv", lines);
    return Contract.read(spec(file, column, with(policies), AxisSpec.auto()));
  }

  private static ColumnSpec y() {
    return ColumnSpec.number("y");
  }

  private static void ends(Dataset data, int accepted, int repaired, int rejected) {
    ContractReport report = data.report();
    assertEquals(
        List.of(accepted + repaired + rejected, accepted, repaired, rejected),
        List.of(report.read(), report.accepted(), report.repaired(), report.rejected()));
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "NOT_A_NUMBER", "NOT_FINITE", "OUT_OF_RANGE"})
  void aBadCellRejectsItsRowOrIsLeftOutOrEndsTheJob(Kind kind) {
    String bad =
        switch (kind) {
          case MISSING -> "";
          case NOT_A_NUMBER -> "abc";
          case NOT_FINITE -> "inf";
          default -> "1000";
        };
    ColumnSpec column = y().within(0, 100);
    Dataset dropped = read(column, Map.of(), "1", "2", bad, "4");
    ends(dropped, 3, 0, 1);
    assertEquals(Problem.Outcome.REJECTED, dropped.report().problems().get(0).outcome());
    assertEquals(4, dropped.report().problems().get(0).line());
    Dataset repaired = read(column, Map.of(kind, Policy.REPAIR), "1", "2", bad, "4");
    ends(repaired, 3, 1, 0);
    assertArrayEquals(new double[] {1, 2, Double.NaN, 4}, repaired.series().get(0).column(0));
    JobFault fault =
        Fixtures.fault(
            ExitCode.DATA, () -> read(column, Map.of(kind, Policy.FAIL), "1", "2", bad, "4"));
    assertTrue(fault.where().endsWith("line 4, column y"), fault::getMessage);
    assertTrue(fault.action().contains("contract." + kind.label()), fault::getMessage);
  }

  @Test
  void anOptionalColumnMayLackValuesAndLosesOnlyWhatIsBad() {
    Dataset data = read(y().optional(), Map.of(), "1", "NA", "abc", "4");
    ends(data, 3, 1, 0);
    assertEquals(Map.of(Kind.NOT_A_NUMBER, 1), data.report().kinds());
    assertArrayEquals(new double[] {1, Double.NaN, Double.NaN, 4}, data.series().get(0).column(0));
  }

  @Test
  void aValueOutOfRangeMayBeSuspectedOnly() {
    Dataset data =
        read(y().within(0, 100), Map.of(Kind.OUT_OF_RANGE, Policy.WARN), "1", "1000", "3");
    ends(data, 3, 0, 0);
    assertEquals(Problem.Outcome.SUSPECTED, data.report().problems().get(0).outcome());
    assertArrayEquals(new double[] {1, 1000, 3}, data.series().get(0).column(0));
  }

  @Test
  void aColumnsOwnSignsOfAMissingValueAreComparedAsNumbers() {
    Dataset data = read(y().missing("-9999", "gone").optional(), Map.of(), "1", "-9999.00", "Gone");
    ends(data, 3, 0, 0);
    assertEquals(Map.of(), data.report().kinds());
    assertArrayEquals(new double[] {1, Double.NaN, Double.NaN}, data.series().get(0).column(0));
    assertEquals(1, data.report().missing() - 1, "two steps without any value");
  }

  @Test
  void exactDuplicatesAreDroppedOrEndTheJob() {
    String[] rows = {"1", "2020-01-01,1.0", "2020-01-02,2"};
    ends(read(y(), Map.of(), rows), 2, 0, 1);
    Fixtures.fault(ExitCode.DATA, () -> read(y(), Map.of(Kind.DUPLICATE, Policy.FAIL), rows));
  }

  @Test
  void ofTwoRowsOfOneTimeTheFirstTheLastOrNoneStands() {
    String[] rows = {"1", "2020-01-02,2", "2020-01-02,9", "2020-01-03,3"};
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> read(y(), Map.of(), rows));
    assertTrue(fault.where().endsWith("lines 3 and 4"), fault::getMessage);
    Dataset first = read(y(), Map.of(Kind.CONFLICT, Policy.DROP), rows);
    ends(first, 3, 0, 1);
    assertArrayEquals(new double[] {1, 2, 3}, first.series().get(0).column(0));
    Dataset last = read(y(), Map.of(Kind.CONFLICT, Policy.REPAIR), rows);
    ends(last, 2, 1, 1);
    assertArrayEquals(new double[] {1, 9, 3}, last.series().get(0).column(0));
  }

  @Test
  void newestFirstIsPutInOrderOrDroppedOrEndsTheJob() {
    String[] rows = {"2020-01-03,3", "2020-01-02,2", "2020-01-01,1"};
    Dataset ordered = read(y(), Map.of(), rows);
    ends(ordered, 1, 2, 0);
    assertArrayEquals(new double[] {1, 2, 3}, ordered.series().get(0).column(0));
    ends(read(y(), Map.of(Kind.UNSORTED, Policy.DROP), rows), 1, 0, 2);
    Fixtures.fault(ExitCode.DATA, () -> read(y(), Map.of(Kind.UNSORTED, Policy.FAIL), rows));
  }

  @Test
  void gapsKeepTheirPlaceOrEndTheJob() {
    Path file =
        Fixtures.file(folder, "gap.csv", "date,y", "2020-01-01,1", "2020-01-02,2", "2020-01-05,5");
    ContractSpec drop = ContractSpec.usual(0);
    Dataset data = Contract.read(spec(file, y(), drop, AxisSpec.auto()));
    assertEquals(2, data.report().missing());
    ContractSpec fail = new ContractSpec(0, Map.of(), Policy.FAIL, CheckSet.NONE);
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> Contract.read(spec(file, y(), fail, AxisSpec.auto())));
    assertEquals("2020-01-02 and then 2020-01-05", fault.found());
    assertTrue(fault.where().endsWith("lines 3 and 4"), fault::getMessage);
  }

  @Test
  void aCheckOnAWholeSeriesIsObeyedLikeAnyOther() {
    SeriesCheck tooLarge =
        (frame, findings) -> {
          for (int row = 0; row < frame.rows(); row++) {
            if (frame.value(0, row) > 50) {
              findings.found(
                  Kind.OUTLIER,
                  row,
                  "y",
                  "100 times too large",
                  List.of(new Findings.Mend(0, row, frame.value(0, row) / 100)));
            }
          }
        };
    CheckSet checks =
        new CheckSet() {
          @Override
          public List<ColumnSpec> columns(List<String> labels) {
            return List.of();
          }

          @Override
          public List<SeriesCheck> checks(List<String> labels) {
            return List.of(tooLarge);
          }

          @Override
          public String toString() {
            return "too large";
          }
        };
    Path file =
        Fixtures.file(
            folder,
            "large.csv",
            "date,y",
            "2020-01-01,1",
            "2020-01-02,200",
            "2020-01-03,3",
            "2020-01-04,4",
            "2020-01-05,5");
    double[][] ends = {{1, 200, 3, 4, 5}, {1, 2, 3, 4, 5}, {1, Double.NaN, 3, 4, 5}};
    Policy[] policies = {Policy.WARN, Policy.REPAIR, Policy.DROP};
    for (int i = 0; i < policies.length; i++) {
      ContractSpec contract =
          new ContractSpec(0.5, Map.of(Kind.OUTLIER, policies[i]), Policy.DROP, checks);
      TimeSeries series = Contract.read(spec(file, y(), contract, AxisSpec.auto())).series().get(0);
      assertArrayEquals(ends[i], series.column(0), policies[i]::label);
    }
    ContractSpec fail =
        new ContractSpec(0.5, Map.of(Kind.OUTLIER, Policy.FAIL), Policy.DROP, checks);
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> Contract.read(spec(file, y(), fail, AxisSpec.auto())));
    assertTrue(fault.where().endsWith("line 3, column y"), fault::getMessage);
  }

  @Test
  void aCellThatOnlyChecksReadRejectsNoRowAndWordsAreNoNumbers() {
    StringBuilder csv = new StringBuilder("date,temp,rh,sky\n");
    for (int day = 1; day <= 28; day++) {
      csv.append("2020-02-%02d,%d,%s,clear%n".formatted(day, day, day == 9 ? "140" : "50." + day));
    }
    Path file = Fixtures.file(folder, "weather.csv", csv.toString());
    ContractSpec contract = ContractSpec.usual(0).with(new WeatherCheckSet(Map.of()));
    DataSpec base = spec(file, ColumnSpec.number("temp"), contract, AxisSpec.auto());
    Dataset unasked = Contract.read(base);
    ends(unasked, 28, 0, 0);
    assertEquals(Map.of(Kind.OUT_OF_RANGE, 1), unasked.report().kinds());
    assertEquals(Problem.Outcome.SUSPECTED, unasked.report().problems().get(0).outcome());
    Dataset asked =
        Contract.read(
            base.with(new ContractSpec(0.5, Map.of(), Policy.DROP, contract.checks()))
                .with(ColumnSpec.number("rh")));
    ends(asked, 27, 0, 1);
    Dataset words = Contract.read(base.with(ColumnSpec.number("sky").of(ColumnSpec.Type.TEXT)));
    assertEquals(Map.of(Kind.OUT_OF_RANGE, 1), words.report().kinds(), "a clear sky is not stuck");
  }

  @Test
  void aSessionThatTheCalendarHasIsMissedAndAHolidayIsNot() {
    Path file =
        Fixtures.file(
            folder,
            "sessions.csv",
            "date,y",
            "2019-12-23,1",
            "2019-12-24,2",
            "2019-12-26,3",
            "2019-12-30,4",
            "2019-12-31,5",
            "2020-01-02,6",
            "2020-01-03,7",
            "2020-01-06,8",
            "2020-01-07,9",
            "2020-01-08,10",
            "2020-01-09,11",
            "2020-01-10,12");
    AxisSpec axis = AxisSpec.sessions(Holidays.of("NYSE"));
    Dataset data = Contract.read(spec(file, y(), ContractSpec.usual(0), axis));
    assertEquals(Map.of(Kind.MISSING_SESSION, 1), data.report().kinds());
    Problem problem = data.report().problems().get(0);
    assertTrue(problem.found().startsWith("2019-12-27"), problem::toString);
    assertEquals(4, problem.line(), "the row before");
    ContractSpec fail =
        new ContractSpec(0, Map.of(Kind.MISSING_SESSION, Policy.FAIL), Policy.DROP, CheckSet.NONE);
    Fixtures.fault(ExitCode.DATA, () -> Contract.read(spec(file, y(), fail, axis)));
  }

  @Test
  void dataIsKnownByWhatWasReadWordsAmongIt() {
    ColumnSpec number = y();
    String hash = read(number, Map.of(), "1", "2").hash();
    assertEquals(hash, read(number, Map.of(), "1.0", "2e0").hash());
    assertNotEquals(hash, read(number, Map.of(), "1", "3").hash());
    assertNotEquals(hash, read(number, Map.of(), "1", "2020-01-03,2").hash());
    ColumnSpec text = number.of(ColumnSpec.Type.TEXT);
    assertNotEquals(
        read(text, Map.of(), "sun", "rain").hash(), read(text, Map.of(), "sun", "snow").hash());
  }

  @Test
  void aKindRefusesAPolicyThatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> with(Map.of(Kind.BAD_TIME, Policy.REPAIR)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ContractSpec(0, Map.of(), Policy.WARN, CheckSet.NONE));
  }
}
