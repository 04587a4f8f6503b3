package io.gatecast.forecasting.evaluation.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Proves every measure on random forecasts against its definition in naive loops over all of them,
 * and that steps, order and merging do not matter.
 */
class ScorecardLawsTest {
  private static final double[] LEVELS = {
    0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975
  };

  /** A forecast of one step. */
  private static final class Row {
    final int step;
    final double y;
    final double f;
    final double last;
    final TrainScale scale;
    final double[] q;

    Row(int step, double y, double f, double last, TrainScale scale, double[] q) {
      this.step = step;
      this.y = y;
      this.f = f;
      this.last = last;
      this.scale = scale;
      this.q = q;
    }
  }

  @Provide
  static Arbitrary<List<Row>> rows() {
    // Halves: many ties between truth, last value, forecast and quantiles, and exact zeros.
    Arbitrary<Double> halves = Arbitraries.integers().between(-8, 8).map(half -> half / 2.0);
    Arbitrary<Double> any = Arbitraries.doubles().between(-1000, 1000).ofScale(3);
    Arbitrary<Double> value = Arbitraries.oneOf(halves, any);
    Arbitrary<Double> size = Arbitraries.doubles().between(0.01, 50).ofScale(3);
    Arbitrary<double[]> quantiles =
        value
            .list()
            .ofSize(LEVELS.length)
            .map(list -> list.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            value,
            value,
            value,
            Combinators.combine(size, size).as(TrainScale::new),
            quantiles)
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void pointMeasuresAreTheirDefinitions(@ForAll("rows") List<Row> rows) {
    Accuracy found = scored(rows).overall();
    double n = rows.size();
    double absolute = 0;
    double squared = 0;
    double signed = 0;
    double mase = 0;
    double rmsse = 0;
    double smape = 0;
    double mean = 0;
    for (Row r : rows) {
      absolute += Math.abs(r.y - r.f) / n;
      squared += (r.y - r.f) * (r.y - r.f) / n;
      signed += (r.f - r.y) / n;
      mase += Math.abs(r.y - r.f) / r.scale.absolute() / n;
      rmsse += Math.pow((r.y - r.f) / r.scale.rootMeanSquare(), 2) / n;
      smape += r.y == r.f ? 0 : 200 * Math.abs(r.y - r.f) / (Math.abs(r.y) + Math.abs(r.f)) / n;
      mean += r.y / n;
    }
    double variance = 0;
    for (Row r : rows) {
      variance += (r.y - mean) * (r.y - mean) / n;
    }
    assertEquals(rows.size(), found.count());
    same(absolute, found.mae());
    same(Math.sqrt(squared), found.rmse());
    same(signed, found.bias());
    same(mase, found.mase());
    same(Math.sqrt(rmsse), found.rmsse());
    same(smape, found.smape());
    if (variance > 1e-3) {
      same(1 - squared / variance, found.r2());
    }
    assertTrue(found.smape() >= 0 && found.smape() <= 200 + 1e-9);
    assertTrue(found.rmse() >= found.mae() - 1e-9);
  }

  @Property(tries = 300)
  void directionsAreCountedByTheirProduct(@ForAll("rows") List<Row> rows) {
    Accuracy found = scored(rows).overall();
    int moves = 0;
    int ups = 0;
    int hits = 0;
    for (Row r : rows) {
      moves += r.y == r.last ? 0 : 1;
      ups += r.y > r.last ? 1 : 0;
      hits += (r.y - r.last) * (r.f - r.last) > 0 ? 1 : 0;
    }
    assertEquals(moves, found.moves());
    assertEquals(moves == 0 ? Double.NaN : hits / (double) moves, found.directionalAccuracy());
    assertEquals(moves == 0 ? Double.NaN : ups / (double) moves, found.alwaysUp());
  }

  @Property(tries = 300)
  void quantileMeasuresAreTheirDefinitions(@ForAll("rows") List<Row> rows) {
    Accuracy found = scored(rows).overall();
    double n = rows.size();
    double actual = rows.stream().mapToDouble(r -> Math.abs(r.y)).sum();
    double wql = 0;
    double crps = 0;
    for (int k = 0; k < LEVELS.length; k++) {
      double loss = 0;
      for (Row r : rows) {
        loss += Math.max(LEVELS[k] * (r.y - r.q[k]), (1 - LEVELS[k]) * (r.q[k] - r.y));
      }
      same(loss / n, found.pinball().get(k));
      wql += 2 * loss / actual / LEVELS.length;
      // The trapezoid rule over (0, 0, ..., 1, 1), with the outer losses repeated at 0 and 1.
      double before = k == 0 ? 0 : LEVELS[k - 1];
      double after = k == LEVELS.length - 1 ? 1 : LEVELS[k + 1];
      double left = (LEVELS[k] - before) / (k == 0 ? 1 : 2);
      double right = (after - LEVELS[k]) / (k == LEVELS.length - 1 ? 1 : 2);
      crps += 2 * loss / n * (left + right);
    }
    same(crps, found.crps());
    if (actual > 0) {
      same(wql, found.wql());
    }
  }

  @Property(tries = 300)
  void intervalMeasuresAreTheirDefinitions(@ForAll("rows") List<Row> rows) {
    Accuracy found = scored(rows).overall();
    assertEquals(
        List.of("0.95", "0.80", "0.60", "0.40", "0.20"),
        found.intervals().stream()
            .map(any -> String.format(Locale.ROOT, "%.2f", any.nominal()))
            .toList());
    double n = rows.size();
    for (int i = 0; i < 5; i++) {
      double alpha = 2 * LEVELS[i];
      double inside = 0;
      double width = 0;
      double score = 0;
      for (Row r : rows) {
        double l = r.q[i];
        double u = r.q[LEVELS.length - 1 - i];
        inside += r.y >= l && r.y <= u ? 1 : 0;
        width += (u - l) / n;
        score += (u - l + 2 / alpha * (Math.max(0, l - r.y) + Math.max(0, r.y - u))) / n;
      }
      IntervalAccuracy interval = found.interval(1 - alpha);
      assertEquals(inside / n, interval.coverage());
      same(width, interval.width());
      same(score, interval.winkler());
    }
  }

  @Property(tries = 100)
  void qlikeIsItsDefinitionOnBothScales(@ForAll("rows") List<Row> rows) {
    double expected = 0;
    Scorecard level = new Scorecard(1, new double[0], VarianceTarget.VARIANCE);
    Scorecard log = new Scorecard(1, new double[0], VarianceTarget.LOG_VARIANCE);
    for (Row r : rows) {
      double y = 0.01 + Math.abs(r.y);
      double f = 0.01 + Math.abs(r.f);
      expected += (y / f - Math.log(y / f) - 1) / rows.size();
      level.add(0, new Observation(y, f, 0, TrainScale.UNKNOWN));
      log.add(0, new Observation(Math.log(y), Math.log(f), 0, TrainScale.UNKNOWN));
    }
    same(expected, level.overall().qlike());
    same(expected, log.overall().qlike());
    assertTrue(level.overall().qlike() >= -1e-12);
  }

  @Property(tries = 100)
  void aStepHasWhatAScorecardOfItAloneHas(@ForAll("rows") List<Row> rows) {
    List<Accuracy> steps = scored(rows).byStep();
    for (int step = 0; step < 3; step++) {
      int wanted = step;
      List<Row> part = rows.stream().filter(r -> r.step == wanted).toList();
      assertEquals(scored(part).overall(), steps.get(step));
    }
  }

  @Property(tries = 100)
  void orderAndPartsDoNotMatter(@ForAll("rows") List<Row> rows, @ForAll Random random) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    int cut = random.nextInt(rows.size() + 1);
    Scorecard merged = scored(shuffled.subList(0, cut));
    merged.merge(scored(shuffled.subList(cut, rows.size())));
    Accuracy expected = scored(rows).overall();
    Accuracy found = merged.overall();
    List<ToDoubleFunction<Accuracy>> measures =
        List.of(
            Accuracy::mae,
            Accuracy::rmse,
            Accuracy::mase,
            Accuracy::rmsse,
            Accuracy::smape,
            Accuracy::bias,
            Accuracy::crps,
            Accuracy::wql,
            any -> any.interval(0.8).winkler(),
            any -> any.interval(0.95).width());
    measures.forEach(any -> same(any.applyAsDouble(expected), any.applyAsDouble(found)));
    assertEquals(expected.count(), found.count());
    assertEquals(expected.directionalAccuracy(), found.directionalAccuracy());
    assertEquals(expected.alwaysUp(), found.alwaysUp());
    assertEquals(expected.interval(0.8).coverage(), found.interval(0.8).coverage());
  }

  private static Scorecard scored(List<Row> rows) {
    Scorecard card = new Scorecard(3, LEVELS, VarianceTarget.NONE);
    rows.forEach(r -> card.add(r.step, new Observation(r.y, r.f, r.last, r.scale, r.q)));
    assertTrue(Arrays.equals(LEVELS, card.levels()) && card.horizon() == 3);
    return card;
  }

  private static void same(double expected, double found) {
    assertEquals(expected, found, 1e-10 * Math.max(1, Math.abs(expected)));
  }
}
