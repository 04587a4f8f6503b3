package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves Fourier terms of the calendar against the circle and hand values. */
class CalendarFeatureTest {
  private static final LocalDateTime NOON = LocalDateTime.parse("2024-02-29T12:00:00");

  @Test
  void knowsHandValues() {
    double half = Math.sqrt(0.5);
    assertArrayEquals(
        new double[] {half, half, 1, 0, half, -half},
        new CalendarFeature(Calendar.DAY, 3).apply(LocalDateTime.parse("2024-02-29T03:00:00")),
        1e-15);
    // Thursday noon: three and a half of seven days.
    assertArrayEquals(
        new double[] {0, -1, 0, 1}, new CalendarFeature(Calendar.WEEK, 2).apply(NOON), 1e-15);
  }

  @ParameterizedTest
  @EnumSource
  void theFirstHarmonicIsTheCyclesOwnAndHigherOnesAreItsMultiples(Calendar cycle) {
    CalendarFeature feature = new CalendarFeature(cycle, 12);
    for (int hours = 0; hours < 9000; hours += 7) {
      LocalDateTime time = NOON.plusHours(hours);
      double[] terms = feature.apply(time);
      assertEquals(cycle.sin(time), terms[0]);
      assertEquals(cycle.cos(time), terms[1]);
      double sin = 0;
      double cos = 1;
      for (int k = 1; k <= 12; k++) { // angle addition
        double next = sin * terms[1] + cos * terms[0];
        cos = cos * terms[1] - sin * terms[0];
        sin = next;
        assertEquals(sin, terms[2 * k - 2], 1e-12);
        assertEquals(cos, terms[2 * k - 1], 1e-12);
      }
    }
  }

  @Test
  void namesGoWithTheTerms() {
    CalendarFeature feature = new CalendarFeature(Calendar.YEAR, 2);
    assertEquals(List.of("year_sin_1", "year_cos_1", "year_sin_2", "year_cos_2"), feature.names());
    assertEquals(4, feature.width());
    assertEquals(4, feature.apply(NOON).length);
    assertEquals(feature, CalendarFeature.of(feature.label()));
    assertEquals(new CalendarFeature(Calendar.DAY, 1), CalendarFeature.of("day"));
    assertEquals("day", CalendarFeature.of("day(1)").label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"month", "day(0)", "day(x)", "day(-1)", ""})
  void whatIsNoCycleIsRefused(String label) {
    assertThrows(IllegalArgumentException.class, () -> CalendarFeature.of(label));
  }
}
