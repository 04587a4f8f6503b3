package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.check.StockCheckSet;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.time.AxisSpec;
import io.gatecast.forecasting.data.time.TimeForm;
import io.gatecast.forecasting.data.time.TimeSpec;
import io.gatecast.forecasting.data.time.TimeUnit;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Trial;
import io.gatecast.forecasting.evaluation.interval.SplitConformal;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.model.Drift;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import io.gatecast.forecasting.window.Windowing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each oddity of the real price files by its own test, with exact counts. Needs GATECAST_DATA. */
class RealStockQuirksTest {
  private static final SplitSpec SHARES = new SplitSpec(0.08, 0.08);

  private static DataSpec sessions(String file, String target, String... inputs) {
    return DataSpec.csv(Fixtures.real(file), "Date", target, inputs).with(AxisSpec.sessions(null));
  }

  private static DataSpec all(String folder, String target, String... inputs) {
    return sessions(folder, target, inputs)
        .with(CsvSpec.of(List.of(Fixtures.real(folder) + "/*.csv")));
  }

  private static Windowing windows(Dataset data, String transform, String... inputs) {
    ColumnTransform steps = ColumnTransform.of(transform);
    FeatureSpec features = FeatureSpec.of(steps, WindowTransform.NONE, List.of(inputs), List.of());
    return Windowing.fit(data, features, Split.of(data, SHARES), 20, 5);
  }

  // ---- 36 tickers, 88 tickers ----

  @Test
  void openInterestIsAlwaysZeroAndSoNoInput() {
    Dataset data = Contract.read(all("stocks-36", "Close", "OpenInt"));
    assertEquals(336_561, data.report().accepted());
    int zeros = 0;
    for (TimeSeries series : data.series()) {
      zeros += (int) Arrays.stream(series.column(1)).filter(value -> value == 0).count();
    }
    assertEquals(336_561, zeros);
    Dataset apple = Contract.read(sessions("stocks-36/aapl.us.csv", "Close", "OpenInt"));
    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> windows(apple, "[standardise]", "OpenInt"));
    assertTrue(fault.found().contains("constant"), fault::getMessage);
    assertTrue(fault.where().contains("column OpenInt"), fault::getMessage);
  }

  @Test
  void tickersBeginOnDifferentDaysOfOneAxis() throws IOException {
    Dataset data = Contract.read(all("stocks-36", "Close"));
    assertEquals(36, data.series().size());
    Set<String> starts = new TreeSet<>();
    for (TimeSeries series : data.series()) {
      List<String> lines = Files.readAllLines(Fixtures.real("stocks-36/" + series.name() + ".csv"));
      String first = series.axis().format(series.time(0));
      assertEquals(lines.get(1).substring(0, 10), first);
      assertEquals("2017-11-10", series.axis().format(series.time(series.length() - 1)));
      starts.add(first);
    }
    assertEquals("1962-01-02", ((TreeSet<String>) starts).first());
    assertEquals("2005-02-25", ((TreeSet<String>) starts).last());
    assertEquals(198, data.report().missing());
  }

  @Test
  void threeTickersHaveOneRowOfNull() {
    Dataset data = Contract.read(all("stocknet-88", "Close", "Volume"));
    assertEquals(88, data.series().size());
    assertEquals(108_592, data.report().read());
    assertEquals(108_589, data.report().accepted());
    assertEquals(
        List.of("PTR.csv", "REX.csv", "SNP.csv"),
        data.report().problems().stream()
            .map(problem -> Path.of(problem.file()).getFileName().toString())
            .toList());
    Problem nothing = Fixtures.rejected(962, "Close", Kind.MISSING, "null");
    assertEquals(List.of(nothing, nothing, nothing), Fixtures.problems(data));
  }

  // ---- Currencies ----

  @Test
  void currenciesHaveInventedDatesAndNoLineBreakAtTheEnd() throws IOException {
    Path file = Fixtures.real("exchange-rate/exchange_rate.csv");
    byte[] bytes = Files.readAllBytes(file);
    assertNotEquals('\n', bytes[bytes.length - 1]);
    TimeSpec time =
        new TimeSpec(List.of("date"), new TimeForm.Pattern("yyyy/M/d H:mm"), ZoneOffset.UTC);
    Dataset data = Contract.read(DataSpec.csv(file, "date", "OT", "0", "6").with(time));
    assertEquals(7_588, data.report().accepted());
    assertEquals(0, data.report().missing());
    TimeSeries series = data.series().get(0);
    assertEquals(7_588, series.length());
    assertEquals(0.692689, series.value(0, 7_587), "of the line without an end");
    assertEquals(TimeUnit.DAY, data.axis().unit());
    assertEquals(1, data.axis().step());
    long weekends =
        IntStream.range(0, 7_588)
            .mapToObj(step -> LocalDate.ofEpochDay(series.time(step)).getDayOfWeek())
            .filter(day -> day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY)
            .count();
    assertEquals(2 * 7_588 / 7, weekends, "as many as any other days: no exchange trades then");
  }

  // ---- A vendor's broken frames ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4063-T-1d-bad-stock-split", "AET-L-1d-100x-error", "CNE-L-1d-bad-stock-split",
        "DEX-AX-1d-bad-stock-split", "LA-V-1d-bad-stock-split", "SSW-JO-1d-100x-error"
      })
  void framesWithTheNewestFirstAreTurned(String name) {
    Dataset data = Contract.read(sessions("dirty/" + name + ".csv", "Close"));
    int rows = data.report().read();
    assertEquals(Map.of(Kind.UNSORTED, rows - 1), data.report().kinds());
    assertEquals(rows - 1, data.report().repaired());
    assertEquals(rows, data.series().get(0).length());
  }

  @ParameterizedTest
  @CsvSource({
    "4063-T-1d-bad-stock-split, Date, 1, 0",
    "CLC-L-1d-bad-div, Datetime, 1, 1", // its last row is empty
    "LA-V-1d-bad-stock-split, Date, 1, 0",
    "AV-L-1wk-bad-stock-split, Date, 7, 0"
  })
  void midnightsWithOffsetsAreDays(String name, String time, int step, int rejected) {
    Path file = Fixtures.real("dirty/" + name + ".csv");
    Dataset data = Contract.read(DataSpec.csv(file, time, "Close"));
    assertEquals(TimeUnit.DAY, data.axis().unit());
    assertEquals(step, data.axis().step());
    assertEquals(rejected, data.report().rejected());
  }

  private static DataSpec checked(String name, Policy policy) {
    Map<Kind, Policy> policies = new EnumMap<>(Map.of(Kind.OHLC, Policy.WARN));
    if (policy != Policy.WARN) {
      List.of(Kind.OUTLIER, Kind.SPLIT, Kind.DIVIDEND).forEach(kind -> policies.put(kind, policy));
    }
    boolean hours = name.startsWith("ASAI");
    String time = hours || name.startsWith("CLC") ? "Datetime" : "Date";
    Path file = Fixtures.real("dirty/" + name + ".csv");
    return DataSpec.csv(file, time, "Close", "Adj Close")
        .with(hours ? AxisSpec.auto() : AxisSpec.sessions(null))
        .with(new ContractSpec(0.01, policies, Policy.DROP, new StockCheckSet(Map.of())));
  }

  /** Lines of which a kind was told. */
  private static Set<Long> lines(Dataset data, Kind kind) {
    Set<Long> lines = new TreeSet<>();
    data.report().problems().stream()
        .filter(problem -> problem.kind() == kind)
        .forEach(problem -> lines.add(problem.line()));
    return lines;
  }

  /**
   * The twins are the vendor's own; that of CLC still has six prices 100 times too small, and some
   * rows of CLC and SSW have a close beyond high or low.
   */
  @ParameterizedTest
  @CsvSource({
    "4063-T-1d-bad-stock-split,        SPLIT,    9",
    "8TRA-DE-1d-missing-div-adjust,    DIVIDEND, 2",
    "AET-L-1d-100x-error,              OUTLIER,  14",
    "ALPHA-PA-1d-bad-stock-split,      SPLIT,    1",
    "ASAI-L-1h-bad-unit,               OUTLIER,  1",
    "AV-L-1wk-bad-stock-split,         SPLIT,    1",
    "CLC-L-1d-bad-div,                 DIVIDEND, 654",
    "CNE-L-1d-bad-stock-split,         SPLIT,    1",
    "DEX-AX-1d-bad-stock-split,        SPLIT,    15",
    "LA-V-1d-bad-stock-split,          SPLIT,    1",
    "MOB-ST-1d-bad-stock-split,        SPLIT,    1",
    "SPM-MI-1d-bad-stock-split,        SPLIT,    13",
    "SSW-JO-1d-100x-error,             OUTLIER,  22"
  })
  void brokenFramesAreToldOfAndTheirTwinsPass(String name, Kind kind, int wrong) {
    Dataset broken = Contract.read(checked(name, Policy.WARN));
    Dataset twin = Contract.read(checked(name + "-fixed", Policy.WARN));
    assertEquals(wrong, lines(broken, kind).size());
    assertEquals(Set.of(), lines(twin, kind));
    for (Kind other : List.of(Kind.OUTLIER, Kind.SPLIT, Kind.DIVIDEND, Kind.OHLC)) {
      if (other != kind) {
        assertEquals(lines(twin, other), lines(broken, other), other::label);
      }
    }
    JobFault fault = Fixtures.fault(ExitCode.DATA, () -> Contract.read(checked(name, Policy.FAIL)));
    assertTrue(fault.action().contains("another policy than contract."), fault::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4063-T-1d-bad-stock-split", "8TRA-DE-1d-missing-div-adjust", "AET-L-1d-100x-error",
        "ASAI-L-1h-bad-unit", "AV-L-1wk-bad-stock-split", "CLC-L-1d-bad-div",
        "DEX-AX-1d-bad-stock-split", "SPM-MI-1d-bad-stock-split", "SSW-JO-1d-100x-error"
      })
  void repairedByTheContractBrokenFramesAreTheirTwins(String name) {
    TimeSeries mended = Contract.read(checked(name, Policy.REPAIR)).series().get(0);
    TimeSeries twin = Contract.read(checked(name + "-fixed", Policy.REPAIR)).series().get(0);
    assertEquals(twin.length(), mended.length());
    for (int column = 0; column < 2; column++) {
      for (int step = 0; step < twin.length(); step++) {
        double expected = twin.value(column, step);
        double room = Double.isNaN(expected) ? 0 : 0.01 * Math.abs(expected);
        assertEquals(expected, mended.value(column, step), room);
      }
    }
  }

  @Test
  void rightDividendsPass() {
    Path file = Fixtures.real("dirty/EA-15m-no-bad-divs.csv");
    DataSpec spec = DataSpec.csv(file, "Datetime", "Close").with(new StockCheckSet(Map.of()));
    Dataset data = Contract.read(spec);
    assertEquals(319, data.report().accepted());
    assertEquals(Map.of(), data.report().kinds());
  }

  // ---- Oil ----

  @Test
  void oilBelowZeroHasDifferencesAndNoLogReturn() {
    Dataset data =
        Contract.read(sessions("dirty/wti-daily.csv", "Price").with(new StockCheckSet(Map.of())));
    assertEquals(10_226, data.report().accepted());
    Problem told = data.report().problems().get(0);
    assertEquals(1, data.report().problems().size());
    assertEquals(Kind.NON_POSITIVE_PRICE, told.kind());
    assertEquals("Price -36.98: its log return does not exist", told.found());
    TimeSeries series = data.series().get(0);
    int below = 0;
    while (series.value(0, below) > 0) {
      below++;
    }
    assertEquals(-36.98, series.value(0, below));
    assertEquals("2020-04-20", series.axis().format(series.time(below)));

    JobFault fault =
        Fixtures.fault(ExitCode.DATA, () -> windows(data, "[log-return, standardise]"));
    assertTrue(fault.found().contains("-36.98"), fault::getMessage);
    assertTrue(fault.where().contains("2020-04-20"), fault::getMessage);
    assertTrue(fault.action().contains("difference"), fault::getMessage);

    Split split = Split.of(data, SHARES);
    Windowing windows = windows(data, "[difference, standardise]");
    int cut = 0;
    for (Split.Part part : List.of(Split.Part.TRAIN, Split.Part.VALIDATION, Split.Part.TEST)) {
      cut += windows.cut(split, part).size();
    }
    int straddling = 2 * (5 - 1);
    // The first step has no difference.
    assertEquals(10_226 - 1 - (20 + 5 - 1) - straddling, cut);
  }

  // ---- GOOG ----

  @Test
  void googIsShortAndItsLastValueIsTheBestRule() {
    DataSpec spec =
        DataSpec.csv(Fixtures.real("embed/goog_daily_ohlcv.csv"), "date", "adj_close")
            .with(AxisSpec.sessions(null))
            .with(new StockCheckSet(Map.of()));
    Dataset data = Contract.read(spec);
    assertEquals(1_047, data.report().accepted());
    assertEquals(Map.of(), data.report().kinds());
    Split split = Split.of(data, new SplitSpec(0.15, 0.15));
    ColumnTransform returns = ColumnTransform.of("[log-return, standardise]");
    FeatureSpec features = FeatureSpec.of(returns, WindowTransform.NONE, List.of(), List.of());
    Fold fold = Fold.of(data, features, split, 20, 5);
    assertEquals(
        List.of(707, 153, 154),
        List.of(fold.train().size(), fold.validation().size(), fold.test().size()));
    double walk = mase(fold, new Persistence(5));
    assertTrue(walk < mase(fold, new SeasonalNaive(5, 5)));
    assertTrue(walk < mase(fold, new Drift(5)));
  }

  private static double mase(Fold fold, Forecaster rule) {
    Trial trial = Trial.of(fold, rule, ErrorScale.MULTIPLICATIVE, new SplitConformal());
    Evaluation evaluation = new Evaluation(fold.horizon(), 1, VarianceTarget.NONE, List.of());
    evaluation.trial(0, 0, trial);
    return evaluation.score(rule.name()).accuracy().mase();
  }
}
