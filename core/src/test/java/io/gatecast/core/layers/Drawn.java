package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.spec.CellSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers from a seed, the masks there are, and the distance between arrays. */
final class Drawn {
  static final int BATCH = 4;
  static final int TIME = 5;

  private Drawn() {}

  /** Every cell. */
  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  /** Where the padding of a batch of {@link #BATCH} sequences of {@link #TIME} steps stands. */
  enum Mask {
    NONE(""),
    BEHIND("11111 11100 11110 10000"),
    BEFORE("11111 00111 01111 00001"),
    ANYWHERE("10111 01010 11011 00110"),
    /** Two sequences are nothing but padding. */
    WHOLE_SEQUENCES("11111 00000 01100 00000");

    private final String rows;

    Mask(String rows) {
      this.rows = rows;
    }

    @Nullable INDArray array() {
      if (rows.isEmpty()) {
        return null;
      }
      INDArray mask = Nd4j.zeros(DataType.DOUBLE, BATCH, TIME);
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < TIME; t++) {
          mask.putScalar(b, t, rows.charAt(b * (TIME + 1) + t) - '0');
        }
      }
      return mask;
    }
  }

  /** Uniform between -1 and 1, in double. */
  static INDArray array(long seed, long... shape) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, 2 * random.nextDouble() - 1);
    }
    return array;
  }

  /** Gives all parameters of a network drawn values: biases as large as weights. */
  static <M extends Model> M fill(M network, long seed) {
    INDArray params = network.params();
    network.setParams(
        array(seed, params.length()).reshape(params.shape()).castTo(params.dataType()));
    return network;
  }

  /** A copy of a layer's arrays. */
  static Map<String, INDArray> params(Layer layer) {
    Map<String, INDArray> copy = new LinkedHashMap<>();
    layer.paramTable().forEach((key, value) -> copy.put(key, value.dup('c')));
    return copy;
  }

  /** What must be there. */
  static INDArray at(Map<String, INDArray> arrays, String key) {
    return Objects.requireNonNull(arrays.get(key), key);
  }

  /** Fails unless every number is within the tolerance. */
  static void assertClose(INDArray expected, INDArray found, double tolerance, String what) {
    assertEquals(
        Arrays.toString(expected.shape()), Arrays.toString(found.shape()), what + ": shape");
    assertArrayEquals(numbers(expected), numbers(found), tolerance, what);
  }

  private static double[] numbers(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
