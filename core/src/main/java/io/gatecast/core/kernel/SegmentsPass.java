package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Some windows on their way through a network of segments and back, in ND4J operations around a
 * {@link LayerKernel}; the equations are those of {@link Segments}. A row is one channel of one
 * window, window by window.
 *
 * <p>Everything it makes is its own until it is closed. It never changes the weights.
 */
final class SegmentsPass implements AutoCloseable {
  private static final INDArrayIndex ALL = NDArrayIndex.all();

  private final NetworkSpec spec;
  private final Segments segments;
  private final SegmentArrays weights;
  private final DataType type;
  private final List<INDArray> owned = new ArrayList<>();

  private final long windows;
  private final long channels;
  private final long rows;
  private final int time;

  /** Segments of the windows and of the horizon. */
  private final long read;

  private final long asked;

  /** μ and σ, {@code [rows, 1]}; null for 0 and for 1. */
  private @Nullable INDArray mean;

  private @Nullable INDArray deviation;

  /** What is embedded, {@code [rows·read, segment's numbers]}, and what it becomes. */
  private final INDArray cut;

  private final INDArray embedded;

  /** What the head reads, {@code [rows·asked, hidden]}. */
  private final INDArray answered;

  private final LayerKernel.Pass reading;
  private final LayerKernel.Pass answering;

  /** By what dropout multiplies what the head reads; null without dropout. */
  private final @Nullable INDArray kept;

  /** The last steps that the linear map reads, {@code [rows, steps]}; null without one. */
  private final @Nullable INDArray tail;

  /** {@code [rows, horizon·outputs per step]}. */
  private final INDArray outputs;

  /**
   * The way there.
   *
   * @param batch whose windows are read
   * @param from the first of them
   * @param to the one after the last
   * @param dropout what is dropped; null for nothing
   * @param keep whether the way back will be asked for
   */
  SegmentsPass(
      NetworkSpec spec,
      LayerKernel kernel,
      SegmentArrays weights,
      Batch batch,
      int from,
      int to,
      @Nullable Dropout dropout,
      boolean keep) {
    this.spec = spec;
    this.segments = spec.segments().orElseThrow();
    this.weights = weights;
    this.type = weights.head.dataType();
    this.windows = (long) to - from;
    this.channels = segments.channels();
    this.rows = windows * channels;
    this.time = batch.time();
    this.read = segments.count(time);
    this.asked = segments.count(spec.horizon());

    INDArray x = byChannel(batch, from, to);
    INDArray values = x.get(ALL, ALL, NDArrayIndex.point(0)); // [rows, time], a view
    normalise(values);
    tail = segments.linear() == 0 ? null : own(Slab.copy(lastSteps(values, segments.linear())));
    cut = own(Slab.zeros(type, rows * read, spec.segmentWidth()));
    embedded = own(embed(x));
    int hidden = weights.shape.hidden();
    INDArray states = zeros(rows, hidden, read);
    reading =
        kernel.forward(
            weights.shape, weights.layer, overTime(embedded, read), null, null, states, keep);
    INDArray answers = zeros(rows * asked, hidden, 1);
    answering =
        kernel.forward(
            weights.shape,
            weights.layer,
            questions().reshape('c', rows * asked, segments.embedding(), 1),
            null,
            forEachQuestion(reading.last()),
            answers,
            keep);
    answered = answers.reshape('c', rows * asked, hidden);
    kept = dropout == null ? null : mask(dropout, (int) (from * channels));
    if (kept != null) {
      answered.muli(kept);
    }
    outputs = own(decode());
  }

  private INDArray own(INDArray array) {
    owned.add(array);
    return array;
  }

  private INDArray zeros(long... sizes) {
    return own(Slab.zeros(type, sizes));
  }

  /** Numbers of a row's outputs: of all steps, for one channel. */
  private long perRow() {
    return spec.outputs() / channels;
  }

  /** {@code [rows, time, inputs of a channel]}. */
  private INDArray byChannel(Batch batch, int from, int to) {
    int window = time * spec.inputs();
    long each = spec.inputs() / channels;
    INDArray x = zeros(rows, time, each);
    try (INDArray given =
        Nd4j.createFromArray(Arrays.copyOfRange(batch.x(), from * window, to * window))) {
      x.reshape('c', windows, channels, time, each)
          .assign(given.reshape('c', windows, time, channels, each).permute(0, 2, 1, 3));
    }
    return x;
  }

  /** Settles μ and σ, and takes them from the values. */
  private void normalise(INDArray values) {
    if (segments.normalisation() == Segments.Normalisation.NONE) {
      return;
    }
    boolean instance = segments.normalisation() == Segments.Normalisation.INSTANCE;
    INDArray taken = own(instance ? values.mean(true, 1) : Slab.copy(lastSteps(values, 1)));
    mean = taken;
    values.subiColumnVector(taken);
    if (instance) {
      try (INDArray squares = values.mul(values)) {
        INDArray variance = own(squares.mean(true, 1)).addi(Segments.Normalisation.EPSILON);
        deviation = Transforms.sqrt(variance, false);
        values.diviColumnVector(variance);
      }
    }
  }

  private INDArray lastSteps(INDArray values, int steps) {
    return values.get(ALL, NDArrayIndex.interval(time - steps, time));
  }

  /** {@code [rows·read, embedding]}: zeros, then the window, cut; then max(0, W e + b). */
  private INDArray embed(INDArray x) {
    long padded = read * segments.length();
    cut.reshape('c', rows, padded, x.size(2))
        .get(ALL, NDArrayIndex.interval(padded - time, padded), ALL)
        .assign(x);
    return Transforms.relu(
        affine(cut, weights.embedding, weights.embeddingBias, rows * read), false);
  }

  /** {@code A W^T + b} in a fresh array. */
  private INDArray affine(INDArray a, INDArray matrix, INDArray bias, long count) {
    INDArray product = Slab.zeros(type, count, matrix.size(0));
    Slab.addProductTransposed(a, matrix, product);
    return product.addiRowVector(bias.reshape('c', 1, bias.length()));
  }

  /** {@code [rows·steps, size]} as kernels read it, {@code [rows, size, steps]}. */
  private INDArray overTime(INDArray vectors, long steps) {
    return vectors.reshape('c', rows, steps, vectors.size(1)).permute(0, 2, 1);
  }

  /** q, {@code [rows·asked, embedding]}. */
  private INDArray questions() {
    INDArray questions = zeros(rows * asked, segments.embedding());
    long width = segments.positionWidth();
    ofPositions(questions).addi(weights.positions.reshape('c', 1, asked, width));
    if (weights.channels != null) {
      ofChannels(questions).addi(weights.channels.reshape('c', 1, channels, 1, width));
    }
    return questions;
  }

  /** What positions give of the questions, or get back, {@code [rows, asked, width]}; a view. */
  private INDArray ofPositions(INDArray questions) {
    return questions
        .reshape('c', rows, asked, segments.embedding())
        .get(ALL, ALL, NDArrayIndex.interval(0, segments.positionWidth()));
  }

  /** What channels give, {@code [windows, channels, asked, width]}; a view. */
  private INDArray ofChannels(INDArray questions) {
    return questions
        .reshape('c', windows, channels, asked, segments.embedding())
        .get(ALL, ALL, ALL, NDArrayIndex.interval(segments.positionWidth(), segments.embedding()));
  }

  /** h_n of every row, once for each question. */
  private LayerState forEachQuestion(LayerState last) {
    INDArray cell = last.c();
    return new LayerState(repeated(own(last.h())), cell == null ? null : repeated(own(cell)));
  }

  private INDArray repeated(INDArray states) {
    long hidden = states.size(1);
    INDArray all = zeros(rows * asked, hidden);
    all.reshape('c', rows, asked, hidden).addi(states.reshape('c', rows, 1, hidden));
    return all;
  }

  /** What dropout leaves of ones; its rows are the batch's, its steps the horizon's segments. */
  private INDArray mask(Dropout dropout, int firstRow) {
    int hidden = weights.shape.hidden();
    float[] factors = new float[Math.toIntExact(rows * asked * hidden)];
    Arrays.fill(factors, 1);
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < asked; k++) {
        dropout.apply(firstRow + r, k, factors, (r * (int) asked + k) * hidden, hidden);
      }
    }
    INDArray mask = zeros(rows * asked, hidden);
    try (INDArray given = Nd4j.createFromArray(factors)) {
      mask.assign(given.reshape('c', rows * asked, hidden));
    }
    return mask;
  }

  private INDArray decode() {
    INDArray y;
    try (INDArray all = affine(answered, weights.head, weights.headBias, rows * asked)) {
      y = Slab.copy(withinHorizon(all));
    }
    if (tail != null && weights.linear != null && weights.linearBias != null) {
      try (INDArray straight = affine(tail, weights.linear, weights.linearBias, rows)) {
        bySteps(y).addi(straight.reshape('c', rows, spec.horizon(), 1));
      }
    }
    if (deviation != null) {
      y.muliColumnVector(deviation);
    }
    return mean == null ? y : y.addiColumnVector(mean);
  }

  /** Of {@code [rows·asked, segment's outputs]}, those of steps before the horizon's end. */
  private INDArray withinHorizon(INDArray ofSegments) {
    return ofSegments
        .reshape('c', rows, asked * spec.headWidth())
        .get(ALL, NDArrayIndex.interval(0, perRow()));
  }

  /** {@code [rows, horizon, outputs per step]}. */
  private INDArray bySteps(INDArray ofRows) {
    return ofRows.reshape('c', rows, spec.horizon(), spec.loss().outputsPerStep());
  }

  /** {@code [rows, …]} as outputs lie, {@code [window, step, channel, output]}; a view. */
  private INDArray asOutputs(INDArray ofRows) {
    return ofRows
        .reshape('c', windows, channels, spec.horizon(), spec.loss().outputsPerStep())
        .permute(0, 2, 1, 3);
  }

  /** The outputs, {@code [window][output]}. */
  double[] outputs() {
    try (INDArray inOrder = Slab.copy(asOutputs(outputs))) {
      return inOrder.data().asDouble();
    }
  }

  /**
   * The way back, once.
   *
   * @param slopes ∂L/∂(outputs), {@code [window][output]}
   * @param gradients ∂L/∂weights is added here
   * @param room for a layer's gradients; overwritten
   */
  void backward(double[] slopes, SegmentArrays gradients, SegmentArrays room) {
    int hidden = weights.shape.hidden();
    INDArray dy = zeros(rows, perRow());
    try (INDArray given = Nd4j.createFromArray(slopes)) {
      INDArray inOrder = asOutputs(dy);
      inOrder.assign(given.reshape('c', inOrder.shape()));
    }
    if (deviation != null) {
      dy.muliColumnVector(deviation);
    }
    linearBackward(dy, gradients);

    INDArray ofSegments = zeros(rows * asked, spec.headWidth());
    withinHorizon(ofSegments).assign(dy);
    Slab.addTransposedProduct(ofSegments, answered, gradients.head);
    addSum(ofSegments, gradients.headBias, 0);
    INDArray ofAnswers = zeros(rows * asked, hidden);
    Slab.addProduct(ofSegments, weights.head, ofAnswers);
    if (kept != null) {
      ofAnswers.muli(kept);
    }

    INDArray ofQuestions = zeros(rows * asked, segments.embedding());
    LayerState ofLast =
        answering.backward(
            ofAnswers.reshape('c', rows * asked, hidden, 1),
            null,
            room.layer,
            ofQuestions.reshape('c', rows * asked, segments.embedding(), 1));
    gradients.wholeLayer.addi(room.wholeLayer);
    addSum(ofPositions(ofQuestions), gradients.positions, 0);
    if (gradients.channels != null) {
      addSum(ofChannels(ofQuestions), gradients.channels, 0, 2);
    }
    readingBackward(summed(ofLast), gradients, room);
  }

  private void linearBackward(INDArray dy, SegmentArrays gradients) {
    if (tail != null && gradients.linear != null && gradients.linearBias != null) {
      INDArray ofSteps = own(bySteps(dy).sum(2)); // [rows, horizon]
      Slab.addTransposedProduct(ofSteps, tail, gradients.linear);
      addSum(ofSteps, gradients.linearBias, 0);
    }
  }

  private void readingBackward(LayerState last, SegmentArrays gradients, SegmentArrays room) {
    INDArray ofEmbedded = zeros(rows * read, segments.embedding());
    LayerState ofFirst =
        reading.backward(
            zeros(rows, weights.shape.hidden(), read),
            last,
            room.layer,
            overTime(ofEmbedded, read));
    own(ofFirst.h());
    if (ofFirst.c() != null) {
      own(ofFirst.c());
    }
    gradients.wholeLayer.addi(room.wholeLayer);
    ofEmbedded.muli(Transforms.sign(embedded, false)); // 1 where max(0, …) let it through, else 0
    Slab.addTransposedProduct(ofEmbedded, cut, gradients.embedding);
    addSum(ofEmbedded, gradients.embeddingBias, 0);
  }

  private static void addSum(INDArray terms, INDArray sum, int... dimensions) {
    try (INDArray of = terms.sum(dimensions)) {
      sum.addi(of);
    }
  }

  /** ∂L/∂(state after the last segment), of what each question gives to it. */
  private LayerState summed(LayerState ofQuestions) {
    INDArray cell = ofQuestions.c();
    return new LayerState(summed(own(ofQuestions.h())), cell == null ? null : summed(own(cell)));
  }

  private INDArray summed(INDArray ofQuestions) {
    return own(ofQuestions.reshape('c', rows, asked, ofQuestions.size(1)).sum(1));
  }

  @Override
  public void close() {
    owned.forEach(INDArray::close);
  }
}
