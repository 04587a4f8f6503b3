package io.gatecast.forecasting.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves where a time lies on the circles of day, week and year. */
class CalendarTest {

  @ParameterizedTest
  @CsvSource({
    "DAY, 2024-05-17T00:00, 0",
    "DAY, 2024-05-17T06:00, 0.25",
    "DAY, 2024-05-17T18:00, 0.75",
    "WEEK, 2024-01-01T00:00, 0",
    "WEEK, 2024-01-04T12:00, 0.5",
    "YEAR, 2023-01-01T00:00, 0",
    "YEAR, 2023-07-02T12:00, 0.5",
    "YEAR, 2024-07-02T00:00, 0.5",
  })
  void placesATimeOnItsCircle(Calendar cycle, LocalDateTime time, double turn) {
    assertEquals(Math.sin(2 * Math.PI * turn), cycle.sin(time), 1e-12);
    assertEquals(Math.cos(2 * Math.PI * turn), cycle.cos(time), 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void hasNoJumpAndStaysOnTheCircle(Calendar cycle) {
    LocalDateTime time = LocalDateTime.of(2023, 12, 1, 0, 0);
    for (int hour = 0; hour < 24 * 500; hour++) {
      double sin = cycle.sin(time);
      double cos = cycle.cos(time);
      assertEquals(1, sin * sin + cos * cos, 1e-12);
      time = time.plusHours(1);
      double moved = Math.hypot(cycle.sin(time) - sin, cycle.cos(time) - cos);
      assertEquals(0, moved, 2 * Math.PI / 24 + 1e-9);
    }
  }

  @Test
  void isNamedAsJobFilesWriteIt() {
    assertEquals("day", Calendar.DAY.label());
  }
}
