package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves known holidays of exchanges, countries and regions, and that unknown names are told. */
class HolidaysTest {
  @ParameterizedTest
  @CsvSource({
    "NYSE, 2024-12-25",
    "NYSE, 2010-12-24", // Christmas on a Saturday
    "NYSE, 2023-01-02", // New Year on a Sunday
    "NYSE, 2022-06-20",
    "NYSE, 2024-03-29",
    "NYSE, 2025-01-09",
    "US, 2010-12-31", // New Year on a Saturday: in the year before
    "US, 2024-11-11",
    "DE, 2024-10-03",
    "DE-BY, 2024-01-06",
    "de-by, 2024-01-06",
    "GB-ENG, 2024-08-26",
    "TARGET, 2024-12-26",
    "LME, 2024-05-27",
  })
  void holidays(String calendar, String day) {
    assertTrue(Holidays.of(calendar).isHoliday(LocalDate.parse(day)));
  }

  @ParameterizedTest
  @CsvSource({
    "NYSE, 2024-12-24",
    "NYSE, 2010-12-31", // the exchange does not move New Year back
    "NYSE, 2024-12-28",
    "NYSE, 2021-06-18",
    "NYSE, 2024-11-11",
    "DE, 2024-01-06",
    "US, 2024-02-14",
    "GB-SCT, 2024-08-26",
  })
  void noHolidays(String calendar, String day) {
    assertFalse(Holidays.of(calendar).isHoliday(LocalDate.parse(day)));
  }

  @Test
  void aNameIsAValue() {
    assertEquals(Holidays.of("NYSE"), Holidays.of(" nyse "));
    assertEquals(Holidays.of("NYSE").hashCode(), Holidays.of("nyse").hashCode());
    assertNotEquals(Holidays.of("DE"), Holidays.of("DE-BY"));
    assertEquals("DE-BY", Holidays.of("de-by").toString());
    assertTrue(Holidays.names().containsAll(List.of("NYSE", "LME", "TARGET", "US", "GB", "DE")));
  }

  @ParameterizedTest
  @CsvSource({
    "NYES, did you mean \"NYSE\"?",
    "DE-XY, did you mean \"DE-",
    "DE-BY-, \"DE-BY-AG\"",
    "LME-X, it has no regions",
    "'', found \"\"",
  })
  void unknownNamesAreToldWhichThereAre(String name, String told) {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> Holidays.of(name));
    assertTrue(String.valueOf(fault.getMessage()).contains(told), fault::getMessage);
  }
}
