package io.gatecast.forecasting.model.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The linear forms on a transformer's oil temperature; needs GATECAST_DATA. */
class RealLinearTest {
  private static final int MONTH = 30 * 24;

  /** Twelve months, four and four, as the benchmark cuts them. */
  private static Fold etth1(WindowTransform window, int lookback, int horizon, String... inputs) {
    Path file = Fixtures.real("ett/ETTh1.csv");
    String[] columns = new String[inputs.length + 1];
    columns[0] = "OT";
    System.arraycopy(inputs, 0, columns, 1, inputs.length);
    Dataset data = Fixtures.read(Fixtures.source(file), Fixtures.strict(columns));
    TimeSeries series = data.series().get(0);
    Split split =
        new Split(
            Long.MIN_VALUE,
            series.time(12 * MONTH - 1),
            series.time(16 * MONTH - 1),
            series.time(16 * MONTH),
            series.time(20 * MONTH - 1));
    FeatureSpec features = FeatureSpec.of(Scaling.STANDARDISE, window, List.of(inputs), List.of());
    return Fold.of(data, features, split, lookback, horizon);
  }

  private static double mae(Forecaster model, LabelledWindows windows) {
    double[][] forecasts = model.forecast(windows.origins()).mean();
    double sum = 0;
    for (int i = 0; i < forecasts.length; i++) {
      int origin = windows.origins().get(i).origin();
      for (int h = 0; h < forecasts[i].length; h++) {
        double actual = windows.origins().get(i).series().value(0, origin + 1 + h);
        sum += Math.abs(actual - forecasts[i][h]);
      }
    }
    return sum / forecasts.length / windows.outputs();
  }

  @Test
  void theTargetsOwnPastBeatsPersistenceOverADay() {
    for (WindowTransform window : WindowTransform.values()) {
      Fold fold = etth1(window, 72, 24);
      double persistence = mae(new Persistence(24), fold.test());
      for (LinearForm form : LinearForm.values()) {
        double error = mae(new LinearAutoregression(form).fit(fold), fold.test());
        assertTrue(error < 0.92 * persistence, window + " " + form + ": " + error);
      }
    }
  }

  /** The loads drift to levels that the train part never saw, so only their changes help. */
  @Test
  void allFeaturesBeatPersistenceAsChanges() {
    Fold fold =
        etth1(
            WindowTransform.SUBTRACT_LAST_FROM_ALL,
            72,
            24,
            "HUFL",
            "HULL",
            "MUFL",
            "MULL",
            "LUFL",
            "LULL");
    LinearForecaster model = new LinearAutoregression(LinearForm.LINEAR).fit(fold);
    assertTrue(model.description().contains("all 7 features"), model::description);
    double error = mae(model, fold.test());
    assertTrue(error < 0.97 * mae(new Persistence(24), fold.test()), "MAE " + error);
  }

  /**
   * The univariate table of Zeng et al. (2023), look-back 336, horizon 96, mean squared errors on
   * the standardised scale: NLinear 0.053, DLinear 0.056. The closed form comes to 0.0530 and
   * 0.0580; theirs are fitted by gradient descent.
   */
  @Test
  void comesToThePapersErrors() {
    Fold fold = etth1(WindowTransform.NONE, 336, 96);
    assertEquals(4 * MONTH - 95, fold.test().size());
    double nlinear =
        standardisedError(new LinearAutoregression(LinearForm.NLINEAR).fit(fold), fold);
    double dlinear =
        standardisedError(new LinearAutoregression(LinearForm.DLINEAR).fit(fold), fold);
    assertEquals(0.053, nlinear, 0.0005);
    assertEquals(0.056, dlinear, 0.003);
  }

  private static double standardisedError(Forecaster model, Fold fold) {
    double[] train = fold.data().series().get(0).column(0, 0, 12 * MONTH, Long.MAX_VALUE);
    double mean = 0;
    for (double value : train) {
      mean += value / train.length;
    }
    double variance = 0;
    for (double value : train) {
      variance += (value - mean) * (value - mean) / train.length;
    }
    double[][] forecasts = model.forecast(fold.test().origins()).mean();
    double sum = 0;
    for (int i = 0; i < forecasts.length; i++) {
      int origin = fold.test().origins().get(i).origin();
      for (int h = 0; h < forecasts[i].length; h++) {
        double actual = fold.data().series().get(0).value(0, origin + 1 + h);
        sum += (actual - forecasts[i][h]) * (actual - forecasts[i][h]) / variance;
      }
    }
    return sum / forecasts.length / fold.horizon();
  }
}
