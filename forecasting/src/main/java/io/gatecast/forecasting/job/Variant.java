package io.gatecast.forecasting.job;

import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.model.NetworkSettings.Strategy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Another form of a job's network, which a backtest tests beside it. */
enum Variant {
  /** One output for each step. */
  DIRECT {
    @Override
    NetworkSettings of(NetworkSettings network) {
      return network.with(Strategy.DIRECT);
    }
  },
  /** One step, again and again. */
  RECURSIVE {
    @Override
    NetworkSettings of(NetworkSettings network) {
      return network.with(Strategy.RECURSIVE);
    }
  },
  /** Three networks that differ by their seed. */
  ENSEMBLE {
    @Override
    NetworkSettings of(NetworkSettings network) {
      return network.with(3);
    }
  },
  /** Quantiles of each step instead of one number. */
  QUANTILES {
    @Override
    NetworkSettings of(NetworkSettings network) {
      return network.with(NetworkSettings.quantiles());
    }
  };

  /** The names as job files write them. */
  static final List<String> LABELS =
      Arrays.stream(values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();

  static Variant of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /** The network in this form. */
  abstract NetworkSettings of(NetworkSettings network);
}
