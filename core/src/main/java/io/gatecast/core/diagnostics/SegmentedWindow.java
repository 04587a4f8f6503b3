package io.gatecast.core.diagnostics;

import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.weights.FlatLayout;
import java.util.Arrays;

/**
 * What surrounds the recurrent layer of a network that reads segments, for one channel of one
 * window and in double: the equations of {@link Segments} before the layer and behind it. It does
 * not run the layer.
 */
final class SegmentedWindow {
  private final NetworkSpec spec;
  private final Segments segments;
  private final FlatLayout layout;
  private final float[] weights;
  private final int channel;

  /** The channel's own numbers, {@code [time][number]}, normalised. */
  private final double[][] x;

  private double mean = 0;
  private double deviation = 1;

  /**
   * Normalises a channel's numbers.
   *
   * @param weights as {@link FlatLayout} lays them out
   * @param window {@code [time][input]}
   */
  SegmentedWindow(NetworkSpec spec, float[] weights, double[][] window, int channel) {
    this.spec = spec;
    this.segments = spec.segments().orElseThrow();
    this.layout = FlatLayout.of(spec);
    this.weights = weights;
    this.channel = channel;
    int each = spec.inputs() / segments.channels();
    this.x =
        Arrays.stream(window)
            .map(step -> Arrays.copyOfRange(step, channel * each, (channel + 1) * each))
            .toArray(double[][]::new);
    settle();
    for (double[] step : x) {
      step[0] = (step[0] - mean) / deviation;
    }
  }

  private void settle() {
    switch (segments.normalisation()) {
      case NONE -> {}
      case LAST_VALUE -> mean = x[x.length - 1][0];
      case INSTANCE -> {
        mean = Arrays.stream(x).mapToDouble(step -> step[0]).average().orElseThrow();
        double variance =
            Arrays.stream(x)
                .mapToDouble(step -> (step[0] - mean) * (step[0] - mean))
                .average()
                .orElseThrow();
        deviation = Math.sqrt(variance + Segments.Normalisation.EPSILON);
      }
    }
  }

  /** What the layer reads, {@code [segment][embedding]}. */
  double[][] embedded() {
    int width = spec.segmentWidth();
    int each = x[0].length;
    int matrix = layout.segments("segments.embedding.weights");
    int bias = layout.segments("segments.embedding.bias");
    int count = segments.count(x.length);
    int before = count * segments.length() - x.length;
    double[][] embedded = new double[count][segments.embedding()];
    for (int s = 0; s < count; s++) {
      for (int e = 0; e < segments.embedding(); e++) {
        double sum = weights[bias + e];
        for (int i = 0; i < width; i++) {
          int t = s * segments.length() + i / each - before;
          sum += t < 0 ? 0 : weights[matrix + e * width + i] * x[t][i % each];
        }
        embedded[s][e] = Math.max(0, sum);
      }
    }
    return embedded;
  }

  /** What the layer is asked, {@code [segment of the horizon][embedding]}. */
  double[][] questions() {
    int width = segments.positionWidth();
    int positions = layout.segments("segments.positions");
    double[][] questions = new double[segments.count(spec.horizon())][segments.embedding()];
    for (int k = 0; k < questions.length; k++) {
      for (int e = 0; e < questions[k].length; e++) {
        questions[k][e] =
            e < width
                ? weights[positions + k * width + e]
                : weights[layout.segments("segments.channels") + channel * width + e - width];
      }
    }
    return questions;
  }

  /** Where output i of this channel's, step by step, stands among the network's. */
  private int place(int i) {
    int perStep = spec.loss().outputsPerStep();
    return (i / perStep * segments.channels() + channel) * perStep + i % perStep;
  }

  /**
   * Gives the channel's outputs.
   *
   * @param answers g, {@code [segment of the horizon][hidden]}
   * @param outputs all the network's; those of this channel are written
   */
  void outputs(double[][] answers, double[] outputs) {
    int ofSegment = spec.headWidth();
    for (int i = 0; i < spec.outputs() / segments.channels(); i++) {
      double[] g = answers[i / ofSegment];
      int row = i % ofSegment;
      double sum = weights[layout.headBias() + row];
      for (int j = 0; j < g.length; j++) {
        sum += weights[layout.headWeights() + row * g.length + j] * g[j];
      }
      sum += straight(i / spec.loss().outputsPerStep());
      outputs[place(i)] = deviation * sum + mean;
    }
  }

  /** What the linear map adds to a step. */
  private double straight(int step) {
    int steps = segments.linear();
    if (steps == 0) {
      return 0;
    }
    double sum = weights[layout.segments("segments.linear.bias") + step];
    int row = layout.segments("segments.linear.weights") + step * steps;
    for (int i = 0; i < steps; i++) {
      sum += weights[row + i] * x[x.length - steps + i][0];
    }
    return sum;
  }

  /**
   * ∂L/∂g, {@code [segment of the horizon][hidden]}.
   *
   * @param slopes ∂L/∂(all the network's outputs)
   */
  double[][] throughHead(double[] slopes) {
    int hidden = spec.top().hidden();
    int ofSegment = spec.headWidth();
    double[][] gradient = new double[segments.count(spec.horizon())][hidden];
    for (int i = 0; i < spec.outputs() / segments.channels(); i++) {
      double slope = slopes[place(i)] * deviation;
      int row = layout.headWeights() + i % ofSegment * hidden;
      for (int j = 0; j < hidden; j++) {
        gradient[i / ofSegment][j] += slope * weights[row + j];
      }
    }
    return gradient;
  }
}
