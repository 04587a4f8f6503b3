package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.data.Fixtures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves what is taken from a window and that it comes back. */
class WindowTransformTest {
  private static final double[] WINDOW = {1, 2, 5};
  private static final double[] TARGETS = {6, 4};

  @Test
  void theValueAtTheOriginIsTakenFromWhatItSays() {
    assertArrayEquals(WINDOW, WindowTransform.NONE.inputs(WINDOW));
    assertArrayEquals(TARGETS, WindowTransform.NONE.targets(TARGETS, 5));
    assertArrayEquals(WINDOW, WindowTransform.SUBTRACT_LAST.inputs(WINDOW));
    assertArrayEquals(new double[] {1, -1}, WindowTransform.SUBTRACT_LAST.targets(TARGETS, 5));
    WindowTransform all = WindowTransform.SUBTRACT_LAST_FROM_ALL;
    assertArrayEquals(new double[] {-4, -3, 0}, all.inputs(WINDOW));
    assertArrayEquals(new double[] {1, -1}, all.targets(TARGETS, 5));
    assertArrayEquals(new double[0], all.inputs(new double[0]));
  }

  @ParameterizedTest
  @EnumSource
  void valuesComeBackThroughWindowAndColumn(WindowTransform window) {
    double[] levels = Fixtures.walk(3, 80);
    int origin = 60;
    FittedColumn column = Scaling.STANDARDISE.fit(Arrays.copyOf(levels, 50));
    double[] values = column.apply(levels);
    double[] future = Arrays.copyOfRange(values, origin + 1, 80);
    double[] back =
        column.invertAt(
            levels, origin, window.invert(window.targets(future, values[origin]), values[origin]));
    assertArrayEquals(Arrays.copyOfRange(levels, origin + 1, 80), back, 1e-9);
    assertEquals(window, WindowTransform.of(window.label()));
  }

  @Test
  void aZeroOutputIsTheLastValue() {
    double[] levels = Fixtures.walk(4, 30);
    FittedColumn column = ColumnTransform.of("[log, standardise]").fit(levels);
    double last = column.apply(levels)[29];
    double[] repeated =
        column.invert(levels, WindowTransform.SUBTRACT_LAST.invert(new double[3], last));
    double[] lasts = new double[3];
    Arrays.fill(lasts, levels[29]);
    assertArrayEquals(lasts, repeated, 1e-9);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertEquals("subtract-last-from-all", WindowTransform.SUBTRACT_LAST_FROM_ALL.label());
    assertThrows(IllegalArgumentException.class, () -> WindowTransform.of("subtract"));
  }
}
