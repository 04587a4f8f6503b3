package io.gatecast.core.layers;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.kernel.LayerState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
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
 * <p>Masked steps carry the state through, wherever they stand. A state that is carried from call
 * to call is under {@link FusedRecurrent#STATE_H} and {@link FusedRecurrent#STATE_C}; training
 * starts from zeros, as with DL4J's own layers. Truncated backpropagation through time is refused.
 */
final class FusedRecurrentLayer extends BaseRecurrentLayer<FusedRecurrent> {
  private static final long serialVersionUID = 1L;

  private final transient LayerKernel kernel;
  private transient LayerKernel.@Nullable Pass kept;

  FusedRecurrentLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    this.kernel = Kernels.best(dataType);
  }

  @Override
  public void setConf(NeuralNetConfiguration conf) {
    if (conf.getLayer() instanceof FusedRecurrent) {
      super.setConf(conf);
    } else {
      // Freezing hands the wrapper's configuration down to what is wrapped.
      NeuralNetConfiguration own = conf.clone();
      own.setLayer(unwrapped(conf.getLayer()));
      super.setConf(own);
    }
  }

  private static Layer unwrapped(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return unwrapped(wrapper.getUnderlying());
    }
    return layer instanceof FrozenLayer frozen ? unwrapped(frozen.getLayer()) : layer;
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
    super.setInput(input, workspaces);
    kept = null;
  }

  @Override
  public void setParams(INDArray params) {
    if (params != paramsFlattened) {
      setParams(params, 'c');
    }
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
          "input: expected three dimensions, found "
              + Arrays.toString(input.shape())
              + " at "
              + layerId());
    }
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = permuteIfNWC(input.castTo(dataType));
    LayerShape shape = shape();
    if (x.size(1) != shape.inputs()) {
      throw new IllegalArgumentException(
          "input: expected "
              + shape.inputs()
              + " inputs a step, found "
              + x.size(1)
              + " in "
              + Arrays.toString(input.shape())
              + ", taken as "
              + (getDataFormat() == RNNFormat.NWC ? "[batch, time, size]" : "[batch, size, time]")
              + ", at "
              + layerId());
    }
    INDArray mask = maskArray;
    if (mask != null
        && (mask.rank() != 2 || mask.size(0) != x.size(0) || mask.size(1) != x.size(2))) {
      throw new IllegalArgumentException(
          "mask: expected ["
              + x.size(0)
              + ", "
              + x.size(2)
              + "], a number for each step, found "
              + Arrays.toString(mask.shape())
              + " at "
              + layerId());
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
            mask == null ? null : mask.castTo(dataType),
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
      gradient.setGradientFor(key, gradientViews.get(key), 'c');
    }
    // What was dropped lies in the input's own format.
    return new Pair<>(gradient, backpropDropOutIfPresent(permuteIfNWC(dx)));
  }

  @Override
  public INDArray rnnTimeStep(INDArray next, LayerWorkspaceMgr workspaces) {
    setInput(next, workspaces);
    Forward forward = forward(storedState(next.size(0)), false, workspaces);
    LayerState last = forward.pass().last();
    stateMap.put(FusedRecurrent.STATE_H, last.h());
    INDArray c = last.c();
    if (c != null) {
      stateMap.put(FusedRecurrent.STATE_C, c);
    }
    return forward.out();
  }

  /** The state that the caller set or the last call left; null for zeros. */
  private @Nullable LayerState storedState(long batch) {
    INDArray h = stateMap.get(FusedRecurrent.STATE_H);
    if (h == null) {
      return null;
    }
    long hidden = shape().hidden();
    for (Map.Entry<String, INDArray> part : stateMap.entrySet()) {
      INDArray value = part.getValue();
      if (value.rank() != 2 || value.size(0) != batch || value.size(1) != hidden) {
        throw new IllegalArgumentException(
            "state "
                + part.getKey()
                + ": expected ["
                + batch
                + ", "
                + hidden
                + "], found "
                + Arrays.toString(value.shape())
                + " at "
                + layerId()
                + "; call rnnClearPreviousState before other sequences");
      }
    }
    INDArray c = stateMap.get(FusedRecurrent.STATE_C);
    return new LayerState(h.castTo(dataType), c == null ? null : c.castTo(dataType));
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    Set<String> expected =
        shape().hasCellState()
            ? Set.of(FusedRecurrent.STATE_H, FusedRecurrent.STATE_C)
            : Set.of(FusedRecurrent.STATE_H);
    if (!state.isEmpty() && !state.keySet().equals(expected)) {
      throw new IllegalArgumentException(
          "state: expected the keys "
              + expected
              + ", found "
              + state.keySet()
              + " at "
              + layerId());
    }
    super.rnnSetPreviousState(state);
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray next, boolean training, boolean storeLast, LayerWorkspaceMgr workspaces) {
    if (storeLast) {
      throw truncated();
    }
    setInput(next, workspaces);
    return forward(storedState(next.size(0)), training, workspaces).out();
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int steps, LayerWorkspaceMgr workspaces) {
    throw truncated();
  }

  private UnsupportedOperationException truncated() {
    return new UnsupportedOperationException(
        "backpropType: expected Standard, found TruncatedBPTT at "
            + layerId()
            + ": DL4J's loop loses part of the gradient at every cut; give shorter sequences"
            + " instead");
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
