package io.gatecast.forecasting.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.model.NetworkSettings.Strategy;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.WindowTransform;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves which networks of segments a job may ask for, beside which windows. */
class SegmentSettingsTest {
  private static final int LOOKBACK = 10;

  private static Segments segments(Normalisation normalisation, int linear) {
    return new Segments(4, 6, 1, normalisation, 0.1, linear);
  }

  private static NetworkSettings settings(
      int layers, double dropout, Strategy strategy, Segments segments) {
    return new NetworkSettings(
        new CellSpec.Gru(CellSpec.Reset.BEFORE),
        5,
        layers,
        LOOKBACK,
        dropout,
        new Loss.Squared(),
        strategy,
        1,
        Optional.of(segments));
  }

  static Stream<Arguments> wrong() {
    Segments good = segments(Normalisation.LAST_VALUE, LOOKBACK);
    Segments two = new Segments(4, 6, 2, Normalisation.NONE, 0, 0);
    Segments longer = new Segments(11, 6, 1, Normalisation.NONE, 0, 0);
    return Stream.of(
        arguments(2, 0, Strategy.DIRECT, good, "layers: expected one", "found 2"),
        arguments(1, 0.1, Strategy.DIRECT, good, "dropout: expected 0", "found 0.1"),
        arguments(1, 0, Strategy.RECURSIVE, good, "strategy: expected direct", "found recursive"),
        arguments(1, 0, Strategy.DIRECT, two, "channels: expected one", "found 2"),
        arguments(1, 0, Strategy.DIRECT, longer, "length: expected at most", "found 11"),
        arguments(
            1,
            0,
            Strategy.DIRECT,
            segments(Normalisation.NONE, 11),
            "linear: expected at most",
            "found 11"));
  }

  @ParameterizedTest(name = "{4}")
  @MethodSource("wrong")
  void whatDoesNotGoTogetherIsNamed(
      int layers,
      double dropout,
      Strategy strategy,
      Segments segments,
      String expected,
      String found) {
    settings(1, 0, Strategy.DIRECT, segments(Normalisation.INSTANCE, LOOKBACK));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> settings(layers, dropout, strategy, segments));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(expected), message);
    assertTrue(message.endsWith(found), message);
  }

  @Test
  void normalisationsAreReadByTheNamesTheyHave() {
    for (Normalisation one : Normalisation.values()) {
      assertEquals(one, NetworkSettings.normalisation(NetworkSettings.label(one)));
    }
    assertThrows(IllegalArgumentException.class, () -> NetworkSettings.normalisation("LAST_VALUE"));
  }

  @Test
  void targetsThatLostTheLastValueAloneAreNotLearnedWithItGivenBack() {
    FeatureSpec spec =
        FeatureSpec.of(Scaling.STANDARDISE, WindowTransform.SUBTRACT_LAST, List.of(), List.of());
    Fold fold =
        Fold.of(
            Fixtures.dataset(Fixtures.daily("s", Fixtures.walk(3, 200))),
            spec,
            new Split(119, 159),
            LOOKBACK,
            3);
    NetworkEstimator estimator =
        new NetworkEstimator(
            "gru",
            settings(1, 0, Strategy.DIRECT, segments(Normalisation.LAST_VALUE, 0)),
            TrainingSpec.adam(1, 16, 0.01, 1, 1, 1),
            report -> {});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> estimator.fit(fold));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("subtract-last, which takes"), message);
    assertTrue(message.endsWith("found last-value"), message);
  }
}
