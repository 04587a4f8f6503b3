package io.gatecast.forecasting.model;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Inputs;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.window.Windowing;
import java.util.List;

/** A forecaster of trained networks, which can be held against the oracle. */
public interface NetworkForecaster extends Forecaster {

  /** Its networks; one, or the members of an ensemble. */
  List<RecurrentNetwork> networks();

  /**
   * What the networks read from some origins.
   *
   * @param origins where to forecast from
   */
  Inputs windows(List<History> origins);

  /** Features and transforms of its series. */
  Windowing windowing();

  /** Epochs trained, the most of any network. */
  int epochs();

  /** The epoch whose weights were kept; of an ensemble, that of its first member. */
  int bestEpoch();

  @Override
  default Kind kind() {
    return Kind.NETWORK;
  }

  @Override
  default long parameters() {
    return networks().stream().mapToLong(network -> network.spec().parameters()).sum();
  }

  @Override
  default void close() {
    networks().forEach(RecurrentNetwork::close);
  }
}
