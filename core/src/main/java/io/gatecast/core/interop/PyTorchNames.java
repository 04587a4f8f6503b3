package io.gatecast.core.interop;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Canonical weights to and from the {@code state_dict} of a PyTorch module that has a recurrent
 * network {@code rnn} and a linear head {@code head} on its last step:
 *
 * <pre>{@code
 * class Network(torch.nn.Module):
 *     def __init__(self):
 *         super().__init__()
 *         self.rnn = torch.nn.GRU(inputs, hidden, layers, batch_first=True)
 *         self.head = torch.nn.Linear(hidden, outputs)
 *
 *     def forward(self, x):                      # [batch, time, input]
 *         return self.head(self.rnn(x)[0][:, -1])  # [batch, output]
 * }</pre>
 *
 * <p>A head on every step, {@code self.head(self.rnn(x)[0])}, has the same state dict.
 *
 * <p>For each layer n: {@code rnn.weight_ih_ln [gates·hidden, input]}, {@code rnn.weight_hh_ln
 * [gates·hidden, hidden]}, {@code rnn.bias_ih_ln} and {@code rnn.bias_hh_ln [gates·hidden]}; then
 * {@code head.weight [output, hidden]} and {@code head.bias [output]}. Gates are stacked r, z, n in
 * {@code nn.GRU}, with z weighing the old state, and i, f, g, o in {@code nn.LSTM}.
 *
 * <p><b>Biases.</b> PyTorch has two for every gate. They act as their sum, but for the candidate of
 * a GRU, whose second is multiplied by the reset gate: it is {@code candidate.recurrent_bias}. A
 * canonical bias is exported as the first, with zeros as the second; two are imported as their sum,
 * rounded to float. So exporting and importing gives the same weights, bit for bit. Importing and
 * exporting gives the same state dict where every second bias but the candidate's is zero;
 * otherwise the same function, with each such bias rounded once.
 *
 * <p><b>Not in PyTorch</b>, so refused: a vanilla cell with the logistic function, as {@code
 * nn.RNN} has tanh and relu, and a GRU that resets before the product, as {@code nn.GRU} resets
 * after; and layers of several kinds or sizes in one module, and what surrounds a layer that reads
 * segments. The state dict does not say whether an {@code nn.RNN} has tanh or relu: the
 * specification must.
 *
 * <p>It reads and writes no files; see {@link Safetensors}, whose metadata {@code format: pt} some
 * of PyTorch's tools ask for. Source: documentation of {@code torch.nn.RNN}, {@code GRU} and {@code
 * LSTM}, PyTorch 1.13.
 */
public final class PyTorchNames {
  private static final String HEAD_WEIGHTS = "head.weight";
  private static final String HEAD_BIAS = "head.bias";

  private PyTorchNames() {}

  /**
   * The names and shapes of the state dict.
   *
   * @param spec the network
   * @return name to shape, in PyTorch's order
   * @throws IllegalArgumentException if PyTorch has no such cell, the layers differ, or the network
   *     reads segments
   */
  public static Map<String, int[]> shapes(NetworkSpec spec) {
    LayerSpec module = module(spec);
    int rows = gates(module.cell()).order().size() * module.hidden();
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      shapes.put(name("weight_ih", layer), new int[] {rows, spec.inputsOf(layer)});
      shapes.put(name("weight_hh", layer), new int[] {rows, module.hidden()});
      shapes.put(name("bias_ih", layer), new int[] {rows});
      shapes.put(name("bias_hh", layer), new int[] {rows});
    }
    shapes.put(HEAD_WEIGHTS, new int[] {spec.outputs(), module.hidden()});
    shapes.put(HEAD_BIAS, new int[] {spec.outputs()});
    return shapes;
  }

  /**
   * Exports.
   *
   * @param spec the network
   * @param weights its weights
   * @return the state dict, in PyTorch's order
   * @throws IllegalArgumentException if PyTorch has no such cell, the layers differ, the network
   *     reads segments, or the weights are of another one; says which tensor
   */
  public static Map<String, WeightTensor> toStateDict(NetworkSpec spec, NamedWeights weights) {
    NamedWeights.of(spec, weights.tensors());
    LayerSpec module = module(spec);
    StackedGates gates = gates(module.cell());
    Map<String, int[]> shapes = shapes(spec);
    Map<String, WeightTensor> stateDict = new LinkedHashMap<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      Map<String, float[]> stacks = new LinkedHashMap<>();
      stacks.put("weight_ih", gates.stacked(weights, layer, "input_weights"));
      stacks.put("weight_hh", gates.stacked(weights, layer, "recurrent_weights"));
      stacks.put("bias_ih", gates.stacked(weights, layer, "bias"));
      stacks.put("bias_hh", gates.stackedRecurrentBiases(weights, layer, module.hidden()));
      int n = layer;
      stacks.forEach(
          (parameter, stack) -> {
            String name = name(parameter, n);
            stateDict.put(name, WeightTensor.of(stack, shape(shapes, name)));
          });
    }
    stateDict.put(HEAD_WEIGHTS, weights.get("head.weights"));
    stateDict.put(HEAD_BIAS, weights.get("head.bias"));
    return stateDict;
  }

  /**
   * Imports.
   *
   * @param spec the network that the weights are for
   * @param stateDict one tensor for each name of {@link #shapes}, no others
   * @return the weights under canonical names
   * @throws IllegalArgumentException if PyTorch has no such cell, the layers differ, the network
   *     reads segments, or a tensor is missing, superfluous or of another shape; says which
   */
  public static NamedWeights fromStateDict(NetworkSpec spec, Map<String, WeightTensor> stateDict) {
    requireShapes(shapes(spec), stateDict);
    StackedGates gates = gates(module(spec).cell());
    int hidden = module(spec).hidden();
    Map<String, int[]> canonical = NamedWeights.shapes(spec);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      float[] inputWeights = values(stateDict, name("weight_ih", layer));
      int[] inputShape = {hidden, spec.inputsOf(layer)};
      gates.split(inputWeights, layer, "input_weights", inputShape, tensors);
      float[] recurrentWeights = values(stateDict, name("weight_hh", layer));
      int[] recurrentShape = {hidden, hidden};
      gates.split(recurrentWeights, layer, "recurrent_weights", recurrentShape, tensors);

      float[] bias = values(stateDict, name("bias_ih", layer));
      float[] recurrentBias = values(stateDict, name("bias_hh", layer));
      for (int g = 0; g < gates.order().size(); g++) {
        String own = StackedGates.name(layer, gates.order().get(g), "recurrent_bias");
        int from = g * hidden;
        if (canonical.containsKey(own)) {
          float[] part = Arrays.copyOfRange(recurrentBias, from, from + hidden);
          tensors.put(own, WeightTensor.of(part, hidden));
        } else {
          addInto(bias, recurrentBias, from, from + hidden);
        }
      }
      gates.split(bias, layer, "bias", new int[] {hidden}, tensors);
    }
    tensors.put("head.weights", tensor(stateDict, HEAD_WEIGHTS));
    tensors.put("head.bias", tensor(stateDict, HEAD_BIAS));
    return NamedWeights.of(spec, tensors);
  }

  private static void addInto(float[] sum, float[] added, int from, int to) {
    for (int i = from; i < to; i++) {
      if (added[i] != 0) { // -0 + 0 is +0: without this, a zero would lose its sign
        sum[i] += added[i];
      }
    }
  }

  private static void requireShapes(
      Map<String, int[]> expected, Map<String, WeightTensor> stateDict) {
    expected.forEach(
        (name, shape) -> {
          WeightTensor found = stateDict.get(name);
          if (found == null) {
            throw new IllegalArgumentException(
                name
                    + ": expected a tensor of shape "
                    + Arrays.toString(shape)
                    + ", found none; there are "
                    + stateDict.keySet()
                    + "; use the names rnn and head, and bias=True");
          }
          if (!Arrays.equals(found.shape(), shape)) {
            throw new IllegalArgumentException(
                name
                    + ": expected shape "
                    + Arrays.toString(shape)
                    + ", found "
                    + Arrays.toString(found.shape())
                    + "; describe the network with the sizes of the module");
          }
        });
    for (String name : stateDict.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException(
            name
                + ": unknown tensor; expected only "
                + expected.keySet()
                + "; there are no reverse directions, projections or other modules");
      }
    }
  }

  /** What all layers are: a recurrent module of PyTorch has one kind and one size. */
  private static LayerSpec module(NetworkSpec spec) {
    if (spec.segments().isPresent()) {
      throw new IllegalArgumentException(
          "spec: expected a network that reads step by step, as the module of rnn and head does,"
              + " found one that reads segments; its weights have canonical names alone");
    }
    LayerSpec first = spec.layers().get(0);
    for (int layer = 1; layer < spec.layers().size(); layer++) {
      LayerSpec other = spec.layers().get(layer);
      if (!other.cell().equals(first.cell()) || other.hidden() != first.hidden()) {
        throw new IllegalArgumentException(
            "layers: expected layers of one kind and size, as a recurrent module of PyTorch has,"
                + " found "
                + described(first)
                + " in layer 0 and "
                + described(other)
                + " in layer "
                + layer
                + "; export to ONNX, which has one node a layer, or make the layers alike");
      }
    }
    return first;
  }

  private static String described(LayerSpec layer) {
    return layer.cell().label() + " of " + layer.hidden();
  }

  private static StackedGates gates(CellSpec cell) {
    if (cell instanceof CellSpec.Lstm) {
      return new StackedGates(List.of("input", "forget", "candidate", "output"));
    }
    if (cell instanceof CellSpec.Gru gru) {
      if (gru.reset() == CellSpec.Reset.BEFORE) {
        throw new IllegalArgumentException(
            "cell: expected a GRU that resets after the recurrent product, the only one that"
                + " PyTorch has, found one that resets before; train one that resets after, or"
                + " export to ONNX, which has both");
      }
      return new StackedGates(List.of("reset", "update", "candidate"));
    }
    if (cell instanceof CellSpec.Rnn rnn && rnn.activation() == CellSpec.Activation.SIGMOID) {
      throw new IllegalArgumentException(
          "cell: expected an RNN with tanh or relu, which PyTorch's nn.RNN has, found sigmoid;"
              + " train another, or export to ONNX, which has it");
    }
    return new StackedGates(List.of("hidden"));
  }

  private static String name(String parameter, int layer) {
    return "rnn." + parameter + "_l" + layer;
  }

  private static int[] shape(Map<String, int[]> shapes, String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  private static WeightTensor tensor(Map<String, WeightTensor> stateDict, String name) {
    return Objects.requireNonNull(stateDict.get(name), name);
  }

  private static float[] values(Map<String, WeightTensor> stateDict, String name) {
    return tensor(stateDict, name).values();
  }
}
