package io.gatecast.core.kernel;

import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.reference.GradientSum;
import io.gatecast.reference.NetworkGradient;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.Readout;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle with dropout, which it does not have itself: each layer is a network of its own with
 * an identity for a head, and between them stand {@link Dropout}'s factors.
 */
final class MaskedOracle {
  /** A batch's mean loss and ∂loss/∂weights by canonical name. */
  record Answer(double loss, Map<String, Tensor> gradient) {}

  private final NetworkSpec spec;
  private final Loss loss;
  private final List<ReferenceNetwork> layers = new ArrayList<>();

  MaskedOracle(NetworkSpec spec, Map<String, Tensor> weights) {
    this.spec = spec;
    this.loss = Oracle.loss(spec.loss());
    for (int n = 0; n < spec.layers().size(); n++) {
      layers.add(layer(n, weights));
    }
  }

  private boolean isTop(int layer) {
    return layer == spec.layers().size() - 1;
  }

  private ReferenceNetwork layer(int layer, Map<String, Tensor> weights) {
    String prefix = "layers." + layer + ".";
    Map<String, Tensor> own = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            own.put("layers.0." + name.substring(prefix.length()), tensor);
          } else if (isTop(layer) && name.startsWith("head.")) {
            own.put(name, tensor);
          }
        });
    int hidden = spec.layers().get(layer).hidden();
    if (!isTop(layer)) {
      double[][] identity = new double[hidden][hidden];
      for (int k = 0; k < hidden; k++) {
        identity[k][k] = 1;
      }
      own.put("head.weights", Tensor.matrix(identity));
      own.put("head.bias", Tensor.vector(new double[hidden]));
    }
    Readout readout =
        isTop(layer) ? Readout.valueOf(spec.head().readout().name()) : Readout.EVERY_STEP;
    return ReferenceNetwork.fromWeights(
        List.of(Oracle.kind(spec.layers().get(layer).cell())), readout, own);
  }

  /** What dropout multiplies a window's vectors by, {@code [time][input]}. */
  private double[][] factors(int layer, int window, int time, long seed) {
    int inputs = spec.inputsOf(layer);
    double share = spec.layers().get(layer).dropout();
    double[][] factors = new double[time][inputs];
    for (int t = 0; t < time; t++) {
      float[] ones = new float[inputs];
      Arrays.fill(ones, 1);
      if (share > 0) {
        Dropout.of(share, seed, layer).apply(window, t, ones, 0, inputs);
      }
      for (int k = 0; k < inputs; k++) {
        factors[t][k] = ones[k];
      }
    }
    return factors;
  }

  Answer gradient(List<Example> batch, long seed) {
    double sum = 0;
    GradientSum gradient = new GradientSum();
    for (int window = 0; window < batch.size(); window++) {
      Example example = batch.get(window);
      double terms = (double) batch.size() * example.targets().size();
      List<NetworkPass> passes = new ArrayList<>();
      double[][] x = example.x().rows();
      for (int n = 0; n < layers.size(); n++) {
        ReferenceNetwork layer = layers.get(n);
        double[][] masked = times(x, factors(n, window, x.length, seed));
        passes.add(layer.forward(masked, layer.initialStates()));
        x = rows(passes.get(n).outputs());
      }
      double[][] above = new double[x.length][];
      for (int t = 0; t < x.length; t++) {
        above[t] = new double[x[t].length];
        for (int k = 0; k < x[t].length; k++) {
          double target = example.targets().get(t, k);
          sum += loss.ofOutput(k).value(x[t][k], target) / terms;
          above[t][k] = loss.ofOutput(k).derivative(x[t][k], target) / terms;
        }
      }
      for (int n = layers.size() - 1; n >= 0; n--) {
        NetworkGradient found = layers.get(n).backward(passes.get(n), above);
        gradient.addAll(named(n, found.weights()));
        above = rows(found.x());
        above = times(above, factors(n, window, above.length, seed));
      }
    }
    return new Answer(sum, gradient.tensors());
  }

  private Map<String, Tensor> named(int layer, Map<String, Tensor> gradients) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    gradients.forEach(
        (name, tensor) -> {
          if (name.startsWith("layers.0.")) {
            named.put("layers." + layer + "." + name.substring("layers.0.".length()), tensor);
          } else if (isTop(layer)) {
            named.put(name, tensor);
          }
        });
    return named;
  }

  private static double[][] rows(List<Tensor> vectors) {
    return vectors.stream().map(Tensor::values).toArray(double[][]::new);
  }

  private static double[][] times(double[][] x, double[][] factors) {
    double[][] product = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      product[t] = x[t].clone();
      for (int k = 0; k < x[t].length; k++) {
        product[t][k] *= factors[t][k];
      }
    }
    return product;
  }
}
