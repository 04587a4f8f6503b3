package io.gatecast.forecasting.evaluation.interval;

import io.gatecast.forecasting.Names;
import io.gatecast.forecasting.transform.ErrorScale;
import java.util.List;

/**
 * A way from forecasts, and from what came true of earlier ones, to quantiles at the levels of
 * {@link io.gatecast.forecasting.model.Quantiles}. It has no state: all it knows is in the track.
 */
public interface IntervalMethod {

  /** Forecasts that calibrate, of each series, which every method needs at least. */
  int FEWEST = 19;

  /** The methods' names, the plainest first. */
  List<String> LABELS = List.of("gaussian", "split", "adaptive", "cqr", "adaptive-cqr");

  /** The method that jobs take by themselves. */
  String DEFAULT = "adaptive";

  /**
   * A method by its name.
   *
   * @param label one of {@link #LABELS}
   * @throws IllegalArgumentException if there is none of that name
   */
  static IntervalMethod of(String label) {
    return switch (label) {
      case "gaussian" -> new Gaussian();
      case "split" -> new SplitConformal();
      case "adaptive" -> AdaptiveConformal.ofResiduals();
      case "cqr" -> new ConformalQuantiles();
      case "adaptive-cqr" -> AdaptiveConformal.ofQuantiles();
      default ->
          throw new IllegalArgumentException(
              "expected an interval method, found \""
                  + label
                  + "\": "
                  + Names.nearest(label, LABELS));
    };
  }

  /**
   * All methods but one.
   *
   * @param method the one
   */
  static List<IntervalMethod> others(IntervalMethod method) {
    return LABELS.stream()
        .filter(label -> !label.equals(method.label()))
        .map(IntervalMethod::of)
        .toList();
  }

  /** The name in job files and tables. */
  String label();

  /**
   * Quantiles of those forecasts of a track that do not only calibrate.
   *
   * @param track one model's forecasts of one series
   * @param scale on which errors are alike at any level of the target
   * @return {@code [forecast from the first that wants them][step][level]}, ascending in the level
   * @throws IllegalArgumentException if too few forecasts calibrate; the message tells the series,
   *     the step and how many do
   */
  double[][][] quantiles(Track track, ErrorScale scale);
}
