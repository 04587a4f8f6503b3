package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** Proves the wind's vector on the compass, in calms, and on the way back. */
class WindTest {
  private static final Wind WIND = new Wind("speed", "direction");
  private static final double NONE = Double.NaN;

  private static double[][] at(double speed, double direction) {
    return WIND.apply(new double[][] {{speed}, {direction}});
  }

  @Test
  void pointsToWhereTheWindComesFrom() {
    double half = 4 * Math.sqrt(0.5);
    double[][] vector = WIND.apply(new double[][] {{4, 4, 4, 4, 4, 4}, {0, 90, 180, 270, 360, 45}});
    assertArrayEquals(new double[] {0, 4, 0, -4, 0, half}, vector[0], 1e-14);
    assertArrayEquals(new double[] {4, 0, -4, 0, 4, half}, vector[1], 1e-14);
  }

  @Test
  void aCalmHasNoDirectionWhateverItSays() {
    double[][] vector =
        WIND.apply(new double[][] {{0, 0, -0.0, NONE, 3, NONE}, {90, NONE, NONE, 90, NONE, NONE}});
    double[] expected = {0, 0, 0, NONE, NONE, NONE};
    assertArrayEquals(expected, vector[0]);
    assertArrayEquals(expected, vector[1]);
    double[][] back = WIND.invert(vector);
    assertArrayEquals(expected, back[0]);
    assertArrayEquals(new double[] {NONE, NONE, NONE, NONE, NONE, NONE}, back[1]);
  }

  @Property
  void speedAndDirectionComeBack(
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 120) double speed,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 360, maxIncluded = false) double direction) {
    double[][] back = WIND.invert(at(speed, direction));
    assertEquals(speed, back[0][0], 1e-9 * speed);
    double away = Math.abs(back[1][0] - direction);
    assertTrue(Math.min(away, 360 - away) < 1e-9, () -> direction + " became " + back[1][0]);
    assertTrue(back[1][0] >= 0 && back[1][0] < 360);
  }

  @Test
  void besideNorthTheDirectionStaysBelowTheFullCircle() {
    double[] hair = {-1e-30, 1e-30, -0.0, 0.0};
    double[][] back = WIND.invert(new double[][] {hair, {5, 5, 5, 5}});
    for (double direction : back[1]) {
      assertEquals(0, direction, 1e-28);
      assertTrue(direction >= 0 && 1 / direction > 0, "no negative zero either");
    }
  }

  @Test
  void aNegativeSpeedIsASentinel() {
    TransformFault fault =
        assertThrows(
            TransformFault.class, () -> WIND.apply(new double[][] {{1, -9999, 2}, {10, 20, 30}}));
    assertEquals("-9999.0", fault.found());
    assertEquals(OptionalInt.of(1), fault.step());
  }
}
