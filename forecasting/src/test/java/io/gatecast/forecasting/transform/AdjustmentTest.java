package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves adjusted closes by hand, that later events never leak, and events found again. */
class AdjustmentTest {
  private static final double NONE = Double.NaN;

  @Test
  void knowsHandValues() {
    // 2 paid at step 2 on a close of 100, two-for-one at step 4.
    Adjustment adjustment =
        new Adjustment(
            new double[] {90, 100, 99, NONE, 50, 51},
            List.of(new CorporateAction(4, 0, 2), new CorporateAction(2, 2, 1)));
    assertArrayEquals(new double[] {90, 100}, adjustment.asOf(1));
    assertArrayEquals(new double[] {88.2, 98, 99}, adjustment.asOf(2), 1e-12);
    assertArrayEquals(new double[] {44.1, 49, 49.5, NONE, 50, 51}, adjustment.asOf(5), 1e-12);
    assertArrayEquals(new double[] {49.5, NONE, 50}, adjustment.asOf(4, 3), 1e-12);
  }

  /** Random closes with events: what a vendor would show, and what truly happened. */
  private static final class Share {
    final double[] close = new double[80];
    final double[] dividends = new double[80];
    final double[] splits = new double[80];

    Share(long seed) {
      Random random = new Random(seed);
      double level = 100;
      for (int t = 0; t < close.length; t++) {
        if (t > 0 && random.nextInt(12) == 0) {
          dividends[t] = level * (0.001 + 0.05 * random.nextDouble());
          level -= dividends[t];
        } else if (t > 0 && random.nextInt(25) == 0) {
          double[] ratios = {2, 3, 1.5, 4, 1.25, 0.1, 0.5};
          splits[t] = ratios[random.nextInt(ratios.length)];
          level /= splits[t];
        }
        level *= Math.exp(0.02 * random.nextGaussian());
        close[t] = random.nextInt(15) == 0 && dividends[t] + splits[t] == 0 ? NONE : level;
      }
      close[0] = 100;
    }

    Adjustment adjustment() {
      return new Adjustment(close, Adjustment.listed(dividends, splits));
    }
  }

  @Property
  void whatHappensLaterLeavesEveryBitAsItWas(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 79) int origin) {
    Share share = new Share(seed);
    double[] before = share.adjustment().asOf(origin);
    Share other = new Share(seed + 1);
    for (double[][] pair :
        new double[][][] {
          {share.close, other.close},
          {share.dividends, other.dividends},
          {share.splits, other.splits}
        }) {
      System.arraycopy(pair[1], origin + 1, pair[0], origin + 1, 79 - origin);
    }
    for (int t = origin + 1; t < 80; t++) {
      share.dividends[t] = Math.min(share.dividends[t], 0.1); // below any close
    }
    assertArrayEquals(before, share.adjustment().asOf(origin));
    assertEquals(share.close[origin], before[origin], "its own close is raw");
  }

  @Property
  void returnsAreThoseOfTheHolderWheneverAsked(@ForAll long seed) {
    Share share = new Share(seed);
    Adjustment adjustment = share.adjustment();
    double[] last = adjustment.asOf(79);
    for (int origin = 1; origin < 79; origin++) {
      double[] adjusted = adjustment.asOf(origin, 2);
      assertEquals(last[origin] / last[origin - 1], adjusted[1] / adjusted[0], 1e-12 * 20);
    }
  }

  @Property
  void eventsHiddenInAdjustedClosesAreFoundAgain(@ForAll long seed) {
    Share share = new Share(seed);
    double[] vendor = share.adjustment().asOf(79);
    List<CorporateAction> expected = Adjustment.listed(share.dividends, share.splits);
    List<CorporateAction> found = Adjustment.derived(share.close, vendor);
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).step(), found.get(i).step());
      assertEquals(expected.get(i).split(), found.get(i).split());
      double dividend = expected.get(i).dividend();
      assertEquals(dividend, found.get(i).dividend(), 1e-9 * 100);
    }
  }

  @Test
  void aReverseSplitOfOddRatioIsStillOne() {
    assertEquals(
        List.of(new CorporateAction(1, 0, 0.8)),
        Adjustment.derived(new double[] {8, 10}, new double[] {10, 10}));
  }

  @Test
  void eventsBeforeAnyCloseChangeNothing() {
    double[] close = {NONE, NONE, 7, 8};
    Adjustment adjustment = new Adjustment(close, List.of(new CorporateAction(2, 3, 2)));
    assertArrayEquals(close, adjustment.asOf(3));
  }

  @Test
  void aDividendOfAWrongUnitIsRefused() {
    TransformFault fault =
        assertThrows(
            TransformFault.class,
            () -> new Adjustment(new double[] {2, 3}, List.of(new CorporateAction(1, 350, 1))));
    assertEquals("350.0", fault.found());
    assertEquals(1, fault.step().orElseThrow());
    assertTrue(fault.action().contains("pence"), fault::action);
  }

  @Test
  void whatIsNoEventOrNoSessionIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CorporateAction(1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new CorporateAction(1, NONE, 1));
    assertThrows(IllegalArgumentException.class, () -> new CorporateAction(1, 0, 0));
    double[] close = {2, 3};
    assertThrows(
        IllegalArgumentException.class,
        () -> new Adjustment(close, List.of(new CorporateAction(2, 0, 2))));
    Adjustment plain = new Adjustment(close, List.of());
    assertThrows(IllegalArgumentException.class, () -> plain.asOf(2));
    assertThrows(IllegalArgumentException.class, () -> plain.asOf(1, 3));
    assertThrows(
        TransformFault.class, () -> Adjustment.derived(new double[] {1, 0}, new double[] {1, 1}));
  }

  @Test
  void applesDividendsAreThoseThatApplePaid() {
    PriceFile apple = PriceFile.read("stocknet-88/AAPL.csv");
    List<CorporateAction> found =
        Adjustment.derived(apple.column("Close"), apple.column("Adj Close"));
    double[] paid = {
      2.65 / 7, 2.65 / 7, 3.05 / 7, 3.05 / 7, 3.05 / 7, 3.05 / 7, 3.29 / 7, 0.47, 0.47, 0.47, 0.52,
      0.52, 0.52, 0.52, 0.57, 0.57, 0.57, 0.57, 0.63, 0.63
    };
    assertArrayEquals(paid, found.stream().mapToDouble(CorporateAction::dividend).toArray(), 5e-5);
    assertEquals("2012-11-07", apple.date(found.get(0).step()));
    assertEquals("2017-08-10", apple.date(found.get(19).step()));
    assertTrue(found.stream().allMatch(action -> action.split() == 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAPL", "C", "CHL", "CODI", "XOM", "BCH", "GE", "GOOG"})
  void asOfAnyDayItIsTheVendorsCloseButForWhatCameLater(String ticker) {
    PriceFile file = PriceFile.read("stocknet-88/" + ticker + ".csv");
    double[] close = file.column("Close");
    double[] vendor = file.column("Adj Close");
    List<CorporateAction> actions = Adjustment.derived(close, vendor);
    Adjustment adjustment = new Adjustment(close, actions);
    for (int origin = 0; origin < close.length; origin += 97) {
      double[] adjusted = adjustment.asOf(origin);
      double later = vendor[origin] / close[origin];
      for (int t = 0; t <= origin; t++) {
        assertEquals(vendor[t] / later, adjusted[t], 2e-5 * adjusted[t], "at " + file.date(t));
      }
    }
    assertEquals(ticker.equals("GOOG"), actions.isEmpty(), "Google paid nothing then");
  }

  @Test
  void theVendorsCloseOfAPastDayKnowsDividendsThatWereYetToCome() {
    PriceFile apple = PriceFile.read("stocknet-88/AAPL.csv");
    double[] close = apple.column("Close");
    double[] vendor = apple.column("Adj Close");
    Adjustment adjustment = new Adjustment(close, Adjustment.derived(close, vendor));
    assertEquals(close[40], adjustment.asOf(40)[40]);
    assertTrue(vendor[40] < 0.95 * close[40]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4063-T-1d-bad-stock-split",
        "8TRA-DE-1d-missing-div-adjust",
        "CLC-L-1d-bad-div",
        "CNE-L-1d-bad-stock-split"
      })
  void listedDividendsGiveTheRepairedAdjustedClose(String name) {
    PriceFile file = PriceFile.read("dirty/" + name + "-fixed.csv");
    double[] close = file.column("Close");
    double[] vendor = file.column("Adj Close");
    double[] dividends = file.column("Dividends");
    double[] none = new double[close.length]; // these closes are adjusted for splits already
    Adjustment adjustment = new Adjustment(close, Adjustment.listed(dividends, none));
    int last = close.length - 1;
    while (Double.isNaN(close[last] + vendor[last])) {
      last--;
    }
    double later = vendor[last] / close[last];
    double[] expected = Arrays.stream(vendor).map(price -> price / later).toArray();
    double[] adjusted = adjustment.asOf(last);
    for (int t = 0; t <= last; t++) {
      assertEquals(expected[t], adjusted[t], 1e-5 * adjusted[t], "at " + file.date(t));
    }
    List<CorporateAction> listed = Adjustment.listed(dividends, none);
    List<CorporateAction> derived = Adjustment.derived(close, vendor);
    assertEquals(
        listed.stream().map(CorporateAction::step).toList(),
        derived.stream().map(CorporateAction::step).toList());
  }
}
