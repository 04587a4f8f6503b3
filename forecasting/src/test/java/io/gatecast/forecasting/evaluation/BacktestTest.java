package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.FittedFeatures;
import io.gatecast.forecasting.window.SeriesFeatures;
import io.gatecast.forecasting.window.SeriesTransforms;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.Windowing;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the rolling-origin test of persistence against loops over the series themselves. */
class BacktestTest {
  private static final int HORIZON = 3;
  private static final int TRAIN_END = 119;
  private static final int VALIDATION_END = 159;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void scoresEveryOriginOfTheTestPartAndCalibratesOnTheValidationPart(long seed) {
    double[] y = Fixtures.walk(seed, 200);
    TimeSeries series = Fixtures.daily("s", y);
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    SeriesTransforms fitted =
        FittedFeatures.fit(Fixtures.dataset(series), spec, HORIZON, TRAIN_END).get(0);
    Windowing windowing =
        new Windowing(List.of(SeriesFeatures.of(series, fitted, List.of())), 10, HORIZON);
    Split split = new Split(TRAIN_END, VALIDATION_END);
    Backtest backtest =
        new Backtest(
            ErrorScale.ADDITIVE,
            windowing.cut(split, Split.Part.VALIDATION),
            windowing.cut(split, Split.Part.TEST),
            TRAIN_END);
    Backtest.Result result = backtest.run(new Persistence(HORIZON));

    double[] byStep = new double[HORIZON];
    double inside = 0;
    int origins = 0;
    for (int origin = VALIDATION_END; origin + HORIZON < y.length; origin++) {
      origins++;
      for (int h = 1; h <= HORIZON; h++) {
        double error = Math.abs(y[origin + h] - y[origin]);
        byStep[h - 1] += error;
        inside += error <= width(y, h, 0.8) ? 1 : 0;
      }
    }
    for (int h = 0; h < HORIZON; h++) {
      byStep[h] /= origins;
    }
    double scale = 0;
    for (int t = 1; t <= TRAIN_END; t++) {
      scale += Math.abs(y[t] - y[t - 1]) / TRAIN_END;
    }
    double mae = Arrays.stream(byStep).average().orElseThrow();
    assertEquals(origins, backtest.origins());
    assertArrayEquals(
        byStep,
        result.score().maeByHorizon().stream().mapToDouble(Double::doubleValue).toArray(),
        1e-9);
    assertEquals(mae, result.score().mae(), 1e-9);
    assertEquals(mae / scale, result.score().mase(), 1e-9);
    assertEquals(inside / (origins * HORIZON), result.score().coverage80(), 1e-12);
    for (int h = 1; h <= HORIZON; h++) {
      assertEquals(
          100 + width(y, h, 0.95), result.intervals().interval("s", h - 1, 100, 0.95).high(), 1e-9);
    }
  }

  /** The conformal half-width of persistence, from the validation part alone. */
  private static double width(double[] y, int h, double level) {
    int last = VALIDATION_END - HORIZON;
    double[] errors = new double[last - TRAIN_END + 1];
    for (int origin = TRAIN_END; origin <= last; origin++) {
      errors[origin - TRAIN_END] = Math.abs(y[origin + h] - y[origin]);
    }
    Arrays.sort(errors);
    return errors[(int) Math.ceil((errors.length + 1) * level) - 1];
  }
}
