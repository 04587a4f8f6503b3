package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.FillLast;
import io.gatecast.forecasting.transform.FittedChain;
import io.gatecast.forecasting.transform.FittedColumn;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.TransformFault;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One series' transforms with what was learned from its train part. They turn its columns into a
 * network's features, and a network's outputs back into levels.
 *
 * @param series name of the series
 * @param target name of its column
 * @param derivations fitted
 * @param fills over how many absent steps some columns are carried
 * @param known columns of the source that are known beforehand
 * @param features of a step; the target's first
 * @param window what is subtracted from each window
 */
public record SeriesTransforms(
    String series,
    String target,
    List<FittedDerivation> derivations,
    Map<String, Integer> fills,
    Set<String> known,
    List<FittedFeature> features,
    WindowTransform window) {

  /** Copies the collections. */
  public SeriesTransforms {
    derivations = List.copyOf(derivations);
    fills = Map.copyOf(fills);
    known = Set.copyOf(known);
    features = List.copyOf(features);
  }

  /** The target's transform. */
  public FittedColumn targetTransform() {
    return ((FittedFeature.Past) features.get(0)).transform();
  }

  /** Whether the target's inputs may hold values that are not true ones. */
  boolean fillsTarget() {
    FittedColumn target = targetTransform();
    return fills.containsKey(this.target)
        || target instanceof FillLast
        || (target instanceof FittedChain chain
            && chain.steps().stream().anyMatch(FillLast.class::isInstance));
  }

  /** How many steps before its own a feature may depend on. */
  public int memory() {
    int fill = fills.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int derived = derivations.stream().mapToInt(FittedDerivation::memory).max().orElse(0);
    int transformed = 0;
    for (FittedFeature feature : features) {
      if (feature instanceof FittedFeature.Past past) {
        transformed = Math.max(transformed, past.transform().memory());
      } else if (feature instanceof FittedFeature.Ahead ahead) {
        transformed = Math.max(transformed, ahead.transform().memory());
      }
    }
    return fill + derived + transformed;
  }

  /**
   * A feature's values in a stretch of the series, as they were known at some time. Only a feature
   * of a column that is known beforehand looks past its step.
   *
   * @param of the series
   * @param feature index; 0 is the target
   * @param from first step
   * @param to step after the last
   * @param asOf days or seconds
   * @return as many as steps, not a number where absent; right from {@link #memory()} steps after
   *     the first one, and from the first where that is the series' own
   * @throws io.gatecast.forecasting.JobFault if a value does not allow its transform
   */
  double[] feature(TimeSeries of, int feature, int from, int to, long asOf) {
    FittedFeature one = features.get(feature);
    try {
      return values(of, one, from, to, asOf);
    } catch (TransformFault e) {
      throw e.at(
          "series " + of.name() + ", column " + one.name(),
          step -> of.axis().format(of.time(from + step)));
    }
  }

  private double[] values(TimeSeries of, FittedFeature one, int from, int to, long asOf) {
    if (one instanceof FittedFeature.Past past) {
      return past.transform().apply(past(of, from, to, asOf).get(past.name()));
    }
    if (one instanceof FittedFeature.Ahead ahead) {
      SeriesColumns columns =
          SeriesColumns.ahead(of, fills, derivations, known, from, to + ahead.steps(), asOf);
      double[] all = ahead.transform().apply(columns.get(ahead.column()));
      return Arrays.copyOfRange(all, ahead.steps(), all.length);
    }
    double[] constant = new double[to - from];
    Arrays.fill(constant, ((FittedFeature.Constant) one).value());
    return constant;
  }

  private SeriesColumns past(TimeSeries of, int from, int to, long asOf) {
    return SeriesColumns.past(of, fills, derivations, from, to, asOf);
  }

  /**
   * The target's true values through its transform, as labels: absent where the value itself is,
   * whatever is filled for the inputs.
   *
   * @param of the series
   * @param from first step
   * @param to step after the last
   * @param asOf days or seconds
   */
  double[] labels(TimeSeries of, int from, int to, long asOf) {
    double[] labels = feature(of, 0, from, to, asOf);
    double[] truth = past(of, from, to, asOf).unfilled(target);
    for (int t = 0; t < labels.length; t++) {
      labels[t] = Double.isNaN(truth[t]) ? Double.NaN : labels[t];
    }
    return labels;
  }

  /**
   * A network's outputs as levels.
   *
   * @param origin where the forecast is made; nothing after it is read
   * @param outputs one for each step of the horizon
   * @return levels in the target's unit
   */
  public double[] levels(History origin, float[] outputs) {
    int end = origin.origin() + 1;
    int from = Math.max(0, end - 1 - memory() - targetTransform().memory());
    long asOf = origin.series().time(origin.origin());
    double[] history = past(origin.series(), from, end, asOf).get(target);
    double[] transformed = targetTransform().apply(history);
    double[] forecast = new double[outputs.length];
    for (int h = 0; h < forecast.length; h++) {
      forecast[h] = outputs[h];
    }
    double last = transformed[transformed.length - 1];
    return targetTransform().invert(history, window.invert(forecast, last));
  }
}
