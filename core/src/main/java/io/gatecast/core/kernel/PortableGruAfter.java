package io.gatecast.core.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The GRU that resets after the product, {@code h~ = tanh(W_h x + b_h + r ∘ p)} with {@code p = U_h
 * h' + c_h}, {@code h = h' + z ∘ (h~ − h')}; back,
 *
 * <pre>
 * δa_z = δh ∘ (h~ − h') ∘ z ∘ (1 − z)        δa_h = δh ∘ z ∘ (1 − h~²)
 * δp   = δa_h ∘ r                            δa_r = δa_h ∘ p ∘ r ∘ (1 − r)
 * </pre>
 *
 * <p>so that each is δh times a factor.
 */
final class PortableGruAfter extends PortablePass {
  private static final int CANDIDATE = 0;
  private static final int UPDATE = 1;
  private static final int RESET = 2;
  private static final int PRODUCT = 3;

  /** On the way back: {@code 1 − z}. */
  private @Nullable Slab past;

  PortableGruAfter(LayerShape shape, LayerArrays weights, INDArray x, @Nullable INDArray mask) {
    super(shape, weights, x, mask);
  }

  @Override
  void step(int t) {
    Transforms.sigmoid(gates.step(t, UPDATE * hidden, 2 * hidden), false);
    block(t, RESET).muli(block(t, PRODUCT), scratch);
    INDArray proposed = Transforms.tanh(block(t, CANDIDATE).addi(scratch), false);
    INDArray before = h.step(t);
    proposed.subi(before, h.step(t + 1)).muli(block(t, UPDATE)).addi(before);
  }

  @Override
  void settleFactors() {
    INDArray proposed = block(CANDIDATE);
    INDArray z = block(UPDATE);
    INDArray r = block(RESET);
    INDArray p = block(PRODUCT);
    if (padding != null) {
      padding.clear(z); // the state is kept, and every factor has z
    }
    past = newSlab();
    z.rsubi(1, past.all());
    try (Slab one = newSlab()) {
      INDArray some = one.all();
      proposed.subi(h.steps(0, time), some).muli(z).muli(past.all());
      proposed.muli(proposed).rsubi(1).muli(z);
      z.assign(some);
      r.rsubi(1, some).muli(r).muli(p).muli(proposed);
      r.muli(proposed, p);
      r.assign(some);
    }
  }

  @Override
  void stepBack(int t, INDArray dh) {
    for (int block = 0; block < blocks.count(); block++) {
      block(t, block).muli(dh);
    }
    dh.muli(Objects.requireNonNull(past).step(t));
  }

  @Override
  void closeOwn() {
    if (past != null) {
      past.close();
    }
  }
}
