package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@code h = φ(a)}; back, {@code δa = δh ∘ φ'(a)}. */
final class PortableRnn extends PortablePass {
  private final CellSpec.Activation activation;

  PortableRnn(
      CellSpec.Activation activation,
      LayerShape shape,
      LayerArrays weights,
      INDArray x,
      @Nullable INDArray mask) {
    super(shape, weights, x, mask);
    this.activation = activation;
  }

  @Override
  void step(int t) {
    INDArray after = h.step(t + 1).assign(gates.step(t));
    switch (activation) {
      case TANH -> Transforms.tanh(after, false);
      case SIGMOID -> Transforms.sigmoid(after, false);
      // Not Transforms.max, which makes 0 of what is not a number.
      case RELU -> Nd4j.exec(new RectifiedLinear(after, after));
    }
  }

  @Override
  void settleFactors() {
    INDArray after = h.steps(1, time + 1);
    INDArray factor = gates.all();
    switch (activation) {
      case TANH -> after.muli(after, factor).rsubi(1);
      case SIGMOID -> after.rsubi(1, factor).muli(after);
      case RELU -> Nd4j.exec(new Step(after, factor));
    }
    if (padding != null) {
      padding.clear(factor);
    }
  }

  @Override
  void stepBack(int t, INDArray dh) {
    gates.step(t).muli(dh);
    passOnPaddingOnly(t, dh);
  }
}
