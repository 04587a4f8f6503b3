package io.gatecast.core.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A pass of {@link PortableKernel}: the loop over time and the products; a subclass for each cell
 * knows its gates. The equations are the oracle's; see {@code io.gatecast.reference}.
 *
 * <p>The gates lie in the slab as {@link Blocks} tells, without padding of the hidden size. On the
 * way back each gate's ∂L/∂a is some factor, which the forward pass has settled, times ∂L/∂h or
 * ∂L/∂C. So the factors are made first, for all steps at once, in the gates' place, and few
 * operations remain to be done step by step. Where a step is padding its factors are 0, so that it
 * adds nothing to any gradient.
 *
 * <p>All memory is the pass's own, belongs to no workspace, and is given back on the way back or,
 * if there is none, at the end of the forward pass.
 */
abstract class PortablePass implements LayerKernel.Pass {
  final int hidden;
  final int time;
  final int batch;
  final DataType type;
  final Blocks blocks;
  final @Nullable Padding padding;

  /** The gates; on the way back what they are multiplied with, and then ∂L/∂a. */
  final Slab gates;

  /** {@code h_0, h_1, ..., h_T}. */
  final Slab h;

  /** U, {@code [hidden, gates·hidden]}. */
  final INDArray recurrent;

  /** For one step: {@code [batch, hidden]}. */
  final INDArray scratch;

  final LayerShape shape;
  private final Slab x;

  /** W with its gates in the order of the blocks. */
  private final INDArray input;

  private @Nullable LayerState last;
  private boolean canGoBack;

  PortablePass(LayerShape shape, LayerArrays weights, INDArray x, @Nullable INDArray mask) {
    this.shape = shape;
    hidden = shape.hidden();
    batch = (int) x.size(0);
    time = (int) x.size(2);
    type = weights.input().dataType();
    blocks = Blocks.of(shape.cell());
    padding = mask == null ? null : new Padding(mask, type);
    gates = new Slab(type, time, batch, blocks.count() * hidden);
    h = new Slab(type, time + 1, batch, hidden);
    scratch = Slab.zeros(type, batch, hidden);
    this.x = new Slab(type, time, batch, shape.inputs());
    this.x.read(x);
    if (padding != null) {
      padding.clear(this.x.all());
    }
    recurrent = Slab.copy(weights.recurrent());
    input = Slab.zeros(type, shape.inputs(), (long) blocks.inputCount() * hidden);
    readInputWeights(weights);
  }

  /** The pre-activations' part that does not depend on the state, for all steps. */
  private void readInputWeights(LayerArrays weights) {
    INDArray bias = Slab.zeros(type, (long) blocks.count() * hidden);
    for (int block = 0; block < blocks.count(); block++) {
      int gate = Blocks.gateOf(shape.cell(), block) * hidden;
      INDArray biasOfBlock = range(bias, block * hidden);
      if (block < blocks.inputCount()) {
        Slab.columns(input, block * hidden, hidden)
            .assign(Slab.columns(weights.input(), gate, hidden));
        biasOfBlock.assign(range(weights.bias(), gate));
      } else if (weights.recurrentBias() != null) {
        biasOfBlock.assign(weights.recurrentBias());
      }
    }
    Slab.addProduct(x.all(), input, gates.columns(0, blocks.inputCount() * hidden));
    gates.all().addiRowVector(bias.reshape('c', 1, bias.length()));
    bias.close();
  }

  private INDArray range(INDArray vector, int from) {
    return vector.get(NDArrayIndex.interval(from, from + hidden));
  }

  /** From pre-activations without the state's part to gates, and to the state after the step. */
  abstract void step(int t);

  /** Turns the gates of all steps into factors. */
  abstract void settleFactors();

  /**
   * Turns the factors of one step into ∂L/∂a.
   *
   * @param dh ∂L/∂h of the step; gets what of it reaches the step before without going through the
   *     product with U of the blocks that the state feeds
   */
  abstract void stepBack(int t, INDArray dh);

  /** Adds ∂L/∂U to zeros. */
  void recurrentGradient(INDArray sum) {
    Slab.addTransposedProduct(h.steps(0, time), stateBlocks(gates.all()), sum);
  }

  /** C before and after each step, as for h; null for cells without it. */
  @Nullable Slab cells() {
    return null;
  }

  /** ∂L/∂C of the step that the way back has come to, zeros at first; null for cells without it. */
  @Nullable INDArray cellGradient() {
    return null;
  }

  /** Gives back what a subclass holds. */
  void closeOwn() {}

  final int stateColumns() {
    return blocks.stateCount() * hidden;
  }

  /** The columns of the blocks that the state feeds. */
  final INDArray stateBlocks(INDArray rows) {
    return Slab.columns(rows, blocks.ofInput() * hidden, stateColumns());
  }

  final INDArray block(int t, int block) {
    return gates.step(t, block * hidden, hidden);
  }

  final INDArray block(int block) {
    return gates.columns(block * hidden, hidden);
  }

  /** A new slab like those of h, without the state before the first step. */
  final Slab newSlab() {
    return new Slab(type, time, batch, hidden);
  }

  /** For cells whose state goes nowhere but through the gates; padding passes all on. */
  final void passOnPaddingOnly(int t, INDArray dh) {
    if (padding != null && padding.at(t)) {
      padding.keepOnly(t, dh);
    } else {
      dh.assign(0);
    }
  }

  final void forward(@Nullable LayerState initial, INDArray out, boolean keep) {
    Slab c = cells();
    if (initial != null) {
      h.step(0).assign(initial.h());
      if (c != null && initial.c() != null) {
        c.step(0).assign(initial.c());
      }
    }
    INDArray used = Slab.columns(recurrent, 0, stateColumns());
    for (int t = 0; t < time; t++) {
      Slab.addProduct(h.step(t), used, stateBlocks(gates.step(t)));
      step(t);
      if (padding != null) {
        padding.carry(t, h.step(t), h.step(t + 1));
        if (c != null) {
          padding.carry(t, c.step(t), c.step(t + 1));
        }
      }
    }
    h.write(1, out);
    last = copyOf(new LayerState(h.step(time), c == null ? null : c.step(time)));
    canGoBack = keep;
    if (!keep) {
      close();
    }
  }

  @Override
  public final LayerState last() {
    return copyOf(Objects.requireNonNull(last, "forward comes first"));
  }

  private static LayerState copyOf(LayerState state) {
    return new LayerState(Slab.copy(state.h()), state.c() == null ? null : Slab.copy(state.c()));
  }

  @Override
  public final LayerState backward(
      INDArray dOut, @Nullable LayerState dLast, LayerArrays gradients, @Nullable INDArray dx) {
    if (!canGoBack) {
      throw new IllegalStateException("the pass was made without keeping, or was followed back");
    }
    LayerChecks.backward(shape, batch, time, dOut, dLast, gradients, dx);
    canGoBack = false;
    settleFactors();
    INDArray dh = Slab.zeros(type, batch, hidden);
    INDArray dc = cellGradient();
    if (dLast != null) {
      dh.assign(dLast.h());
      if (dc != null && dLast.c() != null) {
        dc.assign(dLast.c());
      }
    }
    INDArray used = Slab.columns(recurrent, 0, stateColumns());
    try (Slab read = newSlab()) {
      read.read(dOut);
      for (int t = time - 1; t >= 0; t--) {
        dh.addi(read.step(t));
        stepBack(t, dh);
        Slab.addProductTransposed(stateBlocks(gates.step(t)), used, dh);
      }
    }
    writeGradients(gradients);
    if (dx != null) {
      try (Slab ofX = new Slab(type, time, batch, shape.inputs())) {
        Slab.addProductTransposed(inputBlocks(), input, ofX.all());
        ofX.write(0, dx);
      }
    }
    close();
    return new LayerState(dh, dc);
  }

  private INDArray inputBlocks() {
    return gates.columns(0, blocks.inputCount() * hidden);
  }

  private void writeGradients(LayerArrays gradients) {
    INDArray ofInput = Slab.zeros(type, input.shape());
    INDArray ofRecurrent = Slab.zeros(type, recurrent.shape());
    INDArray ofBias = Slab.zeros(type, (long) blocks.count() * hidden);
    Slab.addTransposedProduct(x.all(), inputBlocks(), ofInput);
    recurrentGradient(ofRecurrent);
    gates.all().sum(ofBias, 0);
    for (int block = 0; block < blocks.count(); block++) {
      int gate = Blocks.gateOf(shape.cell(), block) * hidden;
      INDArray biasOfBlock = range(ofBias, block * hidden);
      if (block < blocks.inputCount()) {
        Slab.columns(gradients.input(), gate, hidden)
            .assign(Slab.columns(ofInput, block * hidden, hidden));
        range(gradients.bias(), gate).assign(biasOfBlock);
      } else if (gradients.recurrentBias() != null) {
        gradients.recurrentBias().assign(biasOfBlock);
      }
    }
    gradients.recurrent().assign(ofRecurrent);
    ofInput.close();
    ofRecurrent.close();
    ofBias.close();
  }

  private void close() {
    gates.close();
    h.close();
    x.close();
    scratch.close();
    recurrent.close();
    input.close();
    if (padding != null) {
      padding.close();
    }
    Slab c = cells();
    if (c != null) {
      c.close();
    }
    closeOwn();
  }
}
