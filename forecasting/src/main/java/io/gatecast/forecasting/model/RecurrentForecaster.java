package io.gatecast.forecasting.model;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.window.Windowing;
import java.util.List;

/**
 * A trained network as a forecaster: look-back windows in, levels out. One model over all series.
 * It does not own the network.
 */
public final class RecurrentForecaster implements Forecaster {
  private final RecurrentNetwork network;
  private final Windowing windowing;

  /**
   * Joins a network and the windows that it was trained on.
   *
   * @param network trained
   * @param windowing features and transforms of its series
   */
  public RecurrentForecaster(RecurrentNetwork network, Windowing windowing) {
    this.network = network;
    this.windowing = windowing;
  }

  @Override
  public String name() {
    return network.spec().cellNames();
  }

  @Override
  public Kind kind() {
    return Kind.NETWORK;
  }

  @Override
  public long parameters() {
    return network.spec().parameters();
  }

  @Override
  public double[][] forecast(List<History> origins) {
    float[][] outputs = network.forecast(windowing.at(origins));
    double[][] levels = new double[outputs.length][];
    for (int i = 0; i < outputs.length; i++) {
      History origin = origins.get(i);
      levels[i] = windowing.of(origin.series()).transforms().levels(origin, outputs[i]);
    }
    return levels;
  }
}
