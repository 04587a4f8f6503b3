package io.gatecast.forecasting.model.smoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the baseline against the rules on files as they came; needs GATECAST_DATA. */
class EtsRealDataTest {
  private static Fold fold(Dataset data, int horizon) {
    TimeSeries series = data.series().get(0);
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    int cut = (int) (0.7 * series.length());
    Split split = new Split(series.time(cut), series.time((int) (0.8 * series.length())));
    return Fold.of(data, spec, split, 3, horizon);
  }

  /** Mean absolute error over every third origin of the test part. */
  private static double error(Estimator estimator, Fold fold) {
    TimeSeries series = fold.data().series().get(0);
    List<History> origins = new ArrayList<>();
    int first = series.stepsUntil(fold.split().validationEnd()) - 1;
    for (int origin = first; origin + fold.horizon() < series.length(); origin += 3) {
      origins.add(new History(series, origin));
    }
    double[][] means = estimator.fit(fold).forecast(origins).mean();
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      for (int h = 0; h < fold.horizon(); h++) {
        sum += Math.abs(means[i][h] - series.value(0, origins.get(i).origin() + 1 + h));
      }
    }
    return sum / means.length / fold.horizon();
  }

  @Test
  void beatsBothNaiveRulesOnTheTransformersOilTemperature() {
    Path file = Fixtures.real("ett/ETTh1.csv");
    Fold fold = fold(Fixtures.read(Fixtures.source(file), Fixtures.strict("OT")), 24);
    EtsEstimator estimator = new EtsEstimator(24, 24, ErrorScale.ADDITIVE);
    EtsFit fit = estimator.fit(fold).fit(fold.data().series().get(0).name());
    assertEquals(EtsForm.Seasonal.ADDITIVE, fit.form().seasonal(), fit::toString);
    double ets = error(estimator, fold);
    assertTrue(ets < error(new Persistence(24), fold));
    assertTrue(ets < error(new SeasonalNaive(24, 24), fold));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ibm", "aapl", "spy", "ge"})
  void findsThatAPriceIsAlmostAWalk(String ticker) {
    Path file = Fixtures.real("stocks-36/" + ticker + ".us.csv");
    Fixtures.Source source = new Fixtures.Source(file, ',', "Date", null, ZoneOffset.UTC, null);
    Dataset data = Fixtures.read(source, new Fixtures.Rows(List.of("Close"), true, 0));
    Fold fold = fold(data, 5);
    EtsEstimator estimator = new EtsEstimator(5, 5, ErrorScale.MULTIPLICATIVE);
    EtsFit fit = estimator.fit(fold).fit(data.series().get(0).name());
    assertEquals(EtsForm.Seasonal.NONE, fit.form().seasonal(), fit::toString);
    assertTrue(fit.parameters().alpha() > 0.8, fit::toString);
    double naive = error(new Persistence(5), fold);
    assertEquals(naive, error(estimator, fold), 0.02 * naive);
  }
}
