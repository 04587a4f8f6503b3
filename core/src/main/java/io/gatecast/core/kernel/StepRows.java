package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of a network that reads its windows step by step. */
final class StepRows implements NetworkRows {
  private static final float[] NO_MASK = {};
  private static final float[] NOWHERE = {};

  private final Arithmetic arithmetic;
  private final PackedNetwork network;
  private final NetworkSpec spec;
  private final List<RowsPass> passes = new ArrayList<>();
  private final boolean everyStep;
  private int firstRow;
  private int rows;
  private int time;

  /** One for each layer; none where there is no way back. */
  private final List<RowsGradient> gradients = new ArrayList<>();

  /** ∂L/∂V turned, {@code [hidden, outputs]}, and ∂L/∂c, padded. */
  private final float[] headGradient;

  private final float[] headBiasGradient;

  /** {@code [read steps][rows][padded outputs]}: what the head gives, and ∂L/∂ of that. */
  private float[] y = new float[0];

  private float[] dy = new float[0];

  /** Room for the head's products. */
  private float[] scratch = new float[0];

  /** ∂L/∂h of the layer that the way back has come to, and ∂L/∂ of what it reads. */
  private float[] dOut = new float[0];

  private float[] dx = new float[0];

  StepRows(Arithmetic arithmetic, PackedNetwork network, boolean backward) {
    this.arithmetic = arithmetic;
    this.network = network;
    this.spec = network.spec;
    this.everyStep = spec.head().readout() == Readout.EVERY_STEP;
    for (PackedWeights layer : network.layers) {
      passes.add(new RowsPass(arithmetic, layer, backward));
      if (backward) {
        gradients.add(new RowsGradient(layer));
      }
    }
    headGradient = new float[network.head.turned.values.length];
    headBiasGradient = new float[backward ? network.head.bias.length : 0];
  }

  @Override
  public void outputs(float[] x, int time, int from, int to, float[] into) {
    forward(x, time, from, to, 0, false);
    outputs(into);
  }

  @Override
  public double loss(Batch batch, int from, int to) {
    forward(batch.x(), batch.time(), from, to, 0, false);
    return loss(batch.y());
  }

  @Override
  public double gradient(Batch batch, int from, int to, double scale, long dropoutSeed) {
    clear();
    forward(batch.x(), batch.time(), from, to, dropoutSeed, true);
    backward(batch.y(), scale, dropoutSeed);
    return loss(batch.y());
  }

  @Override
  public void addTo(float[] gradient) {
    network.addGradient(gradients, headGradient, headBiasGradient, gradient);
  }

  /** Outputs of some rows, kept here. */
  private void forward(float[] x, int time, int from, int to, long dropoutSeed, boolean training) {
    this.firstRow = from;
    this.rows = to - from;
    this.time = time;
    int inputs = spec.inputs();
    Sequences source = new Sequences(x, from * time * inputs, time * inputs, inputs, 1);
    for (int layer = 0; layer < passes.size(); layer++) {
      RowsPass pass = passes.get(layer);
      pass.start(time, rows, NO_MASK);
      pass.read(source, 0);
      if (training && dropsAt(layer)) {
        drop(dropout(layer, dropoutSeed), pass.xh, pass.weights.depth, spec.inputsOf(layer));
      }
      new RowsLoop(arithmetic, pass).forward(true);
      source = pass.states();
    }
    head();
  }

  private boolean dropsAt(int layer) {
    return spec.layers().get(layer).dropout() > 0;
  }

  private Dropout dropout(int layer, long seed) {
    return Dropout.of(spec.layers().get(layer).dropout(), seed, layer);
  }

  /** Drops elements of {@code [time][rows][stride]}. */
  private void drop(Dropout dropout, float[] vectors, int stride, int n) {
    for (int t = 0; t < time; t++) {
      for (int r = 0; r < rows; r++) {
        dropout.apply(firstRow + r, t, vectors, (t * rows + r) * stride, n);
      }
    }
  }

  private RowsPass top() {
    return passes.get(passes.size() - 1);
  }

  /** Where the vectors that the head reads begin, and how many there are. */
  private int readAt() {
    return top().stateAt(everyStep ? 1 : time, 0);
  }

  private int readSteps() {
    return spec.head().steps(time);
  }

  private void head() {
    PackedHead head = network.head;
    int width = head.bias.length;
    int n = readSteps() * rows;
    y = RowsPass.room(y, n * width);
    for (int i = 0; i < n; i++) {
      System.arraycopy(head.bias, 0, y, i * width, width);
    }
    RowsPass top = top();
    arithmetic.multiply(
        true,
        top.xh,
        readAt(),
        top.weights.depth,
        n,
        head.weights,
        head.weights.whole(),
        y,
        0,
        width);
  }

  /** Writes the outputs, {@code [window][output]} or {@code [window][time][output]}. */
  private void outputs(float[] into) {
    int outputs = spec.outputs();
    int width = network.head.bias.length;
    int steps = readSteps();
    for (int t = 0; t < steps; t++) {
      for (int r = 0; r < rows; r++) {
        int to = ((firstRow + r) * steps + t) * outputs;
        System.arraycopy(y, (t * rows + r) * width, into, to, outputs);
      }
    }
  }

  /** The sum of the rows' losses over steps and outputs. */
  private double loss(float[] targets) {
    int outputs = spec.outputs();
    int width = network.head.bias.length;
    int steps = readSteps();
    int perStep = spec.loss().outputsPerStep();
    double sum = 0;
    for (int first = 0; first < perStep; first++) {
      Loss.Pointwise loss = spec.loss().ofOutput(first);
      for (int r = 0; r < rows; r++) {
        for (int t = 0; t < steps; t++) {
          int target = ((firstRow + r) * steps + t) * outputs;
          for (int o = first; o < outputs; o += perStep) {
            sum += loss.value(y[(t * rows + r) * width + o], targets[target + o]);
          }
        }
      }
    }
    return sum;
  }

  /** All gradients become zero. */
  private void clear() {
    Arrays.fill(headGradient, 0);
    Arrays.fill(headBiasGradient, 0);
    gradients.forEach(RowsGradient::clear);
  }

  /**
   * The way back, after a forward pass; adds to the gradients.
   *
   * @param targets as in {@link #loss}
   * @param scale what every output's derivative is multiplied by
   * @param dropoutSeed that of the forward pass
   */
  private void backward(float[] targets, double scale, long dropoutSeed) {
    headBackward(targets, scale);
    int from = everyStep ? 0 : time - 1;
    for (int layer = passes.size() - 1; layer >= 0; layer--) {
      RowsPass pass = passes.get(layer);
      int width = pass.weights.inputTurned.columns;
      boolean below = layer > 0;
      if (below) {
        dx = RowsPass.room(dx, time * rows * width);
      }
      RowsGradient gradient = gradients.get(layer);
      gradient.start(pass);
      new RowsLoop(arithmetic, pass).backward(dOut, from, below ? dx : NOWHERE, false, gradient);
      if (below) {
        if (dropsAt(layer)) {
          drop(dropout(layer, dropoutSeed), dx, width, spec.inputsOf(layer));
        }
        float[] swap = dOut;
        dOut = dx;
        dx = swap;
        from = 0;
      }
    }
  }

  private void headBackward(float[] targets, double scale) {
    slopes(targets, scale);
    PackedHead head = network.head;
    RowsPass top = top();
    int hidden = top.weights.hidden;
    int width = head.bias.length;
    int n = readSteps() * rows;
    dOut = RowsPass.room(dOut, n * hidden);
    arithmetic.multiply(false, dy, 0, width, n, head.turned, head.turned.whole(), dOut, 0, hidden);
    int together = top.together * rows;
    scratch = RowsPass.room(scratch, arithmetic.scratch(hidden, Math.min(n, together)));
    for (int i = 0; i < n; i += together) {
      int count = Math.min(together, n - i);
      arithmetic.addTransposedProduct(
          top.xh,
          readAt() + i * top.weights.depth,
          top.weights.depth,
          dy,
          i * width,
          width,
          count,
          List.of(head.weights.whole()),
          scratch,
          headGradient,
          width);
    }
    for (int i = 0; i < n; i++) {
      arithmetic.add(dy, i * width, headBiasGradient, 0, width);
    }
  }

  private void slopes(float[] targets, double scale) {
    int outputs = spec.outputs();
    int width = network.head.bias.length;
    int steps = readSteps();
    dy = RowsPass.room(dy, steps * rows * width);
    int perStep = spec.loss().outputsPerStep();
    for (int first = 0; first < perStep; first++) {
      Loss.Pointwise loss = spec.loss().ofOutput(first);
      for (int t = 0; t < steps; t++) {
        for (int r = 0; r < rows; r++) {
          int at = (t * rows + r) * width;
          int target = ((firstRow + r) * steps + t) * outputs;
          for (int o = first; o < outputs; o += perStep) {
            dy[at + o] = (float) (scale * loss.derivative(y[at + o], targets[target + o]));
          }
        }
      }
    }
  }
}
