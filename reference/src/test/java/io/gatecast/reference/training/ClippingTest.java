package io.gatecast.reference.training;

import static io.gatecast.reference.training.LossTest.assertError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clipping: each form by hand, and that it bounds what explodes and leaves alone what vanished. */
class ClippingTest {
  /** Norms 5 and 12, together 13. */
  private static final Map<String, Tensor> GRADIENTS = gradients(3, -4, 12);

  private static Map<String, Tensor> gradients(double b0, double b1, double u) {
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    gradients.put("u", Tensor.of(new double[] {u}, 1, 1));
    gradients.put("b", Tensor.vector(b0, b1));
    return gradients;
  }

  static Stream<Clipping> clippings() {
    return Stream.of(
        new Clipping.None(),
        new Clipping.ByValue(3.5),
        new Clipping.ByNorm(6),
        new Clipping.ByGlobalNorm(6.5));
  }

  @Test
  void eachFormByHand() {
    assertEquals(GRADIENTS, new Clipping.None().apply(GRADIENTS));
    assertEquals(gradients(3, -3.5, 3.5), new Clipping.ByValue(3.5).apply(GRADIENTS));
    // Of the norms 5 and 12, a limit of 6 halves only the second.
    assertEquals(gradients(3, -4, 6), new Clipping.ByNorm(6).apply(GRADIENTS));
    assertEquals(gradients(1.5, -2, 6), new Clipping.ByGlobalNorm(6.5).apply(GRADIENTS));
  }

  @Test
  void normIsOfAllTensorsTogether() {
    assertEquals(13, Clipping.norm(GRADIENTS.values()), 1e-14);
    assertEquals(0, Clipping.norm(List.of()));
    assertEquals(0, Clipping.norm(List.of(Tensor.vector(0, 0))));
    // The squares alone would overflow, or vanish.
    assertEquals(5e300, Clipping.norm(List.of(Tensor.vector(3e300, -4e300))), 1e286);
    assertEquals(5e-300, Clipping.norm(List.of(Tensor.vector(3e-300, -4e-300))), 1e-314);
    double infinite = Double.NEGATIVE_INFINITY;
    assertEquals(Double.POSITIVE_INFINITY, Clipping.norm(List.of(Tensor.vector(1, infinite))));
    assertTrue(Double.isNaN(Clipping.norm(List.of(Tensor.vector(1, Double.NaN)))));
  }

  @Test
  void globalNormKeepsTheDirectionOfWhatExplodes() {
    Map<String, Tensor> huge = gradients(3e200, -4e200, 12e200);
    Map<String, Tensor> clipped = new Clipping.ByGlobalNorm(13).apply(huge);
    assertEquals(13, Clipping.norm(clipped.values()), 1e-12);
    assertEquals(3, Objects.requireNonNull(clipped.get("b")).get(0), 1e-12);
    assertEquals(-4, Objects.requireNonNull(clipped.get("b")).get(1), 1e-12);
    assertEquals(12, Objects.requireNonNull(clipped.get("u")).get(0, 0), 1e-12);
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void whatVanishedIsNotBroughtBack(Clipping clipping) {
    Map<String, Tensor> tiny = gradients(3e-200, -4e-200, 12e-200);
    assertEquals(tiny, clipping.apply(tiny));
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void whatIsExactlyAtTheLimitPassesUnchanged(Clipping clipping) {
    assertEquals(gradients(0, 3.5, 0), clipping.apply(gradients(0, 3.5, 0)));
    assertEquals(gradients(0, -3.5, 0), clipping.apply(gradients(0, -3.5, 0)));
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void namesKeepTheirOrderAndNothingIsShared(Clipping clipping) {
    Map<String, Tensor> passed = gradients(1, 2, 3);
    Map<String, Tensor> clipped = clipping.apply(passed);
    assertEquals(List.of("u", "b"), List.copyOf(clipped.keySet()));
    assertThrows(UnsupportedOperationException.class, clipped::clear);
    passed.clear();
    assertEquals(2, clipped.size());
  }

  @ParameterizedTest
  @MethodSource("clippings")
  void notANumberIsCarried(Clipping clipping) {
    Map<String, Tensor> clipped = clipping.apply(gradients(1, Double.NaN, 3));
    assertTrue(Double.isNaN(Objects.requireNonNull(clipped.get("b")).get(1)));
  }

  @Test
  void limitsMustBePositive() {
    for (double limit : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      String message = "limit: expected above 0 and finite, found " + limit;
      assertError(message, () -> new Clipping.ByValue(limit));
      assertError(message, () -> new Clipping.ByNorm(limit));
      assertError(message, () -> new Clipping.ByGlobalNorm(limit));
    }
  }
}
