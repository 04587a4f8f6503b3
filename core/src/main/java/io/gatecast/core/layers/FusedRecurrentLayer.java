package io.gatecast.core.layers;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.kernel.LayerState;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link FusedRecurrent} computes: it hands whole sequences to a kernel, and keeps the
 * forward pass of training for the way back.
 *
 * <p>Masked steps carry the state through, wherever they stand. Truncated backpropagation through
 * time is refused.
 */
final class FusedRecurrentLayer extends BaseRecurrentLayer<FusedRecurrent> {
  private static final long serialVersionUID = 1L;
  private static final String H = "h";
  private static final String C = "c";

  private final transient LayerKernel kernel;
  private transient LayerKernel.@Nullable Pass kept;

  FusedRecurrentLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.kernel = Kernels.best(dataType);
  }

  private LayerShape shape() {
    return layerConf().shape();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return forward(null, training, workspaces).out();
  }

  private record Forward(INDArray out, LayerKernel.Pass pass) {}

  private Forward forward(
      @Nullable LayerState initial, boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "input: expected [batch, size, time], found " + input.shapeInfoToString());
    }
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = permuteIfNWC(input.castTo(dataType));
    LayerShape shape = shape();
    if (x.size(1) != shape.inputs()) {
      throw new IllegalArgumentException(
          "input: expected " + shape.inputs() + " inputs a step, found " + x.size(1));
    }
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            dataType,
            new long[] {x.size(0), shape.hidden(), x.size(2)},
            'f');
    LayerKernel.Pass pass =
        kernel.forward(
            shape,
            FusedParams.arrays(shape, params(training, workspaces)),
            x,
            maskArray == null ? null : maskArray.castTo(dataType),
            initial,
            out,
            training);
    kept = training ? pass : null;
    return new Forward(permuteIfNWC(out), pass);
  }

  private Map<String, INDArray> params(boolean training, LayerWorkspaceMgr workspaces) {
    Map<String, INDArray> params = new HashMap<>();
    for (String key : layerConf().initializer().paramKeys(layerConf())) {
      params.put(key, getParamWithNoise(key, training, workspaces));
    }
    return params;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    LayerKernel.Pass pass = kept;
    if (pass == null) {
      pass = forward(null, true, workspaces).pass();
    }
    kept = null;
    LayerShape shape = shape();
    INDArray dx =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, dataType, permuteIfNWC(input).shape(), 'f');
    pass.backward(
        permuteIfNWC(epsilon.castTo(dataType)), null, FusedParams.arrays(shape, gradientViews), dx);
    weightNoiseParams.clear();
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    for (String key : layerConf().initializer().paramKeys(layerConf())) {
      gradient.setGradientFor(key, gradientViews.get(key));
    }
    return new Pair<>(gradient, permuteIfNWC(backpropDropOutIfPresent(dx)));
  }

  @Override
  public INDArray rnnTimeStep(INDArray next, LayerWorkspaceMgr workspaces) {
    setInput(next, workspaces);
    INDArray h = stateMap.get(H);
    Forward forward =
        forward(h == null ? null : new LayerState(h, stateMap.get(C)), false, workspaces);
    LayerState last = forward.pass().last();
    stateMap.put(H, last.h());
    INDArray c = last.c();
    if (c != null) {
      stateMap.put(C, c);
    }
    return forward.out();
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray next, boolean training, boolean storeLast, LayerWorkspaceMgr workspaces) {
    throw truncated();
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int steps, LayerWorkspaceMgr workspaces) {
    throw truncated();
  }

  private static UnsupportedOperationException truncated() {
    return new UnsupportedOperationException(
        "backpropType: expected Standard, found TruncatedBPTT: DL4J's loop loses part of the gradient"
            + " at every cut; give shorter sequences instead");
  }

  @Override
  public void clear() {
    super.clear();
    kept = null;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
