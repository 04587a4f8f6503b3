package io.gatecast.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Trained;
import io.gatecast.core.training.Trainer;
import io.gatecast.forecasting.data.check.WeatherCheckSet;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.evaluation.Backtest;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.RecurrentForecaster;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.LabelledWindows;
import io.gatecast.forecasting.window.Split;
import io.gatecast.forecasting.window.SplitSpec;
import io.gatecast.forecasting.window.Windowing;
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
  private record Result(
      Dataset data, Backtest backtest, RecurrentForecaster model, List<double[]> week) {}

  private static Result program(Path csv) {
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
    Windowing windows = Windowing.fit(data, features, split, 14, 7); // look-back, horizon
    LabelledWindows train = windows.cut(split, Split.Part.TRAIN);
    LabelledWindows validation = windows.cut(split, Split.Part.VALIDATION);
    NetworkSpec network =
        NetworkSpec.uniform(new CellSpec.Lstm(), windows.width(), 8, 1, 7, 0, new Loss.Squared());
    TrainingSpec training = TrainingSpec.adam(50, 64, 0.003, 5, 1, 42);
    Trained trained = new Trainer().train(network, training, train, validation, report -> {});
    RecurrentForecaster model = new RecurrentForecaster(trained.network(), windows);
    double[][] week = model.forecast(windows.lastOrigins()); // [series][step], in degrees
    // README: end
    LabelledWindows test = windows.cut(split, Split.Part.TEST);
    Backtest backtest =
        new Backtest(Scaling.STANDARDISE.errorScale(), validation, test, split.trainEnd());
    return new Result(data, backtest, model, List.of(week));
  }

  @Test
  void itForecastsBothCitiesBetterThanTheRandomWalk() {
    Result result = program(Path.of("../examples/data/weather.csv"));
    assertEquals(2_922, result.data().report().accepted());
    assertEquals(2, result.week().size());
    for (double[] city : result.week()) {
      assertEquals(7, city.length);
      assertTrue(Arrays.stream(city).allMatch(degrees -> degrees > -20 && degrees < 40));
    }
    double mase = result.backtest().run(result.model()).score().mase();
    double walk = result.backtest().run(new Persistence(7)).score().mase();
    assertTrue(mase < 0.9 * walk, () -> mase + " against " + walk);
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
    assertEquals(20, program.lines().count(), "twenty lines are promised");
  }

  /** The text between two others, each of which is there once. */
  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end, from);
    assertTrue(from >= 0 && to > from, () -> "expected " + begin + " and then " + end);
    return text.substring(from + begin.length(), to);
  }
}
