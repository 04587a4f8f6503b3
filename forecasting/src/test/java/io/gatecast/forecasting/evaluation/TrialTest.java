package io.gatecast.forecasting.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.evaluation.interval.Track;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves what a model's intervals know: all that had come true by their origin, and no more. */
class TrialTest {
  private static final int HORIZON = 3;
  private static final int LENGTH = 200;
  private static final int TRAIN_END = 119;
  private static final int VALIDATION_END = 159;

  /**
   * "Quantiles" that tell what a method may know of forecasts of the same step: how many had come
   * true, the sum of what came true, and how many only calibrate.
   */
  private record Witness() implements IntervalMethod {
    @Override
    public String label() {
      return "witness";
    }

    @Override
    public double[][][] quantiles(Track track, ErrorScale scale) {
      int wanted = track.size() - track.calibration();
      double[][][] told = new double[wanted][track.horizon()][Quantiles.COUNT];
      for (int i = 0; i < wanted; i++) {
        int at = track.calibration() + i;
        for (int step = 0; step < track.horizon(); step++) {
          for (int earlier = 0; earlier < at; earlier++) {
            if (track.arrived(earlier, step, at)) {
              told[i][step][0]++;
              told[i][step][1] += track.actual(earlier, step, at);
            }
          }
          told[i][step][2] = track.calibration();
          told[i][step][3] = track.mean(at, step);
        }
      }
      return told;
    }
  }

  private static final TimeSeries A = Fixtures.daily("a", Fixtures.walk(1, LENGTH));
  private static final TimeSeries B = Fixtures.daily("b", Fixtures.walk(2, LENGTH));

  private static Trial trial() {
    Dataset data = Fixtures.dataset(A, B);
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    Fold fold = Fold.of(data, spec, new Split(TRAIN_END, VALIDATION_END), 10, HORIZON);
    Fake model = Fake.network("m", HORIZON, (origin, h) -> origin.last() + h);
    return Trial.of(fold, model, ErrorScale.ADDITIVE, new Witness());
  }

  /** What a witness at an origin must tell of a step, by loops over the series itself. */
  private static double[] expected(TimeSeries series, int origin, int step, int lastTest) {
    double[] expected = new double[Quantiles.COUNT];
    for (int earlier = TRAIN_END; earlier < origin; earlier++) {
      boolean forecast =
          earlier + HORIZON <= VALIDATION_END // the validation part's, whole
              || (earlier >= VALIDATION_END && earlier <= lastTest);
      if (forecast && earlier + step <= origin) {
        expected[0]++;
        expected[1] += series.value(0, earlier + step);
      }
    }
    expected[2] = VALIDATION_END - HORIZON - TRAIN_END + 1;
    expected[3] = series.value(0, origin) + step;
    return expected;
  }

  private static void told(Forecasts forecasts, int index, History origin, int lastTest) {
    for (int step = 1; step <= HORIZON; step++) {
      assertArrayEquals(
          expected(origin.series(), origin.origin(), step, lastTest),
          forecasts.quantiles()[index][step - 1],
          1e-9,
          origin.series().name() + " " + origin.origin() + " step " + step);
    }
  }

  @Test
  void aTestForecastKnowsWhatHadComeTrueOfItsOwnSeriesByItsOrigin() {
    Trial trial = trial();
    List<History> origins = trial.fold().test().origins();
    assertEquals(2 * (LENGTH - VALIDATION_END - HORIZON), origins.size());
    assertEquals(origins.size(), trial.tested().quantiles().length);
    for (int i = 0; i < origins.size(); i++) {
      told(trial.tested(), i, origins.get(i), LENGTH);
    }
  }

  @Test
  void anIssuedForecastKnowsAllTestForecastsThatHadComeTrueByThen() {
    Trial trial = trial();
    int last = LENGTH - 1;
    Forecasts both = trial.issue(List.of(new History(B, last), new History(A, last - 1)));
    assertEquals(2, both.size());
    assertEquals(2, both.quantiles().length);
    told(both, 0, new History(B, last), LENGTH - 1 - HORIZON);
    told(both, 1, new History(A, last - 1), LENGTH - 1 - HORIZON);
    Forecasts one = trial.issue(List.of(new History(A, last)));
    assertEquals(1, one.quantiles().length, "the other series is not asked for");
    told(one, 0, new History(A, last), LENGTH - 1 - HORIZON);
  }

  @Test
  void issuingChangesNothingOfWhatWasTested() {
    Trial trial = trial();
    String before = Arrays.deepToString(trial.tested().quantiles());
    trial.issue(List.of(new History(A, LENGTH - 1)));
    assertEquals(before, Arrays.deepToString(trial.tested().quantiles()));
  }
}
