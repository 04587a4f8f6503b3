package io.gatecast.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One recurrent layer that reads a window in segments of several steps and gives all segments of
 * the horizon at once: the whole network that an engine is held against, forward and backward.
 *
 * <p>With w, C, H, Q and the normalisation of a {@link Segmentation}, T steps of C channels of F
 * numbers each, the first of a channel's being v_t, and for each channel c by itself:
 *
 * <pre>
 * normalised   v'_t = (v_t − μ) / σ, the other numbers as they are
 * segment s    the w · F numbers of w steps, step by step; n = ⌈T/w⌉ of them, the last one ends
 *              with the window, and before the window stand zeros
 * embedded     e_s = max(0, W e + b)
 * read         h_s = cell(e_s, h_{s−1}), s = 1..n, from zero
 * asked        q_k = [p_k, a_c], k = 1..m, m = ⌈H/w⌉; p_k alone where C = 1
 * answered     g_k = cell(q_k, h_n): one step each, all from h_n, for an LSTM with its C_n
 * head         y of step i and output q of segment k is element i · Q + q of V g_k + c
 * linear       Σ_i A_ji v'_{T−K+i} + d_j, i = 1..K, added to step j's Q outputs; K of 0: nothing
 * output       σ y + μ for step j, channel c and output q, at (j · C + c) · Q + q
 * </pre>
 *
 * <p>All channels share all weights but a_c. Where a rectifier's argument is 0, its derivative is
 * 0. It takes one window at a time, keeps no state between calls, and knows no batch and no
 * dropout.
 *
 * <p>Paper: S. Lin et al., <i>SegRNN: Segment Recurrent Neural Network for Long-Term Time Series
 * Forecasting</i>, arXiv 2308.11200, 2023; the linear map is that of A. Zeng et al., <i>Are
 * Transformers Effective for Time Series Forecasting?</i>, AAAI 2023.
 */
public final class SegmentedNetwork implements Network {
  private final CellKind kind;
  private final Segmentation settings;
  private final Map<String, Tensor> weights;
  private final SegmentedParts parts;
  private final List<SegmentedChannel> channels;

  private SegmentedNetwork(
      CellKind kind, Segmentation settings, Map<String, Tensor> weights, SegmentedParts parts) {
    this.kind = kind;
    this.settings = settings;
    this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    this.parts = parts;
    this.channels =
        IntStream.range(0, settings.channels())
            .mapToObj(channel -> new SegmentedChannel(settings, parts, channel))
            .toList();
  }

  /**
   * A network from tensors by their canonical names. The sizes that the settings do not give follow
   * from the tensors.
   *
   * @param kind the cell, which reads the window and answers
   * @param settings how windows are cut and normalised, and what the outputs are
   * @param weights exactly the network's tensors, by name, with w, C, H, Q, F, m as above and E
   *     numbers of an embedded segment: {@code segments.embedding.weights [E, w · F]}, {@code
   *     segments.embedding.bias [E]}, {@code segments.positions [m, E]}, or for several channels
   *     {@code [m, E / 2]} and {@code segments.channels [C, E / 2]}; {@code segments.linear.weights
   *     [H, K]} and {@code segments.linear.bias [H]}, or neither; {@code layers.0.<gate>.…} of a
   *     cell with E inputs, as {@link ReferenceNetwork#fromWeights(List, Map)} says; {@code
   *     head.weights [w · Q, hidden]}, {@code head.bias [w · Q]}
   * @return the network
   * @throws IllegalArgumentException if a tensor is missing, has another shape than the settings
   *     and the other tensors give it, or belongs to no part; the message names it
   */
  public static SegmentedNetwork fromWeights(
      CellKind kind, Segmentation settings, Map<String, Tensor> weights) {
    SegmentedParts parts = SegmentedParts.fromWeights(kind, settings, weights);
    return new SegmentedNetwork(kind, settings, weights, parts);
  }

  /**
   * The same network with other weights.
   *
   * @param others exactly the network's tensors, by canonical name
   * @return a new network; this one does not change
   * @throws IllegalArgumentException as {@link #fromWeights} says
   */
  public SegmentedNetwork withWeights(Map<String, Tensor> others) {
    return fromWeights(kind, settings, others);
  }

  /**
   * How windows are cut and normalised, and what the outputs are.
   *
   * @return the settings
   */
  public Segmentation settings() {
    return settings;
  }

  /**
   * All weights.
   *
   * @return the tensors by canonical name; unmodifiable
   */
  public Map<String, Tensor> weights() {
    return weights;
  }

  /**
   * The size of the input vector at each step, all channels' numbers.
   *
   * @return C · F
   */
  public int inputSize() {
    return settings.channels() * parts.inputs(settings);
  }

  /**
   * The number of outputs.
   *
   * @return H · C · Q
   */
  @Override
  public int outputSize() {
    return settings.outputs();
  }

  /**
   * The number of trainable parameters.
   *
   * @return the number of elements of all tensors
   */
  public int parameters() {
    return weights.values().stream().mapToInt(Tensor::size).reduce(0, Math::addExact);
  }

  /**
   * The number of steps that a window has at least.
   *
   * @return 1, or K where there is a linear map
   */
  public int leastSteps() {
    return parts.linear().map(Dense::hiddenSize).orElse(1);
  }

  /**
   * Runs the network over one window.
   *
   * @param x the inputs, of shape {@code [time][C · F]}, channel by channel; at least {@link
   *     #leastSteps} steps
   * @return of shape {@code [(step · C + channel) · Q + q]}
   * @throws IllegalArgumentException if there are too few steps, or an input has another shape; the
   *     message names the step, the expected and the found shape
   */
  public double[] forward(double[][] x) {
    return pass(x).outputs().values();
  }

  /**
   * Runs the network over one window, and keeps what backpropagation needs.
   *
   * @param x the inputs, as {@link #forward} takes them
   * @return the pass
   * @throws IllegalArgumentException as {@link #forward}
   */
  public SegmentedPass pass(double[][] x) {
    if (x.length < leastSteps()) {
      throw new IllegalArgumentException(
          "x: expected at least "
              + leastSteps()
              + (parts.linear().isPresent() ? " steps, which the linear map reads" : " step")
              + ", found "
              + x.length);
    }
    for (int t = 0; t < x.length; t++) {
      Shapes.requireLength("x[" + t + "]", x[t], inputSize());
    }
    List<SegmentedPass.Channel> passes = new ArrayList<>();
    double[] outputs = new double[outputSize()];
    int inputs = parts.inputs(settings);
    for (int c = 0; c < channels.size(); c++) {
      int from = c * inputs;
      double[][] ofChannel =
          Arrays.stream(x)
              .map(step -> Arrays.copyOfRange(step, from, from + inputs))
              .toArray(double[][]::new);
      SegmentedPass.Channel pass = channels.get(c).forward(ofChannel);
      passes.add(pass);
      double[] restored = channels.get(c).restored(pass);
      for (int i = 0; i < restored.length; i++) {
        outputs[indexOf(c, i)] = restored[i];
      }
    }
    return new SegmentedPass(passes, Tensor.vector(outputs));
  }

  @Override
  public Answer answer(double[][] x) {
    SegmentedPass pass = pass(x);
    return new Answer() {
      @Override
      public List<Tensor> outputs() {
        return List.of(pass.outputs());
      }

      @Override
      public Map<String, Tensor> backward(double[][] outputs) {
        if (outputs.length != 1) {
          throw new IllegalArgumentException("outputs: expected 1 vector, found " + outputs.length);
        }
        return SegmentedNetwork.this.backward(pass, outputs[0]).weights();
      }
    };
  }

  /** Where element i of a channel's {@code [H · Q]} outputs stands among all. */
  private int indexOf(int channel, int i) {
    int perStep = settings.outputsPerStep();
    return settings.index(i / perStep, channel, i % perStep);
  }

  /**
   * Full backpropagation, through both the answers and the segments read, and through what was
   * taken from the window.
   *
   * @param pass what {@link #pass} gave for this network
   * @param outputs ∂L/∂outputs, of shape {@code [(step · C + channel) · Q + q]}
   * @return the gradients of the inputs and of all weights
   * @throws IllegalArgumentException if the gradient is not of the outputs' shape, or the pass is
   *     another network's; the message names the argument, the expected and the found
   */
  public SegmentedGradient backward(SegmentedPass pass, double[] outputs) {
    Shapes.requireLength("outputs", outputs, outputSize());
    Shapes.requireLength("pass.outputs", pass.outputs().values(), outputSize());
    if (pass.channels().size() != channels.size()) {
      throw new IllegalArgumentException(
          "pass: expected " + channels.size() + " channels, found " + pass.channels().size());
    }
    GradientSum sum = new GradientSum();
    int inputs = parts.inputs(settings);
    double[][] x = new double[pass.channels().get(0).normalised().size()][inputSize()];
    for (int c = 0; c < channels.size(); c++) {
      double[] ofChannel = new double[settings.horizon() * settings.outputsPerStep()];
      for (int i = 0; i < ofChannel.length; i++) {
        ofChannel[i] = outputs[indexOf(c, i)];
      }
      double[][] byInputs = channels.get(c).backward(pass.channels().get(c), ofChannel, sum);
      for (int t = 0; t < x.length; t++) {
        System.arraycopy(byInputs[t], 0, x[t], c * inputs, inputs);
      }
    }
    return new SegmentedGradient(Arrays.stream(x).map(Tensor::vector).toList(), sum.tensors());
  }
}
