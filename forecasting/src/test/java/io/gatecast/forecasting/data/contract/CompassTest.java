package io.gatecast.forecasting.data.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directions as text become degrees, and nothing else does. */
class CompassTest {
  @ParameterizedTest
  @CsvSource({
    "N, 0",
    "NNE, 22.5",
    "ENE, 67.5",
    "e, 90",
    "SE, 135",
    "S, 180",
    "SSW, 202.5",
    "W, 270",
    "WNW, 292.5",
    "NW, 315",
    "NNW, 337.5",
    "NbE, 11.25",
    "NEbE, 56.25",
    "NbW, 348.75",
    "north-northwest, 337.5",
    "South West, 225",
    "north by east, 11.25",
    "0, 0",
    "360, 360",
    "' 270 ', 270",
    "12.5, 12.5"
  })
  void points(String text, double degrees) {
    assertEquals(OptionalDouble.of(degrees), Compass.degrees(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calm", "CALM", "C", "VRB", "variable"})
  void noDirectionIsNotANumber(String text) {
    assertEquals(OptionalDouble.of(Double.NaN), Compass.degrees(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "X", "NNNE", "361", "-1", "NaN", "Infinity", "N5"})
  void othersAreNoDirection(String text) {
    assertEquals(OptionalDouble.empty(), Compass.degrees(text));
  }

  @Test
  void calmIsCalm() {
    assertTrue(Compass.isCalm("Calm"));
    assertTrue(Compass.isCalm("c"));
    assertFalse(Compass.isCalm("VRB"));
    assertFalse(Compass.isCalm("0"));
  }

  @Test
  void sixteenPointsGoRoundTheCircle() {
    String[] sixteen = {
      "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW",
      "NNW"
    };
    for (int i = 0; i < sixteen.length; i++) {
      assertEquals(22.5 * i, Compass.degrees(sixteen[i]).orElseThrow());
    }
  }
}
