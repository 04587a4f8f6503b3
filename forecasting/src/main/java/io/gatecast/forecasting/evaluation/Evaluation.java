package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.evaluation.metric.Accuracy;
import io.gatecast.forecasting.evaluation.metric.Observation;
import io.gatecast.forecasting.evaluation.metric.Scorecard;
import io.gatecast.forecasting.evaluation.metric.TrainScale;
import io.gatecast.forecasting.evaluation.metric.VarianceTarget;
import io.gatecast.forecasting.evaluation.significance.DieboldMariano;
import io.gatecast.forecasting.evaluation.significance.LagCopy;
import io.gatecast.forecasting.evaluation.significance.PanelLosses;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.window.Fold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What some models' forecasts from the same origins come to, over all folds: accuracy, tests of one
 * against another, and whether one merely repeats the last value. It keeps sums, and two numbers
 * for each origin's time and model, but no forecasts. For one thread.
 */
public final class Evaluation implements Backtest.Sink {
  private final int horizon;
  private final int stride;
  private final VarianceTarget variance;
  private final List<IntervalMethod> others;
  private final Map<String, Tallies> models = new LinkedHashMap<>();
  private final PanelLosses losses = new PanelLosses();
  private final Map<String, TrainScale> scales = new LinkedHashMap<>();
  private int scaledFold = -1;

  /** What is added up of one model. */
  private final class Tallies {
    private final Forecaster.Kind kind;
    private long parameters;
    private boolean broken;
    private final Scorecard all = new Scorecard(horizon, Quantiles.levels(), variance);
    private final Map<String, Scorecard> bySeries = new LinkedHashMap<>();
    private final Map<String, Scorecard> byMethod = new LinkedHashMap<>();
    private final LagCopy copy = new LagCopy();

    private double loss;

    Tallies(Forecaster.Kind kind) {
      this.kind = kind;
    }

    /** For tests of one model against another; rows of an origin come in order of their steps. */
    void compare(String model, ScoredForecast row, double scale) {
      if (!(scale > 0)) {
        return; // a series that never moved in the train part says nothing of any model
      }
      double error = Math.abs(row.actual() - row.mean()) / scale;
      broken |= !Double.isFinite(error);
      if (broken) {
        return;
      }
      copy.add(row.last(), row.mean(), row.actual(), scale, row.step(), row.origin());
      loss = (row.step() == 1 ? 0 : loss) + error;
      if (row.step() == horizon) {
        losses.add(model, row.origin(), loss / horizon);
      }
    }
  }

  /**
   * What one model's forecasts came to.
   *
   * @param name of the model
   * @param kind network or baseline
   * @param parameters fitted
   * @param accuracy over all origins, series and steps
   * @param bySteps accuracy of each step ahead
   * @param bySeries accuracy on each series
   * @param byMethod accuracy with intervals made otherwise, by the method's name
   */
  public record Score(
      String name,
      Forecaster.Kind kind,
      long parameters,
      Accuracy accuracy,
      List<Accuracy> bySteps,
      Map<String, Accuracy> bySeries,
      Map<String, Accuracy> byMethod) {}

  /**
   * An empty one.
   *
   * @param horizon steps ahead
   * @param stride steps from one origin to the next
   * @param variance whether the target is a variance
   * @param others interval methods to measure beside the one that forecasts were made with
   */
  public Evaluation(int horizon, int stride, VarianceTarget variance, List<IntervalMethod> others) {
    this.horizon = horizon;
    this.stride = stride;
    this.variance = variance;
    this.others = List.copyOf(others);
  }

  @Override
  public void trial(int fold, int model, Trial trial) {
    if (fold != scaledFold) {
      scale(trial.fold());
      scaledFold = fold;
    }
    Forecaster forecaster = trial.model();
    Tallies tallies =
        models.computeIfAbsent(forecaster.name(), any -> new Tallies(forecaster.kind()));
    tallies.parameters = Math.max(tallies.parameters, forecaster.parameters());
    trial.tell(
        fold,
        row -> {
          Observation observation = observation(row);
          tallies.all.add(row.step() - 1, observation);
          tallies
              .bySeries
              .computeIfAbsent(row.series(), any -> new Scorecard(1, Quantiles.levels(), variance))
              .add(0, observation);
          tallies.compare(forecaster.name(), row, observation.scale().absolute());
        });
    for (IntervalMethod method : others) {
      Scorecard card =
          tallies.byMethod.computeIfAbsent(
              method.label(), any -> new Scorecard(1, Quantiles.levels(), variance));
      trial.with(method).tell(fold, row -> card.add(0, observation(row)));
    }
  }

  private Observation observation(ScoredForecast row) {
    return new Observation(
        row.actual(),
        row.mean(),
        row.last(),
        scales.getOrDefault(row.series(), TrainScale.UNKNOWN),
        row.quantiles());
  }

  private void scale(Fold fold) {
    for (TimeSeries series : fold.data().series()) {
      scales.put(
          series.name(), TrainScale.of(series, fold.split().trainStart(), fold.split().trainEnd()));
    }
  }

  /** Distinct times of origins; after at least one model. */
  public int origins() {
    String any =
        models.keySet().stream()
            .filter(model -> !broken(model))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("expected a model with finite forecasts"));
    return losses.differentials(any, any).length;
  }

  /** Names of the models, in the order in which they came. */
  public List<String> models() {
    return List.copyOf(models.keySet());
  }

  /** What each model's forecasts came to, in the order in which they came. */
  public List<Score> scores() {
    return models().stream().map(this::score).toList();
  }

  /**
   * What one model's forecasts came to.
   *
   * @param model name
   */
  public Score score(String model) {
    Tallies tallies = tallies(model);
    Map<String, Accuracy> bySeries = new LinkedHashMap<>();
    tallies.bySeries.forEach((name, card) -> bySeries.put(name, card.overall()));
    Map<String, Accuracy> byMethod = new LinkedHashMap<>();
    tallies.byMethod.forEach((name, card) -> byMethod.put(name, card.overall()));
    return new Score(
        model,
        tallies.kind,
        tallies.parameters,
        tallies.all.overall(),
        tallies.all.byStep(),
        bySeries,
        byMethod);
  }

  /**
   * Whether a forecast of a model was no finite number; it is then not compared any more.
   *
   * @param model name
   */
  public boolean broken(String model) {
    return tallies(model).broken;
  }

  /**
   * Whether one model's scaled absolute errors are smaller than another's, beyond chance: series
   * averaged at each origin, overlapping horizons allowed for.
   *
   * @param first model
   * @param second model
   * @return without a verdict where one of them is broken
   */
  public DieboldMariano compare(String first, String second) {
    if (broken(first) || broken(second)) {
      return new DieboldMariano(Double.NaN, Double.NaN, 0, 0, Double.NaN);
    }
    return DieboldMariano.test(
        losses.differentials(first, second), PanelLosses.overlap(horizon, stride));
  }

  /**
   * Whether a model merely repeats the last value.
   *
   * @param model name
   * @param level of the test
   */
  public LagCopy.Verdict lagCopy(String model, double level) {
    return tallies(model).copy.verdict(level, stride);
  }

  private Tallies tallies(String model) {
    Tallies tallies = models.get(model);
    if (tallies == null) {
      throw new IllegalArgumentException(
          "model: expected one of " + new ArrayList<>(models.keySet()) + ", found " + model);
    }
    return tallies;
  }
}
