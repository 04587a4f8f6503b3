package io.gatecast.core.interop;

import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A layer's gates as PyTorch and ONNX keep them: stacked in one array, in an order of their own,
 * the update gate negated, with a second bias for the recurrent product.
 *
 * <p>Both weigh the old state with z, {@code h = (1−z) ∘ h~ + z ∘ h'}; the canonical z weighs the
 * candidate. As {@code 1 − σ(a) = σ(−a)}, theirs is ours with W, U and b negated, which loses
 * nothing. It knows neither names nor files.
 *
 * @param order the gates' canonical names, first on top
 */
record StackedGates(List<String> order) {
  /** The canonical name of one gate's tensor. */
  static String name(int layer, String gate, String parameter) {
    return NamedWeights.prefix(layer, gate) + parameter;
  }

  /** One parameter of all gates, one below the other. */
  float[] stacked(NamedWeights weights, int layer, String parameter) {
    int size = weights.get(name(layer, order.get(0), parameter)).values().length;
    float[] stack = new float[order.size() * size];
    for (int g = 0; g < order.size(); g++) {
      float[] values = weights.get(name(layer, order.get(g), parameter)).values();
      System.arraycopy(signed(order.get(g), values), 0, stack, g * size, size);
    }
    return stack;
  }

  /** The biases of the recurrent product: zeros where the canonical form has one bias. */
  float[] stackedRecurrentBiases(NamedWeights weights, int layer, int hidden) {
    float[] stack = new float[order.size() * hidden];
    for (int g = 0; g < order.size(); g++) {
      WeightTensor own = weights.tensors().get(name(layer, order.get(g), "recurrent_bias"));
      if (own != null) {
        System.arraycopy(signed(order.get(g), own.values()), 0, stack, g * hidden, hidden);
      }
    }
    return stack;
  }

  /** Takes a stack apart again, into canonical tensors of this shape. */
  void split(
      float[] stack, int layer, String parameter, int[] shape, Map<String, WeightTensor> tensors) {
    int size = stack.length / order.size();
    for (int g = 0; g < order.size(); g++) {
      float[] values = Arrays.copyOfRange(stack, g * size, (g + 1) * size);
      tensors.put(
          name(layer, order.get(g), parameter),
          WeightTensor.of(signed(order.get(g), values), shape));
    }
  }

  private static float[] signed(String gate, float[] values) {
    if (gate.equals("update")) {
      for (int i = 0; i < values.length; i++) {
        values[i] = -values[i];
      }
    }
    return values;
  }
}
