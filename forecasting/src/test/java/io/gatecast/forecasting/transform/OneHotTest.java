package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves one-hot columns: the train part's categories alone, and codes that may change meaning. */
class OneHotTest {
  private static final double NONE = Double.NaN;
  private static final List<String> NAMES = List.of("sun", "fog", "rain", "snow");
  private static final OneHot WEATHER = new OneHot("weather", NAMES);

  private static FittedOneHot fitted() {
    return WEATHER.fit(new double[][] {{0, 2, NONE, 0, 1}});
  }

  @Test
  void categoriesOfTheTrainPartBecomeColumns() {
    FittedOneHot fitted = fitted();
    assertEquals(List.of("weather=fog", "weather=rain", "weather=sun"), fitted.outputs());
    assertArrayEquals(
        new double[][] {{0, 0, 1, NONE, 0}, {0, 1, 0, NONE, 0}, {1, 0, 0, NONE, 0}},
        fitted.apply(new double[][] {{0, 2, 1, NONE, 3}}),
        "sun, rain, fog, absent, and snow that was never seen");
  }

  @Test
  void namesThatComeLaterChangeNothing() {
    OneHot later = new OneHot("weather", List.of("sun", "fog", "rain", "snow", "hail", "dust"));
    double[][] train = {{0, 2, NONE, 0, 1}};
    assertEquals(fitted().categories(), later.fit(train).categories());
  }

  @Test
  void theLargestOutputIsTheCategory() {
    double[][] outputs = {{0.2, -3, 0, 0.5, NONE}, {0.7, -2, 0, 0.5, 1}, {0.1, -9, 0, 0.2, 0}};
    assertArrayEquals(new double[][] {{2, 2, NONE, 1, NONE}}, fitted().invert(outputs));
    double[][] codes = {{0, 2, 1, 1, NONE, 0}};
    assertArrayEquals(codes, fitted().invert(fitted().apply(codes)));
  }

  @Test
  void codesOfALaterRunMayMeanSomethingElse() {
    FittedOneHot reading = fitted().reading(List.of("hail", "rain"));
    assertArrayEquals(
        new double[][] {{0, 0}, {0, 1}, {0, 0}}, reading.apply(new double[][] {{0, 1}}));
    assertEquals(List.of("hail", "rain", "fog", "sun"), reading.names());
    assertArrayEquals(
        new double[][] {{3}},
        reading.invert(new double[][] {{0}, {0}, {1}}),
        "sun has a code though the data has none");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 4, 0.5, Double.POSITIVE_INFINITY})
  void whatIsNoCodeIsRefused(double code) {
    TransformFault fault =
        assertThrows(TransformFault.class, () -> fitted().apply(new double[][] {{0, code}}));
    assertEquals(TransformFault.Kind.INCONSISTENT, fault.kind());
    assertEquals(1, fault.step().orElseThrow());
  }

  @Test
  void noCategoryIsRefused() {
    TransformFault fault =
        assertThrows(TransformFault.class, () -> WEATHER.fit(new double[][] {{NONE, NONE}}));
    assertEquals(TransformFault.Kind.EMPTY, fault.kind());
    assertThrows(
        IllegalArgumentException.class,
        () -> new FittedOneHot("weather", List.of("sun", "sun"), NAMES));
  }
}
