package io.gatecast.forecasting.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.check.RealFrames.Found;
import io.gatecast.forecasting.data.contract.Frame;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesCheck;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors planted in random walks are found where they are, and nowhere else, and mended. */
class StockPlantedTest {
  private static final int WALKS = 50;
  private static final List<SeriesCheck> CHECKS = StockChecks.of(StockColumns.guess(Walks.COLUMNS));

  private static void expect(Kind kind, Set<Integer> planted, double[][] clean, double[][] dirty) {
    Frame frame = Walks.frame(dirty);
    List<Found> found = RealFrames.check(CHECKS, frame);
    Set<Integer> rows =
        found.stream()
            .filter(each -> each.kind() == kind)
            .map(Found::row)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(planted, rows);
    Frame repaired = RealFrames.repair(CHECKS, frame);
    for (int row = 0; row < clean.length; row++) {
      for (int column = 0; column <= Walks.VOLUME; column++) {
        double expected = clean[row][column];
        assertEquals(expected, repaired.value(column, row), 1e-6 * expected, "row " + row);
      }
    }
  }

  private static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      copy[row] = rows[row].clone();
    }
    return copy;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 207, 1000})
  void cleanWalksPass(int length) {
    for (int seed = 0; seed < WALKS; seed++) {
      Frame frame = Walks.frame(Walks.rows(new Random(seed), length));
      assertEquals(List.of(), RealFrames.check(CHECKS, frame), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 0.01})
  void rowsInAnotherUnit(double factor) {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      double[][] clean = Walks.rows(random, 207);
      double[][] dirty = copy(clean);
      Set<Integer> planted = new TreeSet<>();
      int from = random.nextInt(200);
      for (int row = from; row < Math.min(204, from + 1 + random.nextInt(200)); row++) {
        planted.add(row);
        for (int column = 0; column < Walks.PRICES; column++) {
          dirty[row][column] *= factor;
        }
      }
      expect(Kind.OUTLIER, planted, clean, dirty);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 0.01})
  void singleCellsInAnotherUnit(double factor) {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      double[][] clean = Walks.rows(random, 207);
      double[][] dirty = copy(clean);
      Set<Integer> planted = new TreeSet<>();
      for (int i = 0; i < 10; i++) {
        int row = 1 + random.nextInt(206);
        if (planted.add(row)) {
          dirty[row][random.nextInt(Walks.PRICES)] *= factor;
        }
      }
      expect(Kind.OUTLIER, planted, clean, dirty);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 0.1, 5, 1.5, 20})
  void splitsThatTheColumnTellsOf(double split) {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      double[][] clean = Walks.rows(random, 207);
      int from = 1 + random.nextInt(205);
      clean[Math.min(206, from + random.nextInt(20))][Walks.SPLITS] = split;
      double[][] dirty = copy(clean);
      Set<Integer> planted = new TreeSet<>();
      for (int row = 0; row < from; row++) {
        planted.add(row);
        Walks.scale(dirty[row], split);
      }
      expect(Kind.SPLIT, planted, clean, dirty);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 0.1, 3})
  void runsThatNoColumnTellsOf(double ratio) {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      double[][] clean = Walks.rows(random, 207);
      double[][] dirty = copy(clean);
      Set<Integer> planted = new TreeSet<>();
      int from = 1 + random.nextInt(190);
      for (int row = from; row < from + 1 + random.nextInt(15); row++) {
        planted.add(row);
        Walks.scale(dirty[row], ratio);
      }
      double[] moves = new double[] {move(clean, from), move(clean, planted.size() + from)};
      if (Math.abs(moves[0]) < 0.05 && Math.abs(moves[1]) < 0.05) {
        expect(Kind.SPLIT, planted, clean, dirty);
      }
    }
  }

  private static double move(double[][] rows, int row) {
    return Math.log(rows[row][Walks.ADJUSTED] / rows[row - 1][Walks.ADJUSTED]);
  }

  /** A fall by half on ten times the volume is a crash, as Apple's of 2000-09-29. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.48, 0.66, 1.5})
  void crashesPass(double ratio) {
    for (int seed = 0; seed < WALKS; seed++) {
      double[][] rows = Walks.rows(new Random(seed), 207);
      for (int row = 100; row < 207; row++) {
        double volume = rows[row][Walks.VOLUME] * (row < 105 ? 10 / ratio : 1);
        Walks.scale(rows[row], ratio);
        rows[row][Walks.DIVIDENDS] *= ratio;
        rows[row][Walks.VOLUME] = volume;
      }
      assertEquals(List.of(), RealFrames.check(CHECKS, Walks.frame(rows)), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 3})
  void dividendsThatTheAdjustedCloseShowsWrongly(double part) {
    for (int seed = 0; seed < WALKS; seed++) {
      double[][] clean = Walks.rows(new Random(seed), 207);
      double[][] dirty = copy(clean);
      Set<Integer> planted = new TreeSet<>();
      for (int row = 0; row < 119; row++) {
        planted.add(row);
        dirty[row][Walks.ADJUSTED] *= (1 - 0.01 * part) / 0.99;
      }
      expect(Kind.DIVIDEND, planted, clean, dirty);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Walks.CLOSE, Walks.ADJUSTED, Walks.VOLUME, Walks.DIVIDENDS})
  void missingCellsAreNoErrors(int column) {
    for (int seed = 0; seed < WALKS; seed++) {
      Random random = new Random(seed);
      double[][] rows = Walks.rows(random, 207);
      for (double[] row : rows) {
        row[column] = random.nextInt(4) == 0 ? Double.NaN : row[column];
      }
      assertEquals(List.of(), RealFrames.check(CHECKS, Walks.frame(rows)), "seed " + seed);
    }
  }
}
