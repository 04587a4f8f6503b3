package io.gatecast.core.weights;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.interop.Safetensors;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that the weights of a network of segments have their names and shapes, that each lies in
 * one place of the flat vector, and that they come back from there and from a file bit for bit.
 */
class SegmentedWeightsTest {
  private static final CellSpec RNN = new CellSpec.Rnn(CellSpec.Activation.TANH);
  private static final Loss TWO = new Loss.Quantiles(List.of(0.1, 0.6));

  /** Two numbers of three channels, five steps in segments of three: sizes that all differ. */
  private static final NetworkSpec SPEC = spec(4, 3, 2);

  private static NetworkSpec spec(int embedding, int channels, int linear) {
    Segments segments = new Segments(3, embedding, channels, Normalisation.NONE, 0, linear);
    return NetworkSpec.segmented(RNN, 2 * channels, 7, 5, segments, TWO);
  }

  static Stream<NetworkSpec> networks() {
    return Stream.concat(SegmentedNetworks.varied(), SegmentedNetworks.ofEachLoss());
  }

  private static Map<String, String> shapes(NetworkSpec spec) {
    Map<String, String> shapes = new LinkedHashMap<>();
    NamedWeights.shapes(spec).forEach((name, shape) -> shapes.put(name, Arrays.toString(shape)));
    return shapes;
  }

  @Test
  void namesAndShapesAreThoseOfTheDescription() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("layers.0.hidden.input_weights", "[7, 4]");
    expected.put("layers.0.hidden.recurrent_weights", "[7, 7]");
    expected.put("layers.0.hidden.bias", "[7]");
    expected.put("head.weights", "[6, 7]");
    expected.put("head.bias", "[6]");
    expected.put("segments.embedding.weights", "[4, 6]");
    expected.put("segments.embedding.bias", "[4]");
    expected.put("segments.positions", "[2, 2]");
    expected.put("segments.channels", "[3, 2]");
    expected.put("segments.linear.weights", "[5, 2]");
    expected.put("segments.linear.bias", "[5]");

    assertEquals(expected, shapes(SPEC));
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(shapes(SPEC).keySet()));
  }

  @Test
  void whatANetworkLacksHasNoName() {
    Map<String, String> oneChannel = shapes(spec(4, 1, 0));

    assertFalse(oneChannel.containsKey("segments.channels"));
    assertFalse(oneChannel.containsKey("segments.linear.weights"));
    assertFalse(oneChannel.containsKey("segments.linear.bias"));
    assertEquals("[2, 4]", oneChannel.get("segments.positions"), "all of it is the position's");
  }

  @Test
  void missingSuperfluousAndMisshapenTensorsAreNamed() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>(RandomWeights.of(SPEC, 1).tensors());

    assertContains(
        refused(spec(4, 3, 0), tensors), "segments.linear.weights: unknown tensor; expected only");
    assertContains(
        refused(spec(4, 3, 3), tensors),
        "segments.linear.weights: expected shape [5, 3], found [5, 2]");
    tensors.remove("segments.channels");
    assertContains(
        refused(SPEC, tensors), "segments.channels: expected a tensor of shape [3, 2], found none");
    tensors.put("segments.channels", WeightTensor.of(new float[6], 2, 3));
    assertEquals("segments.channels: expected shape [3, 2], found [2, 3]", refused(SPEC, tensors));
    NetworkSpec plain = NetworkSpec.uniform(RNN, 4, 7, 1, 6, 0, TWO);
    tensors.put("segments.channels", WeightTensor.of(new float[6], 3, 2));
    assertContains(refused(plain, tensors), "segments.embedding.weights: unknown tensor");
  }

  private static String refused(NetworkSpec spec, Map<String, WeightTensor> tensors) {
    return Messages.of(IllegalArgumentException.class, () -> NamedWeights.of(spec, tensors));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsWrittenIsReadAndEveryElementHasOnePlace(NetworkSpec spec) {
    FlatLayout layout = FlatLayout.of(spec);
    assertEquals(spec.parameters(), layout.length());
    float[] flat = new float[layout.length()];
    Arrays.fill(flat, Float.NaN);
    NamedWeights weights = RandomWeights.of(spec, 1);

    layout.write(weights, flat);

    for (float value : flat) {
      assertFalse(Float.isNaN(value), "an element that no name has");
    }
    assertEquals(weights, layout.read(flat));
    float[] numbers = numbers(spec);
    float[] again = new float[flat.length];
    layout.write(layout.read(numbers), again);
    assertArrayEquals(numbers, again);
  }

  /** Their layer and head lie as those of the same network without segments. */
  @ParameterizedTest
  @MethodSource("networks")
  void segmentsLieBehindTheLayerAndTheHeadRowByRow(NetworkSpec spec) {
    FlatLayout layout = FlatLayout.of(spec);
    NamedWeights named = layout.read(numbers(spec));
    NetworkSpec plain = plain(spec);
    int next = FlatLayout.of(plain).length();
    NamedWeights inner = FlatLayout.of(plain).read(numbers(plain));

    assertEquals(next, layout.headBias() + spec.headWidth());
    for (String name : named.tensors().keySet()) {
      if (!name.startsWith("segments.")) {
        assertEquals(inner.get(name), named.get(name), name);
        continue;
      }
      assertEquals(next, layout.segments(name), name);
      for (float value : named.get(name).values()) {
        assertEquals((float) next++, value, name);
      }
    }
    assertEquals(layout.length(), next);
  }

  /** The layer between segments and a head of one segment, alone. */
  private static NetworkSpec plain(NetworkSpec spec) {
    int embedding = spec.segments().orElseThrow().embedding();
    int hidden = spec.top().hidden();
    return NetworkSpec.uniform(
        spec.top().cell(), embedding, hidden, 1, spec.headWidth(), 0, new Loss.Squared());
  }

  @Test
  void tensorsThatANetworkLacksHaveNoPlace() {
    assertEquals(
        "name: expected one of [segments.embedding.weights, segments.embedding.bias,"
            + " segments.positions], found segments.channels",
        Messages.of(
            IllegalArgumentException.class,
            () -> FlatLayout.of(spec(4, 1, 0)).segments("segments.channels")));
    assertEquals(
        "name: expected one of [], found segments.positions",
        Messages.of(
            IllegalArgumentException.class,
            () -> FlatLayout.of(plain(SPEC)).segments("segments.positions")));
  }

  @Test
  void otherWeightsAndLengthsAreRefused() {
    FlatLayout layout = FlatLayout.of(SPEC);
    int length = layout.length();
    NamedWeights others = RandomWeights.of(spec(4, 3, 1), 1);

    assertEquals(
        "segments.linear.weights: expected shape [5, 2], found [5, 1]",
        Messages.of(IllegalArgumentException.class, () -> layout.write(others, new float[length])));
    assertEquals(
        "flat: expected " + length + " parameters, found " + (length + 1),
        Messages.of(IllegalArgumentException.class, () -> layout.read(new float[length + 1])));
    NetworkSpec huge =
        NetworkSpec.segmented(
            RNN, 1, 1, 1, new Segments(1, 1, 1, Normalisation.NONE, 0, Integer.MAX_VALUE), TWO);
    assertContains(
        Messages.of(IllegalArgumentException.class, () -> FlatLayout.of(huge)),
        "spec: expected at most 2147483647 parameters, as many as an array holds, found 21474836");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fileGivesThemBackBitForBit(NetworkSpec spec, @TempDir Path folder) throws IOException {
    NamedWeights weights = RandomWeights.of(spec, 3);
    float[] edges = weights.get("segments.positions").values();
    edges[0] = -0f;
    edges[1] = Float.MIN_VALUE;
    int[] shape = weights.get("segments.positions").shape();
    NamedWeights edged = weights.with("segments.positions", WeightTensor.of(edges, shape));
    Path file = folder.resolve("weights.safetensors");

    Safetensors.of(edged.tensors()).write(file);
    NamedWeights read = NamedWeights.of(spec, Safetensors.read(file).tensors());

    float[] expected = new float[FlatLayout.of(spec).length()];
    float[] found = expected.clone();
    FlatLayout.of(spec).write(edged, expected);
    FlatLayout.of(spec).write(read, found);
    assertArrayEquals(bits(expected), bits(found));
    assertEquals(
        List.copyOf(edged.tensors().keySet()), List.copyOf(read.tensors().keySet()), "the order");
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** 0, 1, 2, ... */
  private static float[] numbers(NetworkSpec spec) {
    float[] numbers = new float[Math.toIntExact(spec.parameters())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }
}
