package io.gatecast.core.layers;

import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.spec.CellSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * A recurrent layer for Deeplearning4j, of any of the project's cells: configuration and sizes.
 * What computes is {@link FusedRecurrentLayer}.
 *
 * <p>It takes and gives whole sequences; wrap it in DL4J's {@code LastTimeStep} for the last step.
 * The cell's functions are part of the cell, so that DL4J's {@code activation} is not asked.
 * Dropout is on the layer's input. Where a mask is 0 the state is carried through. L1, L2 and
 * weight decay are of {@code W} and {@code RW}; their bias variants of {@code b} and {@code rb}.
 *
 * <p>Training starts from zeros. For another initial state give the network {@code
 * rnnSetPreviousState(layer, Map.of(STATE_H, h))}, and for an LSTM {@code STATE_C}, too, each
 * {@code [batch, hidden]}: {@code rnnTimeStep} goes on from it and moves it, {@code
 * rnnActivateUsingStoredState(x, training, false)} starts from it and leaves it, and a way back
 * after that is of those activations. DL4J's {@code rnnTimeStep} and its fine-tuning settings do
 * not reach through {@code LastTimeStep}; a graph's {@code LastTimeStepVertex} has neither limit.
 *
 * <p>Refused when a network is made or first trained, because DL4J gets it wrong: truncated
 * backpropagation through time (the gradient of the carried state), weight noise that multiplies,
 * such as {@code DropConnect} (its factor is missing from the gradient), data types other than
 * float and double. Not offered: peepholes, layer normalisation.
 */
public final class FusedRecurrent extends BaseRecurrentLayer {
  /** The key of h, {@code [batch, hidden]}, in the state that DL4J carries from call to call. */
  public static final String STATE_H = "h";

  /** The key of an LSTM's C, {@code [batch, hidden]}, beside {@link #STATE_H}. */
  public static final String STATE_C = "c";

  /** The cell by its label, which is what the JSON holds: no class names. */
  private String cell = "";

  /** The bias that an LSTM's forget gate starts with. */
  private double forgetBias = 1;

  private FusedRecurrent(Builder builder) {
    super(builder);
    this.cell = builder.cell.label();
    this.forgetBias = builder.forgetBias;
    initializeConstraints(builder);
  }

  /** For JSON. */
  private FusedRecurrent() {}

  /** The cell. */
  public CellSpec cell() {
    return CellSpec.of(cell);
  }

  /** The cell by its label, for JSON. */
  public String getCell() {
    return cell;
  }

  /** For JSON. */
  public void setCell(String label) {
    this.cell = CellSpec.of(label).label();
  }

  /** The bias that an LSTM's forget gate starts with. */
  public double getForgetBias() {
    return forgetBias;
  }

  /** For JSON. */
  public void setForgetBias(double bias) {
    this.forgetBias = bias;
  }

  @Override
  protected void initializeConstraints(Layer.Builder<?> builder) {
    super.initializeConstraints(builder);
    Builder own = (Builder) builder;
    constrain(FusedParams.INPUT, own.getInputWeightConstraints());
    constrain(FusedParams.RECURRENT, own.getRecurrentConstraints());
  }

  private void constrain(String key, @Nullable List<LayerConstraint> added) {
    if (added == null) {
      return;
    }
    List<LayerConstraint> all =
        getConstraints() == null ? new ArrayList<>() : new ArrayList<>(getConstraints());
    for (LayerConstraint constraint : added) {
      LayerConstraint copy = constraint.clone();
      copy.setParams(Set.of(key));
      all.add(copy);
    }
    setConstraints(all);
  }

  /**
   * The regularisations of a parameter. DL4J copies the network's weight decay into a layer twice,
   * and beside the layer's own; here the first, which is the layer's own if it has one, counts.
   */
  @Override
  public List<Regularization> getRegularizationByParam(String paramName) {
    List<Regularization> all = super.getRegularizationByParam(paramName);
    if (all == null) {
      return List.of();
    }
    List<Regularization> once = new ArrayList<>();
    boolean decays = false;
    for (Regularization found : all) {
      boolean decay = found instanceof WeightDecay;
      if (!(decay && decays) && !once.contains(found)) {
        once.add(found);
      }
      decays |= decay;
    }
    return once;
  }

  LayerShape shape() {
    return new LayerShape(cell(), Math.toIntExact(getNIn()), Math.toIntExact(getNOut()));
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      @Nullable Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray layerParamsView,
      boolean initializeParams,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet(
        "FusedRecurrent", getLayerName(), layerIndex, getNIn(), getNOut());
    requireComputable(layerIndex, networkDataType);
    FusedRecurrentLayer layer = new FusedRecurrentLayer(conf, networkDataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    Map<String, INDArray> table = initializer().init(conf, layerParamsView, initializeParams);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }

  private void requireComputable(int index, DataType type) {
    String where = " (layer name: " + getLayerName() + ", layer index: " + index + ")";
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new DL4JInvalidConfigException(
          "data type: expected FLOAT or DOUBLE, found "
              + type
              + where
              + "; set dataType(DataType.FLOAT) on the network's configuration");
    }
    IWeightNoise noise = getWeightNoise();
    if (noise != null && !(noise instanceof WeightNoise known && known.isAdditive())) {
      throw new DL4JInvalidConfigException(
          "weight noise: expected none or additive WeightNoise, found "
              + noise
              + where
              + ": DL4J leaves the factor out of the gradient; use dropout on the inputs instead");
    }
  }

  @Override
  public ParamInitializer initializer() {
    return new FusedParams();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType.InputTypeRecurrent sequence = (InputType.InputTypeRecurrent) inputType;
    long gates = Math.max(1, sequence.getTimeSeriesLength()) * shape().gates() * getNOut();
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(
            getLayerName(), FusedRecurrent.class, inputType, getOutputType(-1, inputType))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, gates, 0, 2 * gates)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FusedRecurrent that
        && super.equals(other)
        && cell.equals(that.cell)
        && forgetBias == that.forgetBias;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), cell, forgetBias);
  }

  @Override
  public String toString() {
    return "FusedRecurrent(" + cell + ", " + getNIn() + " -> " + getNOut() + ")";
  }

  /** Builds the layer's configuration. */
  @SuppressWarnings("unchecked") // of build: DL4J's own builders do so
  public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
    private final CellSpec cell;
    private double forgetBias = 1;

    /**
     * A layer of a cell.
     *
     * @param cell kind and variant
     */
    public Builder(CellSpec cell) {
      this.cell = cell;
    }

    /**
     * Sets the bias that an LSTM's forget gate starts with; 1 if it is not called.
     *
     * @param bias the bias
     * @return this builder
     */
    public Builder forgetBias(double bias) {
      this.forgetBias = bias;
      return this;
    }

    @Override
    public FusedRecurrent build() {
      return new FusedRecurrent(this);
    }
  }
}
