package io.gatecast.core.layers;

import io.gatecast.core.kernel.LayerArrays;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.spec.CellSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How a {@link FusedRecurrent}'s parameters lie in DL4J's flat array: W, then U, then b, then c_h
 * where the cell has it, each row by row as {@link LayerShape} tells.
 */
final class FusedParams implements ParamInitializer {
  static final String INPUT = "W";
  static final String RECURRENT = "RW";
  static final String BIAS = "b";
  static final String RECURRENT_BIAS = "rb";

  private static LayerShape shape(Layer layer) {
    return ((FusedRecurrent) layer).shape();
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    LayerShape shape = shape(layer);
    long hidden = shape.hidden();
    long gate = hidden * shape.inputs() + hidden * hidden + hidden;
    return shape.gates() * gate + (shape.hasRecurrentBias() ? hidden : 0);
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return shape(layer).hasRecurrentBias()
        ? List.of(INPUT, RECURRENT, BIAS, RECURRENT_BIAS)
        : List.of(INPUT, RECURRENT, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(INPUT, RECURRENT);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return shape(layer).hasRecurrentBias() ? List.of(BIAS, RECURRENT_BIAS) : List.of(BIAS);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
    FusedRecurrent layer = (FusedRecurrent) conf.getLayer();
    LayerShape shape = layer.shape();
    Map<String, INDArray> views = views(shape, paramsView);
    if (initializeParams) {
      int hidden = shape.hidden();
      long[] inputShape = {shape.inputs(), (long) shape.gates() * hidden};
      long[] recurrentShape = {hidden, (long) shape.gates() * hidden};
      IWeightInit forInput = layer.getWeightInitFn();
      IWeightInit own = layer.getWeightInitFnRecurrent();
      IWeightInit forState = own == null ? forInput : own;
      // Fan-in and fan-out are a gate's own, as the gates are matrices of their own.
      forInput.init(shape.inputs(), hidden, inputShape, 'c', flat(views, INPUT));
      forState.init(hidden, hidden, recurrentShape, 'c', flat(views, RECURRENT));
      INDArray bias = flat(views, BIAS).assign(layer.getBiasInit());
      if (shape.cell() instanceof CellSpec.Lstm) {
        int forget = shape.cell().gates().indexOf("forget") * hidden;
        bias.get(NDArrayIndex.interval(forget, forget + hidden)).assign(layer.getForgetBias());
      }
      if (shape.hasRecurrentBias()) {
        flat(views, RECURRENT_BIAS).assign(0);
      }
    }
    paramKeys(layer).forEach(conf::addVariable);
    return views;
  }

  private static INDArray flat(Map<String, INDArray> views, String key) {
    INDArray view = Objects.requireNonNull(views.get(key));
    return view.reshape('c', new long[] {view.length()});
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradientView) {
    return views(shape(conf.getLayer()), gradientView);
  }

  private static Map<String, INDArray> views(LayerShape shape, INDArray flattened) {
    INDArray all = flattened.reshape(flattened.length());
    long hidden = shape.hidden();
    long width = shape.gates() * hidden;
    Map<String, INDArray> views = new LinkedHashMap<>();
    long at = 0;
    at = put(views, INPUT, all, at, shape.inputs(), width);
    at = put(views, RECURRENT, all, at, hidden, width);
    at = put(views, BIAS, all, at, width);
    if (shape.hasRecurrentBias()) {
      put(views, RECURRENT_BIAS, all, at, hidden);
    }
    return views;
  }

  private static long put(
      Map<String, INDArray> views, String key, INDArray all, long from, long... sizes) {
    long to = from;
    long length = 1;
    for (long size : sizes) {
      length *= size;
    }
    to += length;
    views.put(key, all.get(NDArrayIndex.interval(from, to)).reshape('c', sizes));
    return to;
  }

  /** The arrays as kernels take them. */
  static LayerArrays arrays(LayerShape shape, Map<String, INDArray> table) {
    return new LayerArrays(
        Objects.requireNonNull(table.get(INPUT)),
        Objects.requireNonNull(table.get(RECURRENT)),
        Objects.requireNonNull(table.get(BIAS)),
        shape.hasRecurrentBias() ? table.get(RECURRENT_BIAS) : null);
  }
}
