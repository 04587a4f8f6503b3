package io.gatecast.core.spec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.NamedWeights;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that networks of segments outside their bounds cannot exist, and that their sizes and
 * numbers of parameters follow from the description.
 */
class SegmentsTest {
  private static final CellSpec LSTM = new CellSpec.Lstm();
  private static final LayerSpec LAYER = new LayerSpec(LSTM, 1, 0);
  private static final Loss LOSS = new Loss.Squared();
  private static final Loss THREE = new Loss.Quantiles(List.of(0.1, 0.5, 0.9));
  private static final Segments SEGMENTS = segments(4, 2, 2, 0, 0);

  private static Segments segments(
      int length, int embedding, int channels, double dropout, int linear) {
    return new Segments(length, embedding, channels, Normalisation.NONE, dropout, linear);
  }

  private static NetworkSpec network(
      int inputs, List<LayerSpec> layers, HeadSpec head, Loss loss, Segments segments) {
    return new NetworkSpec(inputs, layers, head, loss, Optional.of(segments));
  }

  private static HeadSpec head(int outputs) {
    return new HeadSpec(outputs, Readout.LAST_STEP);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void sizesStartAtOne(int bad) {
    String found = ": expected at least 1, found " + bad;
    assertRefused("length" + found, () -> segments(bad, 1, 1, 0, 0));
    assertRefused("embedding" + found, () -> segments(1, bad, 1, 0, 0));
    assertRefused("channels" + found, () -> segments(1, 1, bad, 0, 0));
    assertRefused("horizon" + found, () -> NetworkSpec.segmented(LSTM, 2, 1, bad, SEGMENTS, LOSS));
    assertRefused("hidden" + found, () -> NetworkSpec.segmented(LSTM, 2, bad, 1, SEGMENTS, LOSS));
    assertRefused("inputs" + found, () -> NetworkSpec.segmented(LSTM, bad, 1, 1, SEGMENTS, LOSS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void dropoutIsAShareBelowOne(double bad) {
    assertRefused(
        "segments.dropout: expected a share in [0, 1), found " + bad,
        () -> segments(1, 1, 1, bad, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void linearMapReadsNoFewerThanNoSteps(int bad) {
    assertRefused("linear: expected at least 0, found " + bad, () -> segments(1, 1, 1, 0, bad));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 63})
  void embeddingIsHalvedForSeveralChannelsOnly(int odd) {
    assertRefused(
        "embedding: expected an even number for 2 channels, half for the position and half for the"
            + " channel, found "
            + odd,
        () -> segments(1, odd, 2, 0, 0));
    assertEquals(odd, segments(1, odd, 1, 0, 0).positionWidth());
    assertEquals(odd, segments(1, 2 * odd, 2, 0, 0).positionWidth());
  }

  @Test
  void smallestAndLargestAllowedValuesPass() {
    assertDoesNotThrow(() -> segments(1, 1, 1, 0, 0));
    assertDoesNotThrow(() -> segments(1, 2, 2, Math.nextDown(1.0), Integer.MAX_VALUE));
    assertDoesNotThrow(() -> NetworkSpec.segmented(LSTM, 1, 1, 1, segments(1, 1, 1, 0, 0), LOSS));
  }

  @Test
  void segmentsSurroundOneLayerWithoutDropout() {
    String expected = "layers: expected one layer without dropout of its own between segments";
    assertRefused(
        expected + ", found 2 with dropout [0.0, 0.0]",
        () -> network(2, List.of(LAYER, LAYER), head(2), LOSS, SEGMENTS));
    assertRefused(
        expected + ", found 1 with dropout [0.5]",
        () -> network(2, List.of(new LayerSpec(LSTM, 1, 0.5)), head(2), LOSS, SEGMENTS));
    assertRefused(
        "layers: expected at least 1, found 0",
        () -> network(2, List.of(), head(2), LOSS, SEGMENTS));
  }

  @Test
  void headReadsTheLastStep() {
    assertRefused(
        "readout: expected LAST_STEP with segments, found EVERY_STEP",
        () -> network(2, List.of(LAYER), new HeadSpec(2, Readout.EVERY_STEP), LOSS, SEGMENTS));
  }

  @Test
  void channelsShareInputsAndOutputsEqually() {
    Segments three = segments(4, 2, 3, 0, 0);
    assertRefused(
        "inputs: expected a multiple of 3 channels, found 4",
        () -> network(4, List.of(LAYER), head(3), LOSS, three));
    assertRefused(
        "outputs: expected a multiple of 3, one for each channel, found 5",
        () -> network(6, List.of(LAYER), head(5), LOSS, three));
    assertRefused(
        "outputs: expected a multiple of 3, the outputs per step of quantiles(0.1,0.5,0.9),"
            + " found 10",
        () -> network(6, List.of(LAYER), head(10), THREE, three));
    assertRefused(
        "outputs: expected a multiple of 9, 3 for each channel, found 12",
        () -> network(6, List.of(LAYER), head(12), THREE, three));
    assertEquals(2, network(6, List.of(LAYER), head(18), THREE, three).horizon());
  }

  /** Nothing wraps around silently: sizes that no array has are refused by name. */
  @Test
  void sizesThatNoArrayHasAreRefused() {
    int most = Integer.MAX_VALUE;
    Segments long1 = segments(most, 1, 1, 0, 0);
    assertRefused(
        "length: expected at most 2147483647 numbers a segment, found 2147483647 steps of 2",
        () -> NetworkSpec.segmented(LSTM, 2, 1, 1, long1, LOSS));
    assertRefused(
        "length: expected at most 2147483647 outputs a segment, found 2147483647 steps of 3",
        () -> NetworkSpec.segmented(LSTM, 1, 1, 1, long1, THREE));
    assertRefused(
        "horizon: expected at most 2147483647 outputs, found 1073741824 steps of 2 channels and 1"
            + " outputs each",
        () -> NetworkSpec.segmented(LSTM, 2, 1, 1 << 30, SEGMENTS, LOSS));

    NetworkSpec widest = NetworkSpec.segmented(LSTM, 1, 1, 7, long1, LOSS);
    long layer = 4 * (1 + 1 + 1);
    assertEquals(1, long1.count(7));
    assertEquals(layer + 2L * most + (most + 1L) + 1, widest.parameters());
    NetworkSpec farthest = NetworkSpec.segmented(LSTM, 1, 1, 7, segments(1, 1, 1, 0, most), LOSS);
    assertEquals(layer + 2 + 2 + 7 + 7 * (most + 1L), farthest.parameters());
  }

  @ParameterizedTest
  @CsvSource({"1,7,7", "3,7,3", "3,6,2", "3,1,1", "7,7,1", "8,7,1", "2147483647,2147483647,1"})
  void lastSegmentMayBeFilledInPart(int length, int steps, int expected) {
    assertEquals(expected, segments(length, 1, 1, 0, 0).count(steps));
  }

  @Test
  void sizesFollowFromTheDescription() {
    Segments segments = segments(4, 6, 3, 0.5, 5);
    NetworkSpec spec = NetworkSpec.segmented(LSTM, 6, 5, 10, segments, THREE);

    assertEquals(
        network(6, List.of(new LayerSpec(LSTM, 5, 0)), head(10 * 3 * 3), THREE, segments), spec);
    assertEquals(90, spec.outputs());
    assertEquals(10, spec.horizon());
    assertEquals(4 * 3, spec.headWidth(), "a segment's outputs");
    assertEquals(4 * 2, spec.segmentWidth(), "a segment's numbers of one channel");
    assertEquals(6, spec.inputsOf(0), "the layer reads what a segment became");
    assertEquals(3, segments.positionWidth());
    long layer = 4 * (5 * 6 + 5 * 5 + 5);
    long head = 12 * 5 + 12;
    long embedding = 6 * 8 + 6;
    long questions = 3 * 3 + 3 * 3;
    long linear = 10 * 5 + 10;
    assertEquals(layer + head + embedding + questions + linear, spec.parameters());
  }

  static Stream<NetworkSpec> networks() {
    return Stream.concat(
        Stream.concat(SegmentedNetworks.varied(), SegmentedNetworks.ofEachLoss()),
        Stream.of(
            NetworkSpec.segmented(LSTM, 207, 13, 96, segments(48, 2, 207, 0, 96), THREE),
            NetworkSpec.segmented(LSTM, 1, 1, 1, segments(1, 1, 1, 0, 1), LOSS),
            NetworkSpec.segmented(LSTM, 2, 3, 5, segments(100, 7, 1, 0.5, 0), LOSS)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void parametersAreThoseOfAllNamedTensors(NetworkSpec spec) {
    long sum = 0;
    for (int[] shape : NamedWeights.shapes(spec).values()) {
      long size = 1;
      for (int side : shape) {
        size *= side;
      }
      sum += size;
    }

    assertEquals(sum, spec.parameters());
  }

  @Test
  void networkThatReadsStepByStepHasNone() {
    NetworkSpec plain = NetworkSpec.uniform(LSTM, 2, 3, 1, 4, 0, LOSS);

    assertEquals(Optional.empty(), plain.segments());
    assertEquals(plain.outputs(), plain.headWidth());
    assertEquals(plain.inputs(), plain.inputsOf(0));
    assertThrows(NoSuchElementException.class, plain::segmentWidth);
    assertThrows(NoSuchElementException.class, plain::horizon);
  }

  private static void assertRefused(String message, Executable construction) {
    assertEquals(message, Messages.of(IllegalArgumentException.class, construction));
  }
}
