package io.gatecast.forecasting.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.check.RealFrames.Found;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thirteen broken files of a vendor, each beside its repaired twin: the checks find exactly the
 * rows that differ, pass the twin, and their repairs give the twin. Needs GATECAST_DATA.
 */
class StockPairsTest {
  private static final Set<Kind> LOOKED_FOR =
      EnumSet.of(Kind.OUTLIER, Kind.SPLIT, Kind.DIVIDEND, Kind.OHLC);

  /**
   * Errors that the repaired twins themselves still hold, by line: opens and closes beyond high or
   * low (both), and six days at 0.006 among 0.6 (CLC). They are told of in both twins.
   */
  private static final Map<String, Map<Kind, Set<Integer>>> LEFT_IN_TWIN =
      Map.of(
          "SSW-JO-1d-100x-error",
          Map.of(Kind.OHLC, Set.of(15, 17, 24, 30)),
          "CLC-L-1d-bad-div",
          Map.of(
              Kind.OHLC,
              Set.of(549, 557, 570, 575, 582, 600, 604, 613),
              Kind.OUTLIER,
              Set.of(648, 649, 650, 651, 652, 653)));

  private static Frame read(String name) {
    return RealFrames.read(
        RealFrames.real("dirty/" + name + ".csv"),
        column -> !column.startsWith("Date") && !column.equals("Repaired?"));
  }

  private static List<SeriesCheck> checks(Frame frame) {
    return StockChecks.of(StockColumns.guess(frame.columns()));
  }

  private static Map<Kind, Set<Integer>> lines(Frame frame, List<Found> found) {
    return found.stream()
        .filter(each -> LOOKED_FOR.contains(each.kind()))
        .collect(
            Collectors.groupingBy(
                Found::kind,
                Collectors.mapping(
                    each -> frame.line(each.row()), Collectors.toCollection(TreeSet::new))));
  }

  private static boolean same(double a, double b, double room) {
    return Double.isNaN(a) ? Double.isNaN(b) : Math.abs(a - b) <= room * Math.abs(b);
  }

  private static Set<Integer> differing(Frame broken, Frame fixed) {
    Set<Integer> lines = new TreeSet<>();
    for (int row = 0; row < broken.rows(); row++) {
      for (String name : broken.columns()) {
        double here = broken.value(broken.column(name), row);
        double there = fixed.value(fixed.column(name), row);
        if (!same(here, there, 0.001)) {
          lines.add(broken.line(row));
        }
      }
    }
    return lines;
  }

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
  void findsWhatDiffersAndRepairsItToTheTwin(String name, Kind kind, int wrong) {
    Frame broken = read(name);
    Frame fixed = read(name + "-fixed");
    Map<Kind, Set<Integer>> left = LEFT_IN_TWIN.getOrDefault(name, Map.of());
    assertEquals(left, lines(fixed, RealFrames.check(checks(fixed), fixed)));

    Set<Integer> differing = differing(broken, fixed);
    assertEquals(wrong, differing.size());
    Map<Kind, Set<Integer>> found = lines(broken, RealFrames.check(checks(broken), broken));
    assertEquals(differing, found.get(kind));
    found.remove(kind);
    assertEquals(left, found);

    Frame repaired = RealFrames.repair(checks(broken), broken);
    Set<Integer> beyond = left.getOrDefault(Kind.OUTLIER, Set.of());
    for (int row = 0; row < repaired.rows(); row++) {
      boolean compare = !beyond.contains(repaired.line(row));
      for (int column = 0; compare && column < repaired.columns().size(); column++) {
        double mended = repaired.value(column, row);
        double twin = fixed.value(fixed.column(repaired.columns().get(column)), row);
        int line = repaired.line(row);
        assertTrue(same(mended, twin, 0.01), () -> "line " + line + ": " + mended + ", " + twin);
      }
    }
  }

  @Test
  void aRepairedFileHasNothingLeftToRepair() {
    Frame repaired = RealFrames.repair(checks(read("CLC-L-1d-bad-div")), read("CLC-L-1d-bad-div"));
    Map<Kind, Set<Integer>> left = lines(repaired, RealFrames.check(checks(repaired), repaired));
    assertEquals(Set.of(Kind.OHLC), left.keySet());
  }

  @Test
  void rightDividendsPass() {
    Frame frame = read("EA-15m-no-bad-divs");
    assertTrue(StockColumns.guess(frame.columns()).name(StockColumns.Role.DIVIDENDS).isPresent());
    assertEquals(List.of(), RealFrames.check(checks(frame), frame));
  }

  @Test
  void oilBelowZeroIsAllThatOilHas() {
    Frame frame = read("wti-daily");
    List<Found> found = RealFrames.check(checks(frame), frame);
    assertEquals(1, found.size());
    assertEquals(Kind.NON_POSITIVE_PRICE, found.get(0).kind());
    assertEquals("Price -36.98: its log return does not exist", found.get(0).text());
    assertFalse(found.get(0).mends().isEmpty());
  }
}
