package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.weights.NamedWeights;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves what a network of segments starts from: drawn from the seed alone, embeddings of positions
 * and channels standard normal, no linear map, and its layer as that of a network without segments.
 */
class SegmentedInitialWeightsTest {
  private static final CellSpec LSTM = new CellSpec.Lstm();

  private static NetworkSpec large(int linear) {
    Segments segments = new Segments(4, 128, 60, Normalisation.LAST_VALUE, 0, linear);
    return NetworkSpec.segmented(LSTM, 60, 3, 200, segments, new Loss.Squared());
  }

  static Stream<NetworkSpec> networks() {
    return Stream.concat(SegmentedNetworks.varied(), SegmentedNetworks.ofEachLoss());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void seedDecidesAndNothingElse(NetworkSpec spec) {
    assertEquals(InitialWeights.of(spec, 5), InitialWeights.of(spec, 5));
    NamedWeights first = InitialWeights.of(spec, 5);
    NamedWeights other = InitialWeights.of(spec, 6);
    for (String name : first.tensors().keySet()) {
      boolean drawn = first.get(name).shape().length == 2 && !name.startsWith("segments.linear");
      if (drawn) {
        assertNotEquals(first.get(name), other.get(name), name);
      } else {
        assertEquals(first.get(name), other.get(name), name);
      }
    }
  }

  /** In canonical order, so that what comes behind changes nothing of it. */
  @ParameterizedTest
  @MethodSource("networks")
  void layerAndHeadAreDrawnAsWithoutSegments(NetworkSpec spec) {
    int embedding = spec.segments().orElseThrow().embedding();
    NetworkSpec plain =
        NetworkSpec.uniform(
            spec.top().cell(),
            embedding,
            spec.top().hidden(),
            1,
            spec.headWidth(),
            0,
            new Loss.Squared());

    NamedWeights found = InitialWeights.of(spec, 5);

    InitialWeights.of(plain, 5)
        .tensors()
        .forEach((name, tensor) -> assertEquals(tensor, found.get(name), name));
  }

  @Test
  void positionsAndChannelsAreStandardNormal() {
    NamedWeights weights = InitialWeights.of(large(0), 7);

    for (String name : new String[] {"segments.positions", "segments.channels"}) {
      double[] values = sorted(weights.get(name).values());
      int n = values.length;
      assertTrue(n >= 3000, name);
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / n;
      assertEquals(0, mean, 4 / Math.sqrt(n), name);
      assertEquals(1, variance, 4 * Math.sqrt(2.0 / n), name);
      // Quantiles: uniform numbers of the same variance would have none beyond 1.74.
      assertEquals(-1.645, values[(int) (0.05 * n)], 0.13, name);
      assertEquals(-0.674, values[(int) (0.25 * n)], 0.1, name);
      assertEquals(0.674, values[(int) (0.75 * n)], 0.1, name);
      assertEquals(1.645, values[(int) (0.95 * n)], 0.13, name);
    }
    assertNotEquals(
        weights.get("segments.positions").values()[0],
        weights.get("segments.channels").values()[0]);
  }

  private static double[] sorted(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    Arrays.sort(wide);
    return wide;
  }

  @Test
  void embeddingIsDrawnByItsRowsAndColumns() {
    float[] values = InitialWeights.of(large(0), 7).get("segments.embedding.weights").values();
    double limit = Math.sqrt(6.0 / (128 + 4));
    double[] sorted = sorted(values);

    assertTrue(-limit <= sorted[0] && sorted[0] < -0.95 * limit);
    assertTrue(0.95 * limit < sorted[511] && sorted[511] <= limit);
    assertEquals(0, sorted[256], 0.2 * limit);
  }

  @Test
  void linearMapIsZeroAndChangesNoOtherDraw() {
    NamedWeights without = InitialWeights.of(large(0), 7);
    NamedWeights with = InitialWeights.of(large(9), 7);

    assertArrayEquals(new float[200 * 9], with.get("segments.linear.weights").values());
    assertArrayEquals(new float[200], with.get("segments.linear.bias").values());
    assertArrayEquals(new float[128], with.get("segments.embedding.bias").values());
    without.tensors().forEach((name, tensor) -> assertEquals(tensor, with.get(name), name));
    assertEquals(without.tensors().size() + 2, with.tensors().size());
  }
}
