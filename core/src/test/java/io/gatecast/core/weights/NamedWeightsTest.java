package io.gatecast.core.weights;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Proves that a set of weights is complete and well shaped or refused by name, and that nobody can
 * change it afterwards.
 */
class NamedWeightsTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Lstm(), 2, 3, 2, 4, 0, new Loss.Squared());
  private static final String NAME = "layers.1.output.recurrent_weights";

  @Test
  void missingTensorIsNamedWithItsShape() {
    Map<String, WeightTensor> tensors = tensors();
    tensors.remove(NAME);

    String message = refused(tensors);

    assertContains(message, NAME + ": expected a tensor of shape [3, 3], found none");
  }

  @Test
  void superfluousTensorIsNamed() {
    Map<String, WeightTensor> tensors = tensors();
    tensors.put("layers.2.forget.bias", WeightTensor.of(new float[3], 3));

    String message = refused(tensors);

    assertContains(message, "layers.2.forget.bias: unknown tensor");
    assertContains(message, NAME);
  }

  @Test
  void misshapenTensorIsNamedWithBothShapes() {
    Map<String, WeightTensor> tensors = tensors();
    tensors.put("head.weights", WeightTensor.of(new float[12], 3, 4));

    String message = refused(tensors);

    assertContains(message, "head.weights: expected shape [4, 3], found [3, 4]");
  }

  @Test
  void vectorIsNoMatrixOfOneRow() {
    Map<String, WeightTensor> tensors = tensors();
    tensors.put("layers.0.input.bias", WeightTensor.of(new float[3], 1, 3));

    String message = refused(tensors);

    assertContains(message, "layers.0.input.bias: expected shape [3], found [1, 3]");
  }

  @Test
  void orderIsCanonicalWhateverTheCallersOrder() {
    List<String> names = new ArrayList<>(tensors().keySet());
    Collections.reverse(names);
    Map<String, WeightTensor> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put(name, tensors().get(name)));

    NamedWeights weights = NamedWeights.of(SPEC, reversed);

    assertEquals(
        List.copyOf(NamedWeights.shapes(SPEC).keySet()), List.copyOf(weights.tensors().keySet()));
    assertEquals(RandomWeights.of(SPEC, 1), weights);
  }

  @Test
  void namesAreThoseOfTheDesign() {
    NetworkSpec gru =
        NetworkSpec.uniform(
            new CellSpec.Gru(CellSpec.Reset.AFTER), 2, 3, 1, 4, 0, new Loss.Squared());

    Map<String, String> found = new LinkedHashMap<>();
    NamedWeights.shapes(gru).forEach((name, shape) -> found.put(name, Arrays.toString(shape)));

    Map<String, String> expected = new LinkedHashMap<>();
    for (String gate : List.of("update", "reset", "candidate")) {
      expected.put("layers.0." + gate + ".input_weights", "[3, 2]");
      expected.put("layers.0." + gate + ".recurrent_weights", "[3, 3]");
      expected.put("layers.0." + gate + ".bias", "[3]");
    }
    expected.put("layers.0.candidate.recurrent_bias", "[3]");
    expected.put("head.weights", "[4, 3]");
    expected.put("head.bias", "[4]");
    assertEquals(expected, found);
  }

  @Test
  void withChangesOneTensorOfACopy() {
    NamedWeights weights = RandomWeights.of(SPEC, 1);
    WeightTensor changed = weights.get(NAME).with(4, 9);

    NamedWeights copy = weights.with(NAME, changed);

    assertEquals(RandomWeights.of(SPEC, 1), weights);
    assertNotEquals(weights, copy);
    assertEquals(changed, copy.get(NAME));
    for (String name : weights.tensors().keySet()) {
      if (!name.equals(NAME)) {
        assertEquals(weights.get(name), copy.get(name), name);
      }
    }
    assertEquals(List.copyOf(weights.tensors().keySet()), List.copyOf(copy.tensors().keySet()));
  }

  @Test
  void withRefusesAnotherShapeOrName() {
    NamedWeights weights = RandomWeights.of(SPEC, 1);
    WeightTensor vector = WeightTensor.of(new float[9], 9);

    String shape = Messages.of(IllegalArgumentException.class, () -> weights.with(NAME, vector));
    String name =
        Messages.of(IllegalArgumentException.class, () -> weights.with("head.scale", vector));

    assertContains(shape, NAME);
    assertContains(shape, "[3, 3]");
    assertContains(shape, "[9]");
    assertContains(name, "head.scale: unknown tensor");
  }

  @Test
  void mapsAreCopiedInAndReadOnlyOut() {
    Map<String, WeightTensor> tensors = tensors();
    NamedWeights weights = NamedWeights.of(SPEC, tensors);
    tensors.clear();

    assertEquals(RandomWeights.of(SPEC, 1), weights);
    Map<String, WeightTensor> view = weights.tensors();
    assertThrows(UnsupportedOperationException.class, view::clear);
  }

  @Test
  void arraysAreCopiedInAndOut() {
    float[] values = {1, 2, 3, 4, 5, 6};
    int[] shape = {2, 3};
    WeightTensor tensor = WeightTensor.of(values, shape);

    values[0] = 99;
    shape[0] = 6;
    tensor.values()[1] = 99;
    tensor.shape()[1] = 99;

    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, tensor.values());
    assertArrayEquals(new int[] {2, 3}, tensor.shape());
  }

  @Test
  void tensorWithOneNumberReplacedLeavesTheFirstAlone() {
    WeightTensor tensor = WeightTensor.of(new float[] {1, 2, 3}, 3);

    WeightTensor changed = tensor.with(1, -2);

    assertArrayEquals(new float[] {1, -2, 3}, changed.values());
    assertArrayEquals(new float[] {1, 2, 3}, tensor.values());
    assertNotEquals(tensor, changed);
  }

  @Test
  void tensorRefusesNumbersThatDoNotFillItsShape() {
    float[] five = new float[5];

    assertContains(tensorRefused(five, 2, 3), "values: expected 6 for shape [2, 3], found 5");
    assertContains(tensorRefused(five), "shape: expected one or two positive sizes, found []");
    assertContains(tensorRefused(five, 5, 1, 1), "found [5, 1, 1]");
    assertContains(tensorRefused(new float[0], 0), "found [0]");
    assertContains(tensorRefused(five, -5, -1), "found [-5, -1]");
  }

  private static String tensorRefused(float[] values, int... shape) {
    return Messages.of(IllegalArgumentException.class, () -> WeightTensor.of(values, shape));
  }

  private static Map<String, WeightTensor> tensors() {
    return new LinkedHashMap<>(RandomWeights.of(SPEC, 1).tensors());
  }

  private static String refused(Map<String, WeightTensor> tensors) {
    return Messages.of(IllegalArgumentException.class, () -> NamedWeights.of(SPEC, tensors));
  }
}
