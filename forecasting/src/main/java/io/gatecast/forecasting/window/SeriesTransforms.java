package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.FillLast;
import io.gatecast.forecasting.transform.FittedChain;
import io.gatecast.forecasting.transform.FittedColumn;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.Presence;
import io.gatecast.forecasting.transform.TransformFault;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * A feature's values after an origin as they are known at it: not a number for the target itself,
   * and where a value is absent. Forecasts stand in for the target, so that its presence is 1.
   *
   * @param of the series
   * @param feature index; 0 is the target
   * @param origin last step that is known
   * @param steps after it, also beyond the series
   * @return as many as steps
   * @throws IllegalArgumentException if the feature is one of {@link #unknownAhead}
   * @throws io.gatecast.forecasting.JobFault if a value does not allow its transform
   */
  double[] ahead(TimeSeries of, int feature, int origin, int steps) {
    FittedFeature one = features.get(feature);
    if (feature == 0 || isTargetPresence(one) || one instanceof FittedFeature.Constant) {
      double[] same = new double[steps];
      double otherwise = feature == 0 ? Double.NaN : 1;
      Arrays.fill(
          same, one instanceof FittedFeature.Constant constant ? constant.value() : otherwise);
      return same;
    }
    int lead = one instanceof FittedFeature.Ahead ahead ? ahead.steps() : 0;
    int from = Math.max(0, origin + 1 - memory());
    int to = origin + 1 + steps + lead;
    SeriesColumns columns =
        SeriesColumns.ahead(of, fills, derivations, known, from, to, of.time(origin));
    double[] all;
    try {
      all =
          one instanceof FittedFeature.Ahead ahead
              ? ahead.transform().apply(columns.get(ahead.column()))
              : ((FittedFeature.Past) one).transform().apply(columns.get(one.name()));
    } catch (TransformFault e) {
      throw e.at(
          "series " + of.name() + ", column " + one.name(),
          step -> of.axis().format(of.time(from + step)));
    }
    return Arrays.copyOfRange(all, to - from - steps, to - from);
  }

  private boolean isTargetPresence(FittedFeature feature) {
    return feature instanceof FittedFeature.Past
        && new Presence(target).outputs().contains(feature.name())
        && derivations.contains(new Presence(target));
  }

  /**
   * What the features read that is known at its own time only, so that nobody can tell it of the
   * steps after an origin: columns of the source, and those derived from the target.
   */
  public Set<String> unknownAhead() {
    Set<String> unknown = new TreeSet<>();
    for (FittedFeature feature : features.subList(1, features.size())) {
      if (feature instanceof FittedFeature.Past && !isTargetPresence(feature)) {
        for (String source : sources(feature.name())) {
          if (!known.contains(source)) {
            unknown.add(source.equals(target) ? feature.name() : source);
          }
        }
      }
    }
    return unknown;
  }

  /** The columns of the source that a column is made of; itself, if it is one of them. */
  private Set<String> sources(String column) {
    Set<String> sources = new TreeSet<>();
    for (FittedDerivation derivation : derivations) {
      if (derivation.outputs().contains(column)) {
        derivation.inputs().forEach(input -> sources.addAll(sources(input)));
      }
    }
    return sources.isEmpty() ? Set.of(column) : sources;
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
    double[] forecast = new double[outputs.length];
    for (int h = 0; h < forecast.length; h++) {
      forecast[h] = outputs[h];
    }
    Known at = known(origin);
    return targetTransform().invert(at.history, window.invert(forecast, at.last));
  }

  /**
   * A network's quantiles as levels. Each step is told by its change since the origin, on its own,
   * so that a level's quantile comes from that level's output of that step alone, and rises with
   * it: {@link FittedColumn#invertSinceOrigin}.
   *
   * @param origin where the forecast is made; nothing after it is read
   * @param outputs step by step, of each step {@code levels} numbers
   * @param levels how many quantiles a step has
   * @return {@code [step][level]}, in the target's unit, in the order of the outputs
   */
  public double[][] quantiles(History origin, float[] outputs, int levels) {
    Known at = known(origin);
    double[][] quantiles = new double[outputs.length / levels][levels];
    double[] path = new double[quantiles.length];
    for (int level = 0; level < levels; level++) {
      for (int h = 0; h < path.length; h++) {
        path[h] = outputs[h * levels + level];
      }
      double[] values =
          targetTransform().invertSinceOrigin(at.history, window.invert(path, at.last));
      for (int h = 0; h < path.length; h++) {
        quantiles[h][level] = values[h];
      }
    }
    return quantiles;
  }

  /**
   * The target's true values after an origin as {@link #quantiles} goes back from them.
   *
   * @param origin last step that is known
   * @param horizon steps after it
   * @param asOf when the truth was known
   * @return one for each step
   */
  double[] labelsSinceOrigin(History origin, int horizon, long asOf) {
    TimeSeries of = origin.series();
    int end = origin.origin() + 1;
    double[] truth = past(of, end, end + horizon, asOf).unfilled(target);
    double[] history = history(of, end, of.time(origin.origin()));
    double[] labels = targetTransform().applySinceOrigin(history, truth);
    return window.targets(labels, last(origin));
  }

  /**
   * Values of the target's transform as levels.
   *
   * @param origin where the forecast is made; nothing after it is read
   * @param transformed one for each step of the horizon, nothing subtracted
   * @return levels in the target's unit
   */
  double[] invert(History origin, double[] transformed) {
    return targetTransform().invert(known(origin).history, transformed);
  }

  /** The target's transformed value at an origin, as it is known there. */
  double last(History origin) {
    return known(origin).last;
  }

  /**
   * The target as it is known at an origin.
   *
   * @param history its last values, filled where that is asked for
   * @param last the transformed value at the origin
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  private record Known(double[] history, double last) {}

  private Known known(History origin) {
    TimeSeries of = origin.series();
    double[] history = history(of, origin.origin() + 1, of.time(origin.origin()));
    double[] transformed = targetTransform().apply(history);
    return new Known(history, transformed[transformed.length - 1]);
  }

  private double[] history(TimeSeries of, int end, long asOf) {
    int from = Math.max(0, end - 1 - memory() - targetTransform().memory());
    return past(of, from, end, asOf).get(target);
  }
}
