package io.gatecast.core.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The GRU that resets before the product, {@code h~ = tanh(W_h x + b_h + U_h k)} with {@code k = r
 * ∘ h'}, {@code h = h' + z ∘ (h~ − h')}; back,
 *
 * <pre>
 * δa_z = δh ∘ (h~ − h') ∘ z ∘ (1 − z)        δa_h = δh ∘ z ∘ (1 − h~²)
 * δk   = U_h^T δa_h                          δa_r = δk ∘ k ∘ (1 − r)
 * </pre>
 */
final class PortableGruBefore extends PortablePass {
  private static final int UPDATE = 1;
  private static final int RESET = 2;
  private static final int CANDIDATE = 0;

  /** k. */
  private final Slab kept;

  /** U_h, a part of U. */
  private final INDArray ofCandidate;

  /** On the way back: {@code 1 − z}, and the factor of a_r, as its block holds r until used. */
  private @Nullable Slab past;

  private @Nullable Slab ofReset;

  PortableGruBefore(LayerShape shape, LayerArrays weights, INDArray x, @Nullable INDArray mask) {
    super(shape, weights, x, mask);
    kept = newSlab();
    ofCandidate = Slab.columns(recurrent, candidateGate(), hidden);
  }

  /** Where U_h begins among the columns of U, which are in canonical order. */
  private int candidateGate() {
    return Blocks.gateOf(shape.cell(), CANDIDATE) * hidden;
  }

  @Override
  void step(int t) {
    Transforms.sigmoid(stateBlocks(gates.step(t)), false);
    INDArray before = h.step(t);
    INDArray proposed = block(t, CANDIDATE);
    Slab.addProduct(block(t, RESET).muli(before, kept.step(t)), ofCandidate, proposed);
    Transforms.tanh(proposed, false);
    proposed.subi(before, h.step(t + 1)).muli(block(t, UPDATE)).addi(before);
  }

  @Override
  void settleFactors() {
    INDArray z = block(UPDATE);
    INDArray proposed = block(CANDIDATE);
    if (padding != null) {
      padding.clear(z); // the state is kept, and what follows has z
    }
    past = newSlab();
    z.rsubi(1, past.all());
    ofReset = newSlab();
    block(RESET).rsubi(1, ofReset.all()).muli(kept.all());
    try (Slab one = newSlab()) {
      INDArray some = one.all();
      proposed.subi(h.steps(0, time), some).muli(z).muli(past.all());
      proposed.muli(proposed).rsubi(1).muli(z);
      z.assign(some);
    }
  }

  @Override
  void stepBack(int t, INDArray dh) {
    INDArray candidate = block(t, CANDIDATE).muli(dh);
    block(t, UPDATE).muli(dh);
    dh.muli(Objects.requireNonNull(past).step(t));
    scratch.assign(0);
    Slab.addProductTransposed(candidate, ofCandidate, scratch);
    INDArray reset = block(t, RESET);
    dh.addi(reset.muli(scratch));
    scratch.muli(Objects.requireNonNull(ofReset).step(t), reset);
  }

  @Override
  void recurrentGradient(INDArray sum) {
    Slab.addTransposedProduct(
        h.steps(0, time), stateBlocks(gates.all()), Slab.columns(sum, 0, stateColumns()));
    Slab.addTransposedProduct(
        kept.all(), block(CANDIDATE), Slab.columns(sum, candidateGate(), hidden));
  }

  @Override
  void closeOwn() {
    kept.close();
    if (past != null) {
      past.close();
    }
    if (ofReset != null) {
      ofReset.close();
    }
  }
}
