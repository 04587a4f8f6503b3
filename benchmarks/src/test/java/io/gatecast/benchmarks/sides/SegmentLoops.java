package io.gatecast.benchmarks.sides;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network of segments in double, loop by loop from the equations in {@link Segments}, one window
 * and one channel after the other, with gradients by central differences. Shares no code with any
 * side.
 */
final class SegmentLoops {
  private static final double STEP = 1e-5;

  private final NetworkSpec spec;
  private final Segments segments;
  private final Map<String, double[]> weights = new LinkedHashMap<>();
  private final int inputs; // of a channel

  SegmentLoops(NetworkSpec spec, NamedWeights start) {
    this.spec = spec;
    this.segments = spec.segments().orElseThrow();
    this.inputs = spec.inputs() / segments.channels();
    start
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] narrow = tensor.values();
              double[] values = new double[narrow.length];
              Arrays.setAll(values, i -> narrow[i]);
              weights.put(name, values);
            });
  }

  /** The weights as they now are, rounded to float. */
  NamedWeights named() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              float[] narrow = new float[of(name).length];
              for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) of(name)[i];
              }
              tensors.put(name, WeightTensor.of(narrow, shape));
            });
    return NamedWeights.of(spec, tensors);
  }

  /** The mean cost of some windows. */
  double loss(double[][][] x, double[][] target) {
    double sum = 0;
    for (int window = 0; window < x.length; window++) {
      double[] y = outputs(x[window]);
      for (int k = 0; k < y.length; k++) {
        sum += spec.loss().ofOutput(k).value(y[k], target[window][k]);
      }
    }
    return sum / (x.length * spec.outputs());
  }

  Map<String, double[]> gradient(double[][][] x, double[][] target) {
    Map<String, double[]> gradient = new LinkedHashMap<>();
    weights.forEach(
        (name, values) -> {
          double[] slopes = new double[values.length];
          for (int i = 0; i < values.length; i++) {
            double at = values[i];
            values[i] = at + STEP;
            double above = loss(x, target);
            values[i] = at - STEP;
            slopes[i] = (above - loss(x, target)) / (2 * STEP);
            values[i] = at;
          }
          gradient.put(name, slopes);
        });
    return gradient;
  }

  /** {@code [step][channel]} of one window {@code [time][input]}. */
  double[] outputs(double[][] window) {
    double[] y = new double[spec.outputs()];
    for (int channel = 0; channel < segments.channels(); channel++) {
      double[] forecast = channel(window, channel);
      for (int step = 0; step < forecast.length; step++) {
        y[step * segments.channels() + channel] = forecast[step];
      }
    }
    return y;
  }

  private double[] channel(double[][] window, int channel) {
    int time = window.length;
    double[] level = new double[time];
    for (int t = 0; t < time; t++) {
      level[t] = window[t][channel * inputs];
    }
    double mean = 0;
    double deviation = 1;
    if (segments.normalisation() == Segments.Normalisation.LAST_VALUE) {
      mean = level[time - 1];
    } else if (segments.normalisation() == Segments.Normalisation.INSTANCE) {
      double centre = Arrays.stream(level).average().orElseThrow();
      mean = centre;
      deviation =
          Math.sqrt(Arrays.stream(level).map(v -> (v - centre) * (v - centre)).sum() / time + 1e-5);
    }
    for (int t = 0; t < time; t++) {
      level[t] = (level[t] - mean) / deviation;
    }

    int hidden = spec.top().hidden();
    double[] h = new double[hidden];
    double[] memory = new double[hidden];
    int count = segments.count(time);
    for (int s = 0; s < count; s++) {
      double[] segment = new double[segments.length() * inputs];
      for (int i = 0; i < segments.length(); i++) {
        int t = time - (count - s) * segments.length() + i;
        for (int f = 0; t >= 0 && f < inputs; f++) {
          segment[i * inputs + f] = f == 0 ? level[t] : window[t][channel * inputs + f];
        }
      }
      double[] embedded = affine("segments.embedding.weights", segment);
      double[] bias = of("segments.embedding.bias");
      for (int e = 0; e < embedded.length; e++) {
        embedded[e] = Math.max(0, embedded[e] + bias[e]);
      }
      cell(embedded, h, memory);
    }

    double[] y = new double[spec.horizon()];
    for (int k = 0; k < segments.count(y.length); k++) {
      double[] answer = h.clone();
      cell(question(k, channel), answer, memory.clone());
      double[] segment = affine("head.weights", answer);
      for (int i = 0; i < segment.length && k * segments.length() + i < y.length; i++) {
        y[k * segments.length() + i] = segment[i] + of("head.bias")[i];
      }
    }
    for (int j = 0; j < y.length; j++) {
      int last = segments.linear();
      for (int i = 0; i < last; i++) {
        y[j] += of("segments.linear.weights")[j * last + i] * level[time - last + i];
      }
      y[j] += last > 0 ? of("segments.linear.bias")[j] : 0;
      y[j] = deviation * y[j] + mean;
    }
    return y;
  }

  private double[] question(int position, int channel) {
    int width = segments.positionWidth();
    double[] question = new double[segments.embedding()];
    System.arraycopy(of("segments.positions"), position * width, question, 0, width);
    if (segments.channels() > 1) {
      System.arraycopy(of("segments.channels"), channel * width, question, width, width);
    }
    return question;
  }

  /** One step; writes the new h and, of an LSTM, the new memory. */
  private void cell(double[] x, double[] h, double[] memory) {
    CellSpec cell = spec.top().cell();
    if (cell instanceof CellSpec.Lstm) {
      double[] f = gate("forget", x, h);
      double[] i = gate("input", x, h);
      double[] o = gate("output", x, h);
      double[] c = gate("candidate", x, h);
      for (int u = 0; u < h.length; u++) {
        memory[u] = logistic(f[u]) * memory[u] + logistic(i[u]) * Math.tanh(c[u]);
        h[u] = logistic(o[u]) * Math.tanh(memory[u]);
      }
    } else if (cell instanceof CellSpec.Gru) {
      double[] z = gate("update", x, h);
      double[] r = gate("reset", x, h);
      double[] own = affine("layers.0.candidate.input_weights", x);
      double[] past = affine("layers.0.candidate.recurrent_weights", h);
      for (int u = 0; u < h.length; u++) {
        double candidate =
            Math.tanh(
                own[u]
                    + of("layers.0.candidate.bias")[u]
                    + logistic(r[u]) * (past[u] + of("layers.0.candidate.recurrent_bias")[u]));
        h[u] += logistic(z[u]) * (candidate - h[u]);
      }
    } else {
      double[] a = gate("hidden", x, h);
      Arrays.setAll(h, u -> Math.tanh(a[u]));
    }
  }

  private double[] gate(String gate, double[] x, double[] h) {
    double[] sum = affine("layers.0." + gate + ".input_weights", x);
    double[] past = affine("layers.0." + gate + ".recurrent_weights", h);
    double[] bias = of("layers.0." + gate + ".bias");
    Arrays.setAll(sum, u -> sum[u] + past[u] + bias[u]);
    return sum;
  }

  private double[] affine(String matrix, double[] x) {
    double[] values = of(matrix);
    double[] y = new double[values.length / x.length];
    for (int i = 0; i < values.length; i++) {
      y[i / x.length] += values[i] * x[i % x.length];
    }
    return y;
  }

  private static double logistic(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  /** A live tensor. */
  double[] of(String name) {
    double[] tensor = weights.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          name + ": expected one of " + weights.keySet() + ", found none");
    }
    return tensor;
  }
}
