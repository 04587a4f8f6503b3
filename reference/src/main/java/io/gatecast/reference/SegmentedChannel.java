package io.gatecast.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link SegmentedNetwork} as one of its channels sees it: from the channel's own numbers to its
 * outputs, step by step, and back.
 *
 * @param settings how windows are cut and normalised, and what the outputs are
 * @param parts the weights, shared by all channels
 * @param channel the channel's index, from 0
 */
record SegmentedChannel(Segmentation settings, SegmentedParts parts, int channel) {

  /**
   * Forward.
   *
   * @param x the channel's numbers, of shape {@code [T][F]}
   */
  SegmentedPass.Channel forward(double[][] x) {
    double[] values = Arrays.stream(x).mapToDouble(step -> step[0]).toArray();
    WindowScale scale = WindowScale.of(settings.normalisation(), values);
    double[] normalised = Arrays.stream(values).map(scale::normalised).toArray();

    double[][] segments = segments(x, normalised);
    double[][] mapped = new double[segments.length][];
    double[][] embedded = new double[segments.length][];
    for (int s = 0; s < segments.length; s++) {
      mapped[s] = parts.embedding().forward(segments[s]);
      embedded[s] = Arrays.stream(mapped[s]).map(a -> Math.max(0, a)).toArray();
    }
    Unrolled layer = parts.layer();
    SequencePass reading = layer.forward(embedded, layer.cell().initialState());

    List<SequencePass> answers = new ArrayList<>();
    double[] scaled = new double[settings.horizon() * settings.outputsPerStep()];
    int ofSegment = parts.head().outputSize();
    for (double[] position : parts.positions().rows()) {
      SequencePass answer = layer.forward(new double[][] {asked(position)}, reading.last());
      double[] y = parts.head().forward(answer.last().h());
      int from = answers.size() * ofSegment;
      System.arraycopy(y, 0, scaled, from, Math.min(ofSegment, scaled.length - from));
      answers.add(answer);
    }
    if (parts.linear().isPresent()) {
      Dense map = parts.linear().get();
      double[] added = map.forward(lastOf(normalised, map));
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] += added[i / settings.outputsPerStep()];
      }
    }
    return new SegmentedPass.Channel(
        scale.mu(),
        scale.sigma(),
        Tensor.vector(normalised),
        Tensor.matrix(segments),
        Tensor.matrix(mapped),
        reading,
        answers,
        Tensor.vector(scaled));
  }

  /** {@code σ y + μ} of each step and output, of shape {@code [H · Q]}. */
  double[] restored(SegmentedPass.Channel pass) {
    return Arrays.stream(pass.scaled().values()).map(scaleOf(pass)::restored).toArray();
  }

  private WindowScale scaleOf(SegmentedPass.Channel pass) {
    return new WindowScale(settings.normalisation(), pass.mu(), pass.sigma());
  }

  /** The segments of the window, of shape {@code [n][w · F]}, with v' in the place of v. */
  private double[][] segments(double[][] x, double[] normalised) {
    int inputs = parts.inputs(settings);
    double[][] segments = new double[settings.segments(x.length)][parts.embedding().hiddenSize()];
    for (int t = 0; t < x.length; t++) {
      int step = stepOfSegments(t, x.length);
      double[] segment = segments[step / settings.length()];
      int at = step % settings.length() * inputs;
      System.arraycopy(x[t], 0, segment, at, inputs);
      segment[at] = normalised[t];
    }
    return segments;
  }

  /** Steps from the begin of the first segment to step t of a window of so many steps. */
  private int stepOfSegments(int t, int time) {
    return settings.segments(time) * settings.length() - time + t;
  }

  /** {@code q_k} for {@code p_k}. */
  private double[] asked(double[] position) {
    if (parts.channels().isEmpty()) {
      return position;
    }
    double[] ofChannel = parts.channels().get().rows()[channel];
    double[] both = Arrays.copyOf(position, position.length + ofChannel.length);
    System.arraycopy(ofChannel, 0, both, position.length, ofChannel.length);
    return both;
  }

  private static double[] lastOf(double[] normalised, Dense map) {
    return Arrays.copyOfRange(normalised, normalised.length - map.hiddenSize(), normalised.length);
  }

  /**
   * Back.
   *
   * @param pass what {@link #forward} gave
   * @param byRestored ∂L/∂{@link #restored}, of shape {@code [H · Q]}
   * @param sum where ∂L/∂weights by way of this channel is added, under canonical names
   * @return ∂L/∂x of the channel's numbers, of shape {@code [T][F]}
   */
  double[][] backward(SegmentedPass.Channel pass, double[] byRestored, GradientSum sum) {
    WindowScale scale = scaleOf(pass);
    double[] byScaled = Arrays.stream(byRestored).map(g -> g * scale.sigma()).toArray();
    State byLastRead = answersBackward(pass, byScaled, sum);
    double[][] bySegments = readingBackward(pass, byLastRead, sum);

    double[] normalised = pass.normalised().values();
    int inputs = parts.inputs(settings);
    double[] byNormalised = new double[normalised.length];
    double[][] x = new double[normalised.length][];
    for (int t = 0; t < x.length; t++) {
      int step = stepOfSegments(t, x.length);
      int at = step % settings.length() * inputs;
      x[t] = Arrays.copyOfRange(bySegments[step / settings.length()], at, at + inputs);
      byNormalised[t] = x[t][0];
    }
    if (parts.linear().isPresent()) {
      linearBackward(parts.linear().get(), normalised, byScaled, byNormalised, sum);
    }
    double[] byValues =
        scale.backward(normalised, byNormalised, pass.scaled().values(), byRestored);
    for (int t = 0; t < x.length; t++) {
      x[t][0] = byValues[t];
    }
    return x;
  }

  /** Head and answers; gives the gradient of the state that all answers start from. */
  private State answersBackward(SegmentedPass.Channel pass, double[] byScaled, GradientSum sum) {
    Unrolled layer = parts.layer();
    State byLastRead = layer.cell().initialState();
    int ofSegment = parts.head().outputSize();
    double[][] byAsked = new double[pass.answers().size()][];
    for (int k = 0; k < byAsked.length; k++) {
      SequencePass answer = pass.answers().get(k);
      double[] dy = new double[ofSegment];
      int from = k * ofSegment;
      System.arraycopy(byScaled, from, dy, 0, Math.min(ofSegment, byScaled.length - from));
      double[] dh = parts.head().backward(answer.last().h(), dy, sum);
      SequenceGradient gradient =
          layer.backward(answer, new double[][] {dh}, layer.cell().initialState());
      addOfCell(gradient, sum);
      byAsked[k] = gradient.x().get(0).values();
      byLastRead = plus(byLastRead, gradient.initial());
    }
    addAsked(byAsked, sum);
    return byLastRead;
  }

  /** ∂L/∂q_k, shared out to p_k and a_c. */
  private void addAsked(double[][] byAsked, GradientSum sum) {
    int width = parts.positions().shape()[1];
    double[][] byPosition = new double[byAsked.length][];
    double[][] byChannel = new double[settings.channels()][width];
    for (int k = 0; k < byAsked.length; k++) {
      byPosition[k] = Arrays.copyOf(byAsked[k], width);
      if (parts.channels().isPresent()) {
        double[] ofChannel = Arrays.copyOfRange(byAsked[k], width, byAsked[k].length);
        Vectors.addTo(byChannel[channel], ofChannel);
      }
    }
    sum.addAll(Map.of(SegmentedParts.POSITIONS, Tensor.matrix(byPosition)));
    if (parts.channels().isPresent()) {
      sum.addAll(Map.of(SegmentedParts.CHANNELS, Tensor.matrix(byChannel)));
    }
  }

  /** The segments read and their embedding; gives ∂L/∂segments, of shape {@code [n][w · F]}. */
  private double[][] readingBackward(
      SegmentedPass.Channel pass, State byLastRead, GradientSum sum) {
    Unrolled layer = parts.layer();
    double[][] segments = pass.segments().rows();
    double[][] nothing = new double[segments.length][layer.cell().hiddenSize()];
    SequenceGradient gradient = layer.backward(pass.reading(), nothing, byLastRead);
    addOfCell(gradient, sum);
    double[][] bySegments = new double[segments.length][];
    for (int s = 0; s < segments.length; s++) {
      double[] byMapped = gradient.x().get(s).values();
      for (int i = 0; i < byMapped.length; i++) {
        if (pass.mapped().get(s, i) <= 0) {
          byMapped[i] = 0;
        }
      }
      bySegments[s] =
          denseBackward(parts.embedding(), SegmentedParts.EMBEDDING, segments[s], byMapped, sum);
    }
    return bySegments;
  }

  private void linearBackward(
      Dense map, double[] normalised, double[] byScaled, double[] byNormalised, GradientSum sum) {
    double[] byAdded = new double[settings.horizon()];
    for (int i = 0; i < byScaled.length; i++) {
      byAdded[i / settings.outputsPerStep()] += byScaled[i];
    }
    double[] byLast =
        denseBackward(map, SegmentedParts.LINEAR, lastOf(normalised, map), byAdded, sum);
    for (int i = 0; i < byLast.length; i++) {
      byNormalised[byNormalised.length - byLast.length + i] += byLast[i];
    }
  }

  /** As {@link Dense#backward}, but under names with this prefix. */
  private static double[] denseBackward(
      Dense map, String prefix, double[] input, double[] dy, GradientSum sum) {
    sum.addOuterProduct(prefix + "weights", dy, input);
    sum.add(prefix + "bias", dy);
    return map.weights().transposedTimes(dy);
  }

  private static void addOfCell(SequenceGradient gradient, GradientSum sum) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    gradient.weights().forEach((name, tensor) -> named.put(SegmentedParts.CELL + name, tensor));
    sum.addAll(named);
  }

  /** The sum of two gradients of a state of the same cell. */
  private static State plus(State a, State b) {
    if (a instanceof State.HiddenAndCell first && b instanceof State.HiddenAndCell second) {
      double[] cell = first.c();
      Vectors.addTo(cell, second.c());
      return State.of(first.h(), cell).plusHidden(second.h());
    }
    return a.plusHidden(b.h());
  }
}
