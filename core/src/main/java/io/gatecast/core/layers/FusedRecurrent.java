package io.gatecast.core.layers;

import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.spec.CellSpec;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer for Deeplearning4j, of any of the project's cells: configuration and sizes.
 * What computes is {@link FusedRecurrentLayer}.
 *
 * <p>It takes and gives whole sequences; wrap it in DL4J's {@code LastTimeStep} for the last step.
 * The cell's functions are part of the cell, so that DL4J's {@code activation} is not asked.
 * Dropout is on the layer's input. Not offered: truncated backpropagation through time, which
 * DL4J's training loop gets wrong; peepholes; layer normalisation.
 */
public final class FusedRecurrent extends BaseRecurrentLayer {
  /** The cell by its label, which is what the JSON holds: no class names. */
  private String cell = "";

  /** The bias that an LSTM's forget gate starts with. */
  private double forgetBias = 1;

  private FusedRecurrent(Builder builder) {
    super(builder);
    this.cell = builder.cell.label();
    this.forgetBias = builder.forgetBias;
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
    FusedRecurrentLayer layer = new FusedRecurrentLayer(conf, networkDataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(layerParamsView);
    Map<String, INDArray> table = initializer().init(conf, layerParamsView, initializeParams);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
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
