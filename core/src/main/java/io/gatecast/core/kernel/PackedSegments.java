package io.gatecast.core.kernel;

import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.weights.FlatLayout;

/**
 * What surrounds the recurrent layer of a network that reads segments, padded and packed for its
 * products: the embedding of segments, the questions to the layer, and the linear map.
 *
 * <p>What the layer's input weights make of a question depends on position and channel alone. So it
 * is computed here once for all rows of a batch, and not for each of them.
 */
final class PackedSegments implements AutoCloseable {
  final Segments segments;

  /** Numbers of a segment of one channel. */
  final int width;

  /** Segments that are forecast, and steps. */
  final int asked;

  final int horizon;

  /** W turned, {@code [w·F, E]}, and b. */
  final PackedMatrix embedding;

  final float[] embeddingBias;

  /** {@code [position][channel][state's beginning]}: q and the 1 that multiplies biases. */
  final float[] questions;

  /** {@code [position][channel][row]}: what the layer's input weights and biases make of them. */
  final float[] questionGates;

  /** A turned, {@code [K, H]}, and d; empty where there is no linear map. */
  final PackedMatrix linear;

  final float[] linearBias;

  private final Arithmetic arithmetic;
  private final PackedWeights layer;
  private final FlatLayout layout;

  PackedSegments(Arithmetic arithmetic, NetworkSpec spec, PackedWeights layer) {
    this.arithmetic = arithmetic;
    this.segments = spec.segments().orElseThrow();
    this.layer = layer;
    this.layout = FlatLayout.of(spec);
    this.width = spec.segmentWidth();
    this.horizon = spec.horizon();
    this.asked = segments.count(horizon);
    embedding = arithmetic.matrix(arithmetic.depth(width), arithmetic.padded(segments.embedding()));
    embeddingBias = new float[embedding.columns];
    questions = new float[Math.multiplyExact(questions(), layer.stateFrom)];
    for (int i = 0; i < questions(); i++) {
      questions[(i + 1) * layer.stateFrom - 1] = 1;
    }
    questionGates = new float[Math.multiplyExact(questions(), layer.row)];
    boolean linearly = segments.linear() > 0;
    linear =
        arithmetic.matrix(
            linearly ? arithmetic.depth(segments.linear()) : 0,
            linearly ? arithmetic.padded(horizon) : 0);
    linearBias = new float[linear.columns];
  }

  /** Rows of the questions: positions times channels. */
  int questions() {
    return asked * segments.channels();
  }

  /** Takes over parameters in DL4J's flat order; after the layer has taken its own. */
  void load(float[] parameters) {
    int from = layout.segments("segments.embedding.weights");
    for (int e = 0; e < segments.embedding(); e++) {
      embedding.putColumn(0, e, parameters, from + e * width, width);
    }
    embedding.settle();
    System.arraycopy(
        parameters,
        layout.segments("segments.embedding.bias"),
        embeddingBias,
        0,
        segments.embedding());
    ask(parameters);
    if (segments.linear() > 0) {
      int weights = layout.segments("segments.linear.weights");
      for (int step = 0; step < horizon; step++) {
        int row = weights + step * segments.linear();
        linear.putColumn(0, step, parameters, row, segments.linear());
      }
      int bias = layout.segments("segments.linear.bias");
      System.arraycopy(parameters, bias, linearBias, 0, horizon);
    }
    linear.settle();
  }

  private void ask(float[] parameters) {
    for (int k = 0; k < asked; k++) {
      for (int c = 0; c < segments.channels(); c++) {
        int at = (k * segments.channels() + c) * layer.stateFrom;
        int p = segments.positionWidth();
        System.arraycopy(parameters, position(k), questions, at, p);
        if (segments.channels() > 1) {
          System.arraycopy(parameters, channel(c), questions, at + p, p);
        }
      }
    }
    for (PackedMatrix.Part part : layer.inputParts) {
      arithmetic.multiply(
          false,
          questions,
          0,
          layer.stateFrom,
          questions(),
          layer.matrix,
          part,
          questionGates,
          0,
          layer.row);
    }
  }

  private int position(int k) {
    return layout.segments("segments.positions") + k * segments.positionWidth();
  }

  private int channel(int c) {
    return layout.segments("segments.channels") + c * segments.positionWidth();
  }

  /**
   * Adds ∂L/∂ of the questions to that of positions and channels.
   *
   * @param ofQuestions {@code [position][channel][stride]}
   */
  void addQuestions(float[] ofQuestions, int stride, float[] gradient) {
    int p = segments.positionWidth();
    for (int k = 0; k < asked; k++) {
      for (int c = 0; c < segments.channels(); c++) {
        int from = (k * segments.channels() + c) * stride;
        add(ofQuestions, from, gradient, position(k), p);
        if (segments.channels() > 1) {
          add(ofQuestions, from + p, gradient, channel(c), p);
        }
      }
    }
  }

  /** Adds ∂L/∂W turned, {@code [w·F, E]} with padding, and ∂L/∂b. */
  void addEmbedding(float[] ofWeights, float[] ofBias, float[] gradient) {
    int weights = layout.segments("segments.embedding.weights");
    addTurned(ofWeights, embedding.columns, width, segments.embedding(), gradient, weights);
    int bias = layout.segments("segments.embedding.bias");
    add(ofBias, 0, gradient, bias, segments.embedding());
  }

  /** Adds ∂L/∂A turned, {@code [K, H]} with padding, and ∂L/∂d, where there is a linear map. */
  void addLinear(float[] ofWeights, float[] ofBias, float[] gradient) {
    if (segments.linear() > 0) {
      int weights = layout.segments("segments.linear.weights");
      addTurned(ofWeights, linear.columns, segments.linear(), horizon, gradient, weights);
      add(ofBias, 0, gradient, layout.segments("segments.linear.bias"), horizon);
    }
  }

  private static void addTurned(
      float[] turned, int stride, int rows, int columns, float[] sum, int at) {
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        sum[at + column * rows + row] += turned[row * stride + column];
      }
    }
  }

  private static void add(float[] values, int from, float[] sum, int to, int n) {
    for (int i = 0; i < n; i++) {
      sum[to + i] += values[from + i];
    }
  }

  /** Frees what lies off the heap. */
  @Override
  public void close() {
    embedding.close();
    linear.close();
  }
}
