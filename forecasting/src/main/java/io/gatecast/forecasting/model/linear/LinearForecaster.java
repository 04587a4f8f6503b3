package io.gatecast.forecasting.model.linear;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.window.InputWindows;
import io.gatecast.forecasting.window.Windowing;
import java.util.List;

/** A fitted {@link LinearAutoregression}. Immutable; threads may share it. */
public final class LinearForecaster implements Forecaster {
  private final Design design;
  private final LinearMap map;
  private final double penalty;
  private final long parameters;
  private final Windowing windowing;

  LinearForecaster(
      Design design, LinearMap map, double penalty, long parameters, Windowing windowing) {
    this.design = design;
    this.map = map;
    this.penalty = penalty;
    this.parameters = parameters;
    this.windowing = windowing;
  }

  @Override
  public String name() {
    return design.form().label();
  }

  @Override
  public Kind kind() {
    return Kind.BASELINE;
  }

  /** Weights and intercepts of all steps ahead; columns that do not vary have none. */
  @Override
  public long parameters() {
    return parameters;
  }

  /** The penalty λ that the validation part chose. */
  public double penalty() {
    return penalty;
  }

  /** What was regressed on, in words. */
  public String description() {
    boolean all = design.features() == design.width();
    return "ridge regression on "
        + design.lookback()
        + " steps of "
        + (all && design.width() > 1 ? "all " + design.width() + " features" : "the target")
        + ", penalty "
        + penalty;
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    InputWindows windows = windowing.at(origins);
    double[][] levels = new double[origins.size()][];
    float[] outputs = new float[windowing.horizon()];
    Design.Row row = design.row();
    for (int i = 0; i < levels.length; i++) {
      row.of(windows, i);
      for (int h = 0; h < outputs.length; h++) {
        outputs[h] = (float) (map.apply(row.values(), h) + row.base());
      }
      History origin = origins.get(i);
      levels[i] = windowing.of(origin.series()).transforms().levels(origin, outputs);
    }
    return Forecasts.of(levels);
  }
}
