package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a network that reads segments. It takes some windows at a time, so that its memory does
 * not grow with the batch; each channel of a window is a row of its own.
 */
final class SegmentRows implements NetworkRows {
  /** Rows that go through together: enough for products at full speed, and mostly cached. */
  private static final int TOGETHER = 128;

  /** Rows that one product of a gradient takes. */
  private static final int PRODUCT_ROWS = 256;

  private static final float[] NONE = {};

  /** Dropout is that of the head's input; 0 would be the layer's own. */
  private static final int DROPOUT_PLACE = 1;

  private final Arithmetic arithmetic;
  private final PackedNetwork network;
  private final PackedSegments packed;
  private final PackedWeights layer;
  private final NetworkSpec spec;
  private final Segments segments;
  private final int outputsPerStep;
  private final SegmentWindows windows;
  private final RowsPass pass;
  private final AnswerStep answer;
  private final int headWidth;
  private int firstRow;
  private int rows;

  /** {@code [segment][row][E]}: embedded segments, and ∂L/∂ of them. */
  private float[] embedded = NONE;

  /** {@code [position][row][head's outputs]}, and ∂L/∂ of that. */
  private float[] y = NONE;

  private float[] dy = NONE;

  /** {@code [row][H]} of the linear map, and ∂L/∂ of that. */
  private float[] straight = NONE;

  private float[] dStraight = NONE;
  private float[] dAnswers = NONE;

  /** {@code [position][row][hidden]}: what dropout multiplies the answers by. */
  private float[] kept = NONE;

  private float[] scratch = NONE;

  /** The layer's; none where there is no way back. */
  private final List<RowsGradient> layerGradients;

  private final float[] headGradient;
  private final float[] headBiasGradient;
  private final float[] embeddingGradient;
  private final float[] embeddingBiasGradient;
  private final float[] linearGradient;
  private final float[] linearBiasGradient;
  private float[] questionsGradient = NONE;

  SegmentRows(
      Arithmetic arithmetic, PackedNetwork network, PackedSegments packed, boolean backward) {
    this.arithmetic = arithmetic;
    this.network = network;
    this.packed = packed;
    this.layer = network.layers.get(0);
    this.spec = network.spec;
    this.segments = packed.segments;
    this.outputsPerStep = spec.loss().outputsPerStep();
    this.windows = new SegmentWindows(packed, spec.inputs());
    this.pass = new RowsPass(arithmetic, layer, backward);
    this.answer = new AnswerStep(arithmetic, layer, packed, backward);
    this.headWidth = network.head.bias.length;
    this.layerGradients = backward ? List.of(new RowsGradient(layer)) : List.of();
    this.headGradient = new float[network.head.turned.values.length];
    this.headBiasGradient = new float[backward ? headWidth : 0];
    this.embeddingGradient = new float[backward ? packed.embedding.values.length : 0];
    this.embeddingBiasGradient = new float[backward ? packed.embedding.columns : 0];
    this.linearGradient = new float[backward ? packed.linear.values.length : 0];
    this.linearBiasGradient = new float[backward ? packed.linear.columns : 0];
  }

  /** What is done for some windows at a time. */
  private interface Part {
    double run(int from, int to);
  }

  private double inParts(int from, int to, Part part) {
    int most = Math.max(1, TOGETHER / segments.channels());
    double sum = 0;
    for (int first = from; first < to; first += most) {
      sum += part.run(first, Math.min(first + most, to));
    }
    return sum;
  }

  @Override
  public void outputs(float[] x, int time, int from, int to, float[] into) {
    inParts(
        from,
        to,
        (first, end) -> {
          forward(x, time, first, end);
          head();
          for (int row = 0; row < rows; row++) {
            for (int step = 0; step < packed.horizon; step++) {
              for (int q = 0; q < outputsPerStep; q++) {
                into[outputAt(row, step) + q] = output(row, step, q);
              }
            }
          }
          return 0;
        });
  }

  @Override
  public double loss(Batch batch, int from, int to) {
    return inParts(
        from,
        to,
        (first, end) -> {
          forward(batch.x(), batch.time(), first, end);
          head();
          return loss(batch.y());
        });
  }

  @Override
  public double gradient(Batch batch, int from, int to, double scale, long dropoutSeed) {
    clear();
    double sum =
        inParts(
            from,
            to,
            (first, end) -> {
              forward(batch.x(), batch.time(), first, end);
              drop(dropoutSeed);
              head();
              backward(batch.y(), scale);
              return loss(batch.y());
            });
    questionsGradient = answer.questions(layerGradients.get(0));
    return sum;
  }

  @Override
  public void addTo(float[] gradient) {
    network.addGradient(layerGradients, headGradient, headBiasGradient, gradient);
    packed.addQuestions(questionsGradient, layer.inputTurned.columns, gradient);
    packed.addEmbedding(embeddingGradient, embeddingBiasGradient, gradient);
    packed.addLinear(linearGradient, linearBiasGradient, gradient);
  }

  private void clear() {
    layerGradients.forEach(RowsGradient::clear);
    for (float[] sum :
        List.of(
            headGradient,
            headBiasGradient,
            embeddingGradient,
            embeddingBiasGradient,
            linearGradient,
            linearBiasGradient,
            answer.questionGradient)) {
      Arrays.fill(sum, 0);
    }
  }

  /** Up to the answers. */
  private void forward(float[] x, int time, int from, int to) {
    firstRow = from * segments.channels();
    windows.read(x, time, from, to);
    rows = windows.rows;
    embed();
    new RowsLoop(arithmetic, pass).forward(true);
    answer.forward(pass);
  }

  private void embed() {
    int width = packed.embedding.columns;
    int n = windows.count * rows;
    embedded = RowsPass.room(embedded, Math.multiplyExact(n, width));
    for (int i = 0; i < n; i++) {
      System.arraycopy(packed.embeddingBias, 0, embedded, i * width, width);
    }
    int depth = packed.embedding.depth;
    PackedMatrix.Part whole = packed.embedding.whole();
    arithmetic.multiply(
        true, windows.cut, 0, depth, n, packed.embedding, whole, embedded, 0, width);
    pass.start(windows.count, rows, NONE);
    for (int i = 0; i < n; i++) {
      int from = i * width;
      int to = i * layer.depth;
      for (int e = 0; e < segments.embedding(); e++) {
        // Math.max keeps NaN.
        pass.xh[to + e] = Math.max(0, embedded[from + e]);
      }
    }
  }

  /** Draws what is dropped of the answers, and drops it. */
  private void drop(long seed) {
    if (segments.dropout() > 0) {
      int n = packed.asked * rows;
      kept = RowsPass.room(kept, n * layer.hidden);
      Arrays.fill(kept, 0, n * layer.hidden, 1);
      Dropout dropout = Dropout.of(segments.dropout(), seed, DROPOUT_PLACE);
      for (int i = 0; i < n; i++) {
        int row = firstRow + i % rows;
        dropout.apply(row, i / rows, kept, i * layer.hidden, layer.shape.hidden());
      }
      multiply(answer.h, answer.answersAt(0), n * layer.hidden);
    }
  }

  private void multiply(float[] vectors, int at, int n) {
    for (int i = 0; i < n; i++) {
      vectors[at + i] *= kept[i];
    }
  }

  private void head() {
    int n = packed.asked * rows;
    y = RowsPass.room(y, Math.multiplyExact(n, headWidth));
    for (int i = 0; i < n; i++) {
      System.arraycopy(network.head.bias, 0, y, i * headWidth, headWidth);
    }
    arithmetic.multiply(
        true,
        answer.h,
        answer.answersAt(0),
        layer.hidden,
        n,
        network.head.weights,
        network.head.weights.whole(),
        y,
        0,
        headWidth);
    int width = packed.linear.columns;
    if (width > 0) {
      straight = RowsPass.room(straight, rows * width);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(packed.linearBias, 0, straight, row * width, width);
      }
      int depth = packed.linear.depth;
      PackedMatrix.Part whole = packed.linear.whole();
      arithmetic.multiply(
          true, windows.last, 0, depth, rows, packed.linear, whole, straight, 0, width);
    }
  }

  /** Where a step's outputs lie among those of the head. */
  private int headAt(int row, int step) {
    int position = step / segments.length();
    return (position * rows + row) * headWidth + step % segments.length() * outputsPerStep;
  }

  /** Where a step's outputs lie in a batch. */
  private int outputAt(int row, int step) {
    int window = (firstRow + row) / segments.channels();
    int channel = row % segments.channels();
    return window * spec.outputs() + (step * segments.channels() + channel) * outputsPerStep;
  }

  private float output(int row, int step, int q) {
    float value = y[headAt(row, step) + q];
    if (packed.linear.columns > 0) {
      value += straight[row * packed.linear.columns + step];
    }
    return value * windows.deviation[row] + windows.centre[row];
  }

  private double loss(float[] targets) {
    double sum = 0;
    for (int q = 0; q < outputsPerStep; q++) {
      Loss.Pointwise loss = spec.loss().ofOutput(q);
      for (int row = 0; row < rows; row++) {
        for (int step = 0; step < packed.horizon; step++) {
          sum += loss.value(output(row, step, q), targets[outputAt(row, step) + q]);
        }
      }
    }
    return sum;
  }

  private void slopes(float[] targets, double scale) {
    int width = packed.linear.columns;
    dy = RowsPass.room(dy, packed.asked * rows * headWidth);
    dStraight = RowsPass.room(dStraight, rows * width);
    Arrays.fill(dy, 0, packed.asked * rows * headWidth, 0); // beyond the horizon, too
    Arrays.fill(dStraight, 0, rows * width, 0);
    for (int q = 0; q < outputsPerStep; q++) {
      Loss.Pointwise loss = spec.loss().ofOutput(q);
      for (int row = 0; row < rows; row++) {
        double factor = scale * windows.deviation[row];
        for (int step = 0; step < packed.horizon; step++) {
          double slope = loss.derivative(output(row, step, q), targets[outputAt(row, step) + q]);
          float of = (float) (factor * slope);
          dy[headAt(row, step) + q] = of;
          if (width > 0) {
            dStraight[row * width + step] += of;
          }
        }
      }
    }
  }

  private void backward(float[] targets, double scale) {
    slopes(targets, scale);
    RowsGradient gradient = layerGradients.get(0);
    gradient.start(pass);
    headBackward();
    if (segments.dropout() > 0) {
      multiply(dAnswers, 0, packed.asked * rows * layer.hidden);
    }
    answer.backward(dAnswers, pass, gradient);
    int width = layer.inputTurned.columns;
    new RowsLoop(arithmetic, pass).backward(NONE, pass.time, embedded, false, gradient);
    embeddingBackward(width);
  }

  private void headBackward() {
    PackedHead head = network.head;
    int n = packed.asked * rows;
    dAnswers = RowsPass.room(dAnswers, n * layer.hidden);
    arithmetic.multiply(
        false, dy, 0, headWidth, n, head.turned, head.turned.whole(), dAnswers, 0, layer.hidden);
    addProducts(
        answer.h, answer.answersAt(0), layer.hidden, dy, headWidth, n, head.weights, headGradient);
    addRows(dy, headWidth, n, headBiasGradient);
    if (packed.linear.columns > 0) {
      int width = packed.linear.columns;
      addProducts(
          windows.last,
          0,
          packed.linear.depth,
          dStraight,
          width,
          rows,
          packed.linear,
          linearGradient);
      addRows(dStraight, width, rows, linearBiasGradient);
    }
  }

  private void embeddingBackward(int width) {
    int n = windows.count * rows;
    for (int i = 0; i < n; i++) {
      for (int e = 0; e < segments.embedding(); e++) {
        if (!(pass.xh[i * layer.depth + e] > 0)) {
          embedded[i * width + e] = 0;
        }
      }
    }
    addProducts(
        windows.cut,
        0,
        packed.embedding.depth,
        embedded,
        width,
        n,
        packed.embedding,
        embeddingGradient);
    addRows(embedded, width, n, embeddingBiasGradient);
  }

  /** {@code sum += A^T D}, some rows at a time. */
  private void addProducts(
      float[] a, int at, int depth, float[] d, int width, int n, PackedMatrix of, float[] sum) {
    scratch = RowsPass.room(scratch, arithmetic.scratch(depth, Math.min(n, PRODUCT_ROWS)));
    for (int i = 0; i < n; i += PRODUCT_ROWS) {
      int count = Math.min(PRODUCT_ROWS, n - i);
      arithmetic.addTransposedProduct(
          a,
          at + i * depth,
          depth,
          d,
          i * width,
          width,
          count,
          List.of(of.whole()),
          scratch,
          sum,
          width);
    }
  }

  private void addRows(float[] vectors, int width, int n, float[] sum) {
    for (int i = 0; i < n; i++) {
      arithmetic.add(vectors, i * width, sum, 0, width);
    }
  }
}
