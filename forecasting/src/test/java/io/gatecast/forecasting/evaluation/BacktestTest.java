package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.evaluation.interval.SplitConformal;
import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
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
    Fold fold =
        Fold.of(Fixtures.dataset(series), spec, new Split(TRAIN_END, VALIDATION_END), 10, HORIZON);
    Trial trial =
        Trial.of(fold, new Persistence(HORIZON), ErrorScale.ADDITIVE, new SplitConformal());
    Evaluation evaluation = new Evaluation(HORIZON, 1, VarianceTarget.NONE, List.of());
    evaluation.trial(0, 0, trial);
    Evaluation.Score score = evaluation.score("persistence");

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
    assertEquals(origins, fold.test().size());
    assertArrayEquals(byStep, score.bySteps().stream().mapToDouble(Accuracy::mae).toArray(), 1e-9);
    assertEquals(mae, score.accuracy().mae(), 1e-9);
    assertEquals(mae / scale, score.accuracy().mase(), 1e-9);
    assertEquals(inside / (origins * HORIZON), score.accuracy().interval(0.8).coverage(), 1e-12);
    int last = y.length - 1;
    Forecasts issued = trial.issue(List.of(new History(series, last)));
    for (int h = 1; h <= HORIZON; h++) {
      assertEquals(
          y[last] + width(y, h, 0.95), issued.quantiles()[0][h - 1][Quantiles.COUNT - 1], 1e-9);
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
