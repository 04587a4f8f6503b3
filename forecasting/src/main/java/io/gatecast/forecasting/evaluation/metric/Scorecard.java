package io.gatecast.forecasting.evaluation.metric;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Adds up how good one model's forecasts were, by step ahead: overall, or of one series. It keeps
 * sums, never observations, so its size depends on the horizon and the number of quantile levels
 * alone: some 2 kB a step for eleven levels. Where steps do not matter, as for each of many series
 * with a long horizon, a horizon of 1 and all forecasts added as step 0 keep it that small.
 *
 * <p>The order of observations matters for rounding only. Scorecards of several series or threads
 * merge into the one over all. Mutable, for one thread at a time.
 */
public final class Scorecard {
  private final QuantileGrid grid;
  private final VarianceTarget variance;
  private final List<Tally> steps;
  private int quantiles = -1;

  /**
   * Makes an empty one.
   *
   * @param horizon steps ahead, at least 1
   * @param levels of the forecast quantiles, ascending, between 0 and 1; empty where no model has
   *     quantiles; copied
   * @param variance whether the target is a variance
   * @throws IllegalArgumentException if horizon or levels are not as said
   */
  public Scorecard(int horizon, double[] levels, VarianceTarget variance) {
    if (horizon < 1) {
      throw new IllegalArgumentException(
          "expected a horizon of at least 1 step, found "
              + horizon
              + "; give the forecasts' length");
    }
    this.grid = new QuantileGrid(levels);
    this.variance = variance;
    this.steps = Stream.generate(() -> new Tally(grid, variance)).limit(horizon).toList();
  }

  /** Steps ahead. */
  public int horizon() {
    return steps.size();
  }

  /** The levels of the quantiles; a copy. */
  public double[] levels() {
    return grid.levels();
  }

  /**
   * Adds one forecast of one step.
   *
   * @param step ahead, counted from 0
   * @param observation the forecast and its truth; its quantiles are those of this scorecard's
   *     levels, or none in all observations
   * @throws IllegalArgumentException if the step is outside the horizon, or the number of quantiles
   *     does not fit
   */
  public void add(int step, Observation observation) {
    if (step < 0 || step >= steps.size()) {
      throw new IllegalArgumentException(
          "expected a step from 0 to "
              + (steps.size() - 1)
              + ", found "
              + step
              + "; make the scorecard with the forecasts' horizon");
    }
    int found = observation.quantiles();
    if (found != 0 && found != grid.size()) {
      throw new IllegalArgumentException(
          "expected a quantile for each of "
              + grid.size()
              + " levels, or none, found "
              + found
              + "; forecast the scorecard's levels");
    }
    checkQuantiles(found);
    steps.get(step).add(observation);
  }

  /**
   * Adds all that another scorecard of the same model has added up; it stays as it is.
   *
   * @param other of the same horizon, levels and kind of target
   * @throws IllegalArgumentException if it is not
   */
  public void merge(Scorecard other) {
    if (other == this
        || other.steps.size() != steps.size()
        || !other.grid.sameAs(grid)
        || other.variance != variance) {
      throw new IllegalArgumentException(
          "expected another scorecard "
              + shape()
              + ", found "
              + other.shape()
              + "; make both alike");
    }
    if (other.quantiles >= 0) {
      checkQuantiles(other.quantiles);
    }
    for (int step = 0; step < steps.size(); step++) {
      steps.get(step).merge(other.steps.get(step));
    }
  }

  /** The accuracy over all steps. */
  public Accuracy overall() {
    Tally all = new Tally(grid, variance);
    steps.forEach(all::merge);
    return all.accuracy();
  }

  /** The accuracy of each step ahead; as many as the horizon. */
  public List<Accuracy> byStep() {
    return steps.stream().map(Tally::accuracy).toList();
  }

  private void checkQuantiles(int found) {
    if (quantiles >= 0 && quantiles != found) {
      throw new IllegalArgumentException(
          "expected "
              + quantiles
              + " quantiles as in the observations before, found "
              + found
              + "; a model forecasts quantiles always or never");
    }
    quantiles = found;
  }

  private String shape() {
    return "of "
        + steps.size()
        + " steps, levels "
        + IntStream.range(0, grid.size()).mapToObj(k -> Double.toString(grid.levels()[k])).toList()
        + " and target "
        + variance;
  }
}
