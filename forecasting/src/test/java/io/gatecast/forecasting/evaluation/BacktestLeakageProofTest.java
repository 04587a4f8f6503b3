package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.BacktestSpec.Refit;
import io.gatecast.forecasting.evaluation.BacktestSpec.Window;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.evaluation.interval.Track;
import io.gatecast.forecasting.model.Drift;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.NetworkEstimator;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.model.climatology.Climatology;
import io.gatecast.forecasting.model.linear.LinearAutoregression;
import io.gatecast.forecasting.model.linear.LinearForm;
import io.gatecast.forecasting.model.smoothing.EtsEstimator;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that nothing a backtest tells of an origin depends on what came after it: not the folds,
 * not their transforms, not models fitted anew (cold or warm), not the intervals' calibration.
 * Everything after a time is changed, and every forecast from an origin up to that time must stay
 * the same, bit for bit. A method that does look ahead has to be caught.
 */
class BacktestLeakageProofTest {
  private static final int LENGTH = 260;
  private static final int HORIZON = 3;
  private static final SplitSpec SHARES = new SplitSpec(0.25, 0.4);

  /** Two series of a target and an input; all values after a step replaced, or none. */
  private static Dataset data(int changedAfter) {
    Random other = new Random(99);
    double[][][] columns = new double[2][2][];
    for (int series = 0; series < 2; series++) {
      for (int column = 0; column < 2; column++) {
        double[] values = Fixtures.walk(10 + 2L * series + column, LENGTH);
        for (int step = changedAfter + 1; step < LENGTH; step++) {
          values[step] = 20 + 500 * other.nextDouble();
        }
        columns[series][column] = values;
      }
    }
    return Fixtures.dataset(
        Fixtures.daily("one", 0, columns[0]), Fixtures.daily("two", 0, columns[1]));
  }

  private static List<Estimator> models() {
    NetworkSettings network =
        new NetworkSettings(
            new CellSpec.Gru(CellSpec.Reset.BEFORE), 3, 1, 6, 0, new Loss.Squared());
    TrainingSpec training = TrainingSpec.adam(2, 64, 0.01, 2, 1, 5);
    NetworkSettings quantiles = network.with(NetworkSettings.quantiles()).with(2);
    return List.of(
        new NetworkEstimator("gru", network, training, r -> {}, 1),
        new NetworkEstimator("quantiles", quantiles, training, r -> {}, 1),
        new Climatology(),
        new EtsEstimator(5, HORIZON, ErrorScale.MULTIPLICATIVE),
        new LinearAutoregression(LinearForm.LINEAR),
        new LinearAutoregression(LinearForm.DLINEAR),
        new Persistence(HORIZON),
        new SeasonalNaive(7, HORIZON),
        new Drift(HORIZON));
  }

  private static FeatureSpec features(ColumnTransform transform) {
    return FeatureSpec.of(
        transform,
        WindowTransform.SUBTRACT_LAST,
        List.of("input1"),
        List.of(CalendarFeature.of("week")));
  }

  /** All that is told of origins up to a step: who, where from, what for; mean and quantiles. */
  private static Map<List<Object>, List<Double>> told(
      Dataset data, BacktestSpec spec, IntervalMethod method, int upTo) {
    Backtest backtest =
        new Backtest(
            data,
            features(ColumnTransform.of("[log-return, standardise]")),
            6,
            HORIZON,
            spec.stride(),
            method);
    Map<List<Object>, List<Double>> told = new LinkedHashMap<>();
    Backtest.Sink sink =
        (fold, model, trial) ->
            trial.tell(
                fold,
                row -> {
                  if (row.origin() <= upTo) {
                    List<Double> numbers = new ArrayList<>();
                    numbers.add(row.mean());
                    numbers.add(row.last());
                    Arrays.stream(row.quantiles()).forEach(numbers::add);
                    told.put(
                        List.of(row.series(), row.origin(), row.step(), row.model(), row.fold()),
                        numbers);
                  }
                });
    List<Split> folds = Folds.of(data, SHARES, spec, HORIZON);
    if (spec.refit() == Refit.WARM) {
      backtest.runWarm(folds, models(), sink, BacktestListener.SILENT);
    } else {
      backtest.run(folds, models(), 1, sink, BacktestListener.SILENT);
    }
    return told;
  }

  static Stream<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (String method : IntervalMethod.LABELS) {
      ways.add(Arguments.of(new BacktestSpec(1, 25, Window.EXPANDING, Refit.COLD, 0), method));
      ways.add(Arguments.of(new BacktestSpec(2, 10, Window.SLIDING, Refit.WARM, 4), method));
      ways.add(Arguments.of(new BacktestSpec(3, 12, Window.SLIDING, Refit.COLD, 1), method));
      ways.add(Arguments.of(new BacktestSpec(1, 30, Window.EXPANDING, Refit.WARM, 0), method));
    }
    return ways.stream();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void nothingAfterAnOriginReachesWhatIsToldOfIt(BacktestSpec spec, String method) {
    for (int upTo : new int[] {170, 203, 241}) {
      IntervalMethod intervals = IntervalMethod.of(method);
      Map<List<Object>, List<Double>> before = told(data(LENGTH), spec, intervals, upTo);
      Map<List<Object>, List<Double>> after = told(data(upTo), spec, intervals, upTo);
      assertTrue(before.size() > 50, "there is something to compare");
      assertEquals(before, after, () -> "changed after " + upTo);
    }
  }

  /** Learns from what has not come true yet. */
  private record LooksAhead() implements IntervalMethod {
    @Override
    public String label() {
      return "looks-ahead";
    }

    @Override
    public double[][][] quantiles(Track track, ErrorScale scale) {
      double[][][] honest = IntervalMethod.of("split").quantiles(track, scale);
      int last = track.size() - 1;
      double spread = Math.abs(track.actual(last - HORIZON, 0, last) - track.mean(last, 0));
      for (double[][] steps : honest) {
        for (double[] levels : steps) {
          levels[0] -= spread;
        }
      }
      return honest;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {170, 203})
  void anIntervalThatLooksAheadIsCaught(int upTo) {
    BacktestSpec spec = new BacktestSpec(1, 25, Window.EXPANDING, Refit.COLD, 0);
    assertNotEquals(
        told(data(LENGTH), spec, new LooksAhead(), upTo),
        told(data(upTo), spec, new LooksAhead(), upTo));
  }

  @ParameterizedTest
  @ValueSource(ints = {170, 203})
  void aModelThatLooksAheadIsCaught(int upTo) {
    Backtest backtest =
        new Backtest(
            data(LENGTH), features(Scaling.STANDARDISE), 6, HORIZON, 1, IntervalMethod.of("split"));
    Backtest changed =
        new Backtest(
            data(upTo), features(Scaling.STANDARDISE), 6, HORIZON, 1, IntervalMethod.of("split"));
    Fake oracle = Fake.network("oracle", HORIZON, Fake::truth);
    assertNotEquals(means(backtest, oracle, upTo), means(changed, oracle, upTo));
  }

  private static List<Double> means(Backtest backtest, Estimator model, int upTo) {
    List<Double> means = new ArrayList<>();
    BacktestSpec spec = new BacktestSpec(1, 25, Window.EXPANDING, Refit.COLD, 0);
    backtest.run(
        Folds.of(backtest.data(), SHARES, spec, HORIZON),
        List.of(model),
        1,
        (fold, index, trial) ->
            trial.tell(
                fold,
                row -> {
                  if (row.origin() <= upTo) {
                    means.add(row.mean());
                  }
                }),
        BacktestListener.SILENT);
    return means;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void foldsAtOnceTellTheSameInTheSameOrderAsOneAfterTheOther(int threads) {
    Backtest backtest =
        new Backtest(
            data(LENGTH),
            features(Scaling.STANDARDISE),
            6,
            HORIZON,
            1,
            IntervalMethod.of(IntervalMethod.DEFAULT));
    assertEquals(rows(backtest, 1), rows(backtest, threads));
  }

  private static List<String> rows(Backtest backtest, int threads) {
    List<String> rows = new ArrayList<>();
    BacktestSpec spec = new BacktestSpec(1, 20, Window.EXPANDING, Refit.COLD, 2);
    backtest.run(
        Folds.of(backtest.data(), SHARES, spec, HORIZON),
        models(),
        threads,
        (fold, index, trial) ->
            trial.tell(fold, row -> rows.add(row + Arrays.toString(row.quantiles()).intern())),
        BacktestListener.SILENT);
    return rows.stream().map(row -> row.replaceAll("\\[D@[0-9a-f]+", "")).toList();
  }
}
