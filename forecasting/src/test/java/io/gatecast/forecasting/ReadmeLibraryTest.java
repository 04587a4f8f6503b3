package io.gatecast.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.evaluation.Evaluation;
import io.gatecast.forecasting.evaluation.Trial;
import io.gatecast.forecasting.evaluation.interval.SplitConformal;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.NetworkEstimator;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's example of a data team's own program: it runs, and stands there as it runs. */
class ReadmeLibraryTest {
  private static final Path HERE =
      Path.of("src/test/java/io/gatecast/forecasting/ReadmeLibraryTest.java");

  /** What the program ends with. */
  private record Outcome(Dataset data, Trial trial, Forecasts week) {}

  private static Outcome program(Path csv) {
    // README: begin
    DataSpec source =
        DataSpec.csv(csv, "date", "temp_max", "temp_min", "precipitation", "wind")
            .with(new SeriesSpec.InColumn("location"))
            .with(ColumnSpec.number("wind").within(0, 60)) // m/s; a row beyond is rejected
            .with(new WeatherCheckSet(Map.of()));
    Dataset data = Contract.read(source); // data.report(): what became of each row, and why
    Split split = Split.of(data, new SplitSpec(0.15, 0.15)); // shares to validate and to test
    List<String> inputs = List.of("temp_min", "precipitation", "wind");
    List<CalendarFeature> calendar = List.of(CalendarFeature.of("year"));
    FeatureSpec features =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, inputs, calendar);
    Fold fold = Fold.of(data, features, split, 14, 7); // look-back, horizon
    NetworkSettings lstm =
        new NetworkSettings(new CellSpec.Lstm(), 8, 1, 14, 0, new Loss.Squared());
    TrainingSpec training = TrainingSpec.adam(50, 64, 0.003, 5, 1, 42);
    Forecaster model = new NetworkEstimator("lstm", lstm, training, report -> {}).fit(fold);
    Trial trial = Trial.of(fold, model, ErrorScale.ADDITIVE, new SplitConformal());
    Forecasts week = trial.issue(fold.windowing().lastOrigins()); // [series][step], in degrees
    // README: end
    return new Outcome(data, trial, week);
  }

  @Test
  void itForecastsBothCitiesBetterThanTheRandomWalk() {
    Outcome result = program(Path.of("../examples/data/weather.csv"));
    assertEquals(2_922, result.data().report().accepted());
    assertEquals(2, result.week().size());
    for (double[] city : result.week().mean()) {
      assertEquals(7, city.length);
      assertTrue(Arrays.stream(city).allMatch(degrees -> degrees > -20 && degrees < 40));
    }
    Fold fold = result.trial().fold();
    double mase = mase(result.trial());
    Trial persistence =
        Trial.of(fold, new Persistence(7), ErrorScale.ADDITIVE, new SplitConformal());
    double walk = mase(persistence);
    assertTrue(mase < 0.9 * walk, () -> mase + " against " + walk);
  }

  private static double mase(Trial trial) {
    Evaluation evaluation = new Evaluation(7, 1, VarianceTarget.NONE, List.of());
    evaluation.trial(0, 0, trial);
    return evaluation.score(trial.model().name()).accuracy().mase();
  }

  @Test
  void itStandsInTheReadme() throws IOException {
    String program =
        between(Files.readString(HERE), "    // README: begin\n", "    // README: end");
    String readme =
        between(
            Files.readString(Path.of("../README.md")),
            "<!-- program: begin -->\n```java\n",
            "```\n<!-- program: end -->");
    assertEquals(program.replaceAll("(?m)^ {4}", ""), readme);
    assertEquals(18, program.lines().count(), "eighteen lines are promised");
  }

  /** The text between two others, each of which is there once. */
  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end, from);
    assertTrue(from >= 0 && to > from, () -> "expected " + begin + " and then " + end);
    return text.substring(from + begin.length(), to);
  }
}
