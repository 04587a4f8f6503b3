package io.gatecast.forecasting.model.smoothing;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fitted exponential smoothing: parameters stay, the state at an origin is that of the values known
 * up to it. Where values are not restated, one pass through a series serves all of its origins.
 *
 * <p>From the first value that a model was fitted to on, the pass begins with the fitted initial
 * state; origins before that get a state that begins with the series' first value. An origin before
 * any value gets no numbers.
 */
public final class EtsForecaster implements Forecaster {
  private final Map<String, Model> models;
  private final int horizon;
  private final SmoothingScale scale;

  /**
   * A series' model.
   *
   * @param fit form, parameters, initial state
   * @param from time of the first value that it was fitted to
   */
  record Model(EtsFit fit, long from) {}

  EtsForecaster(Map<String, Model> models, int horizon, ErrorScale scale) {
    this.models = Map.copyOf(models);
    this.horizon = horizon;
    this.scale = SmoothingScale.of(scale);
  }

  @Override
  public String name() {
    return EtsEstimator.NAME;
  }

  @Override
  public Kind kind() {
    return Kind.BASELINE;
  }

  /** Smoothing parameters and initial states that were fitted, those of all series together. */
  @Override
  public long parameters() {
    return models.values().stream().mapToLong(model -> model.fit().estimated()).sum();
  }

  /**
   * A series' fitted model.
   *
   * @param series its name
   * @throws IllegalArgumentException if none of that name was there to be fitted
   */
  public EtsFit fit(String series) {
    return model(series).fit();
  }

  private Model model(String series) {
    Model model = models.get(series);
    if (model == null) {
      throw new IllegalArgumentException(
          "series: expected one of "
              + models.keySet().stream().sorted().toList()
              + ", to which the model was fitted, found "
              + series);
    }
    return model;
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    double[][] means = new double[origins.size()][];
    Map<TimeSeries, List<Integer>> ofSeries = new LinkedHashMap<>();
    for (int i = 0; i < means.length; i++) {
      ofSeries.computeIfAbsent(origins.get(i).series(), none -> new ArrayList<>()).add(i);
    }
    ofSeries.forEach(
        (series, places) -> {
          if (series.hasVintages()) {
            places.forEach(place -> pass(series, origins, List.of(place), means));
          } else {
            places.sort(Comparator.comparingInt(place -> origins.get(place).origin()));
            pass(series, origins, places, means);
          }
        });
    return Forecasts.of(means);
  }

  /** Goes through a series once and forecasts from the origins at these places, in their order. */
  private void pass(
      TimeSeries series, List<History> origins, List<Integer> places, double[][] means) {
    Model model = model(series.name());
    int start = model.from() == Long.MIN_VALUE ? 0 : series.stepsUntil(model.from() - 1);
    double[] values = origins.get(places.get(places.size() - 1)).targets();
    int step = origins.get(places.get(0)).origin() < start ? 0 : start;
    scale.apply(values, series, 0);
    EtsState state = EtsState.unknown(model.fit().form(), model.fit().parameters());
    for (int place : places) {
      for (; step <= origins.get(place).origin(); step++) {
        state = step == start ? model.fit().state() : state;
        state.step(values[step]);
      }
      means[place] = state.forecast(horizon);
      scale.invert(means[place]);
    }
  }
}
