package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that forms keep their names and that columns must fit them. */
class TimeSpecTest {
  @ParameterizedTest
  @ValueSource(strings = {"iso", "epoch-seconds", "epoch-millis", "parts", "yyyyMMdd HH"})
  void aFormKeepsItsName(String label) {
    assertEquals(label, TimeForm.of(label).label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoch", "unix", "yyyy-MM-dd bb", "'open"})
  void whatIsNoFormIsRefusedWithAllThatAre(String label) {
    IllegalArgumentException fault =
        assertThrows(IllegalArgumentException.class, () -> TimeForm.of(label));
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("epoch-millis") && message.contains(label), message);
  }

  @Test
  void threeColumnsAreParts() {
    TimeSpec spec = new TimeSpec(List.of("y", "m", "d"), new TimeForm.Iso(), ZoneOffset.UTC);
    assertEquals(new TimeForm.Parts(), spec.form());
  }

  @ParameterizedTest
  @CsvSource({"iso, 0", "iso, 7", "parts, 2", "parts, 1", "epoch-seconds, 2", "yyyy, 3"})
  void columnsMustFitTheForm(String form, int count) {
    List<String> columns = List.of("a", "b", "c", "d", "e", "f", "g").subList(0, count);
    TimeForm known = TimeForm.of(form);
    assertThrows(
        IllegalArgumentException.class, () -> new TimeSpec(columns, known, ZoneOffset.UTC));
  }
}
