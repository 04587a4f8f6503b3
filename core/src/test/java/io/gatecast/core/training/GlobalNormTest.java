package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Clipping;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves the norm at every size of float, and that only what exceeds the bound is scaled. */
class GlobalNormTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 13, 207})
  void normIsTheOracles(int count) {
    Random random = new Random(count);
    float[] gradient = new float[count];
    double[] wide = new double[count];
    for (int i = 0; i < count; i++) {
      gradient[i] = (float) random.nextGaussian();
      wide[i] = gradient[i];
    }

    double expected = Clipping.norm(List.of(Tensor.vector(wide)));

    assertEquals(expected, GlobalNorm.of(gradient), 1e-14 * expected);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.MIN_VALUE, 1e-30f, 1e30f, Float.MAX_VALUE})
  void sizesThatAFloatsSquareCannotHoldAreMeasured(float value) {
    float[] gradient = new float[10_000];
    Arrays.fill(gradient, value);

    assertEquals(100.0 * value, GlobalNorm.of(gradient), 1e-10 * value);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNoNumberShowsWhereverItStands(float bad) {
    for (int place = 0; place < 9; place++) {
      float[] gradient = new float[9];
      gradient[place] = bad;
      assertFalse(Double.isFinite(GlobalNorm.of(gradient)), "place " + place);
    }
  }

  @Test
  void onlyWhatExceedsTheBoundIsScaled() {
    assertEquals(0.25, GlobalNorm.factor(8, 2));
    assertEquals(1, GlobalNorm.factor(2, 2));
    assertEquals(1, GlobalNorm.factor(1e-30, 2));
    assertEquals(1, GlobalNorm.factor(0, 2));
    assertEquals(1, GlobalNorm.factor(1e30, Double.POSITIVE_INFINITY));
    assertTrue(GlobalNorm.factor(Double.MAX_VALUE, 1e-3) > 0);
  }
}
