package io.gatecast.reference.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Holds what an engine found against what it should have, part by part, and names the part that
 * differs.
 *
 * <p>A tensor's difference is its largest, relative to the tensor's own largest element or to a
 * floor, whichever is larger: the floor keeps the noise of a tensor that is all but zero from
 * counting as a fault.
 *
 * @param tolerance the largest relative difference that passes
 * @param floor the size below which differences count as absolute
 */
record Difference(double tolerance, double floor) {
  void check(String part, Tensor expected, Tensor found) {
    assertEquals(
        Arrays.toString(expected.shape()),
        Arrays.toString(found.shape()),
        () -> part + ": expected another shape");
    double[] right = expected.values();
    double[] values = found.values();
    double scale = floor;
    for (double value : right) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < right.length; i++) {
      int element = i;
      assertEquals(
          right[i],
          values[i],
          tolerance * scale,
          () -> part + ", element " + element + " of shape " + Arrays.toString(found.shape()));
    }
  }

  void check(String part, List<Tensor> expected, List<Tensor> found) {
    assertEquals(expected.size(), found.size(), () -> part + ": expected one for each sequence");
    for (int n = 0; n < expected.size(); n++) {
      check(part + ", sequence " + n, expected.get(n), found.get(n));
    }
  }

  void checkStates(String part, List<List<State>> expected, List<List<State>> found) {
    assertEquals(expected.size(), found.size(), () -> part + ": expected one for each sequence");
    for (int n = 0; n < expected.size(); n++) {
      String where = part + ", sequence " + n;
      int layers = expected.get(n).size();
      assertEquals(layers, found.get(n).size(), () -> where + ": expected one for each layer");
      for (int layer = 0; layer < layers; layer++) {
        check(
            where + ", layer " + layer + ", h and then C",
            Tensor.vector(expected.get(n).get(layer).values()),
            Tensor.vector(found.get(n).get(layer).values()));
      }
    }
  }

  void check(String part, Map<String, Tensor> expected, Map<String, Tensor> found) {
    assertEquals(expected.keySet(), found.keySet(), () -> part + ": expected other names");
    expected.forEach(
        (name, tensor) -> {
          Tensor other = found.get(name);
          if (other != null) {
            check(part + " " + name, tensor, other);
          }
        });
  }
}
