package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.protocol.ProtocolSet.Split;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts, scale and windows, each against a naive loop. */
class ProtocolDataTest {
  private static final int CHANNELS = 3;

  @Test
  void partsAreThoseOfTheProtocol() {
    assertEquals(new Split(8640, 11520, 14400), ProtocolSet.ETTH1.split(17420));
    assertEquals(new Split(34560, 46080, 57600), ProtocolSet.ETTM1.split(69680));
    assertEquals(new Split(36887, 52696 - 10539, 52696), ProtocolSet.WEATHER.split(52696));
    assertEquals(new Split(5311, 7588 - 1517, 7588), ProtocolSet.EXCHANGE.split(7588));
    assertThrows(IllegalArgumentException.class, () -> ProtocolSet.ETTH1.split(14399));
  }

  @Test
  void channelsAreStandardisedByTheTrainPartAlone() {
    double[][] raw = Series.raw(CHANNELS);
    ProtocolData data = Series.data(CHANNELS);
    for (int channel = 0; channel < CHANNELS; channel++) {
      int own = channel;
      double[] train =
          Arrays.stream(raw).limit(Series.SPLIT.trainEnd()).mapToDouble(row -> row[own]).toArray();
      double mean = Arrays.stream(train).average().orElseThrow();
      double variance =
          Arrays.stream(train).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int row = 0; row < Series.SPLIT.testEnd(); row++) {
        double expected = (raw[row][channel] - mean) / Math.sqrt(variance);
        assertEquals(expected, data.value(row, channel), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"TRAIN, 0, 160", "VALIDATION, 147, 220", "TEST, 207, 310"})
  void windowsAreSlicesOneRowApart(ProtocolPart part, int begin, int end) {
    int lookback = 13;
    int horizon = 7;
    ProtocolData data = Series.data(CHANNELS);
    ProtocolWindows windows = data.windows(part, lookback, horizon);
    assertEquals(end - begin - lookback - horizon + 1, windows.size());
    assertEquals(lookback, windows.lookback());
    assertEquals(CHANNELS, windows.inputs());
    assertEquals(horizon * CHANNELS, windows.outputs());
    float[] input = new float[2 + lookback * CHANNELS];
    float[] target = new float[2 + horizon * CHANNELS];
    for (int window = 0; window < windows.size(); window++) {
      windows.input(window, input, 2);
      windows.target(window, target, 2);
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int t = 0; t < lookback; t++) {
          assertEquals(data.value(begin + window + t, channel), input[2 + t * CHANNELS + channel]);
        }
        for (int h = 0; h < horizon; h++) {
          assertEquals(
              data.value(begin + window + lookback + h, channel),
              target[2 + h * CHANNELS + channel]);
        }
      }
    }
    assertThrows(IndexOutOfBoundsException.class, () -> windows.input(windows.size(), input));
  }

  @Test
  void withoutItsTestPartNothingOfItCanBeRead() {
    ProtocolData data = Series.data(CHANNELS);
    ProtocolData before = data.withoutTest();
    for (ProtocolPart part : new ProtocolPart[] {ProtocolPart.TRAIN, ProtocolPart.VALIDATION}) {
      ProtocolWindows expected = data.windows(part, 5, 2);
      ProtocolWindows found = before.windows(part, 5, 2);
      assertEquals(expected.size(), found.size());
      float[] a = new float[5 * CHANNELS];
      float[] b = new float[5 * CHANNELS];
      expected.input(expected.size() - 1, a);
      found.input(found.size() - 1, b);
      assertArrayEquals(a, b);
    }
    assertThrows(IllegalStateException.class, () -> before.windows(ProtocolPart.TEST, 5, 2));
    int first = Series.SPLIT.validationEnd();
    assertThrows(IndexOutOfBoundsException.class, () -> before.value(first, 0));
  }

  @Test
  void aPartWithoutWindowsIsRefused() {
    ProtocolData data = Series.data(1);
    assertThrows(
        IllegalArgumentException.class, () -> data.windows(ProtocolPart.VALIDATION, 10, 61));
    assertThrows(
        IllegalArgumentException.class, () -> data.windows(ProtocolPart.VALIDATION, 161, 1));
    assertEquals(1, data.windows(ProtocolPart.VALIDATION, 160, 60).size());
  }

  @Test
  void aConstantChannelIsRefused() {
    double[][] raw = Series.raw(1);
    for (int row = 0; row < Series.SPLIT.trainEnd(); row++) {
      raw[row][0] = 3;
    }
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ProtocolData.of(ProtocolSet.EXCHANGE, raw, Series.SPLIT));
    assertTrue(error.toString().contains("constant"), error::toString);
  }
}
