package io.gatecast.core.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code C = f ∘ C' + i ∘ C~, h = o ∘ tanh(C)}; back, with {@code T = tanh(C)} and δC on the right
 * from the step after,
 *
 * <pre>
 * δC   = δC + δh ∘ o ∘ (1 − T²)          δC' = δC ∘ f
 * δa_f = δC ∘ C' ∘ f ∘ (1 − f)           δa_i = δC ∘ C~ ∘ i ∘ (1 − i)
 * δa_o = δh ∘ T ∘ o ∘ (1 − o)            δa_c = δC ∘ i ∘ (1 − C~²)
 * </pre>
 */
final class PortableLstm extends PortablePass {
  private static final int FORGET = 0;
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int CANDIDATE = 3;

  private final Slab c;

  /** On the way back: f, as its block holds a factor; 1 where a step is padding. */
  private @Nullable Slab forget;

  /** {@code o ∘ (1 − T²)}. */
  private @Nullable Slab toCell;

  private @Nullable INDArray dc;

  PortableLstm(LayerShape shape, LayerArrays weights, INDArray x, @Nullable INDArray mask) {
    super(shape, weights, x, mask);
    c = new Slab(type, time + 1, batch, hidden);
  }

  @Override
  Slab cells() {
    return c;
  }

  @Override
  @Nullable INDArray cellGradient() {
    return dc;
  }

  @Override
  void step(int t) {
    Transforms.sigmoid(gates.step(t, 0, CANDIDATE * hidden), false);
    INDArray proposed = Transforms.tanh(block(t, CANDIDATE), false);
    block(t, INPUT).muli(proposed, scratch);
    INDArray cell = c.step(t + 1);
    block(t, FORGET).muli(c.step(t), cell).addi(scratch);
    Transforms.tanh(h.step(t + 1).assign(cell), false).muli(block(t, OUTPUT));
  }

  @Override
  void settleFactors() {
    INDArray f = block(FORGET);
    INDArray i = block(INPUT);
    INDArray o = block(OUTPUT);
    INDArray proposed = block(CANDIDATE);
    forget = newSlab();
    forget.all().assign(f);
    toCell = newSlab();
    try (Slab first = newSlab();
        Slab second = newSlab()) {
      INDArray some = first.all();
      INDArray other = second.all();
      Transforms.tanh(other.assign(c.steps(1, time + 1)), false);
      other.muli(other, toCell.all()).rsubi(1).muli(o);
      o.rsubi(1, some).muli(other);
      o.muli(some);
      f.rsubi(1, some).muli(c.steps(0, time));
      f.muli(some);
      proposed.muli(proposed, some).rsubi(1).muli(i);
      i.rsubi(1, other).muli(proposed);
      i.muli(other);
      proposed.assign(some);
    }
    if (padding != null) {
      padding.clear(gates.all());
      padding.clear(toCell.all());
      padding.clear(forget.all());
      padding.plusOne(forget.all());
    }
    dc = Slab.zeros(type, batch, hidden);
  }

  @Override
  void stepBack(int t, INDArray dh) {
    INDArray ofCell = Objects.requireNonNull(dc);
    dh.muli(Objects.requireNonNull(toCell).step(t), scratch);
    ofCell.addi(scratch);
    block(t, FORGET).muli(ofCell);
    block(t, INPUT).muli(ofCell);
    block(t, OUTPUT).muli(dh);
    block(t, CANDIDATE).muli(ofCell);
    ofCell.muli(Objects.requireNonNull(forget).step(t));
    passOnPaddingOnly(t, dh);
  }

  @Override
  void closeOwn() {
    if (forget != null) {
      forget.close();
    }
    if (toCell != null) {
      toCell.close();
    }
  }
}
