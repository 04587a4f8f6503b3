package io.gatecast.forecasting.job;

import io.gatecast.forecasting.evaluation.BacktestSpec;
import io.gatecast.forecasting.evaluation.GateSpec;
import java.util.List;

/**
 * How a job's models are judged.
 *
 * @param baselines what a network has to beat, by name; empty to follow from the preset
 * @param tested baselines of a backtest, by name; empty for the same
 * @param variants of the job's network that a backtest adds, by name
 * @param intervals how intervals are made, by name
 * @param backtest how origins roll
 * @param gate what lets a network through
 */
public record EvaluationSpec(
    List<String> baselines,
    List<String> tested,
    List<String> variants,
    String intervals,
    BacktestSpec backtest,
    GateSpec gate) {
  /** Copies the lists. */
  public EvaluationSpec {
    baselines = List.copyOf(baselines);
    tested = List.copyOf(tested);
    variants = List.copyOf(variants);
  }
}
