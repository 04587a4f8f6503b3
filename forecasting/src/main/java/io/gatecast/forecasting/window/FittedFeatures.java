package io.gatecast.forecasting.window;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.transform.Chain;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Derivation;
import io.gatecast.forecasting.transform.FittedColumn;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.FittedOneHot;
import io.gatecast.forecasting.transform.OneHot;
import io.gatecast.forecasting.transform.Presence;
import io.gatecast.forecasting.transform.Scaling;
import io.gatecast.forecasting.transform.TransformFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Learns the transforms of all series from their train parts: each series its own scales, all
 * series together their categories and the scale of what is static.
 */
public final class FittedFeatures {
  private static final int MOST_CATEGORIES = 256;
  private static final ColumnTransform NONE = new Chain(List.of());

  private final Dataset data;
  private final FeatureSpec spec;
  private final int horizon;
  private final long trainStart;
  private final long trainEnd;
  private final List<FittedDerivation> derivations = new ArrayList<>();

  private FittedFeatures(
      Dataset data, FeatureSpec spec, int horizon, long trainStart, long trainEnd) {
    this.data = data;
    this.spec = spec;
    this.horizon = horizon;
    this.trainStart = trainStart;
    this.trainEnd = trainEnd;
  }

  /**
   * Fits to the parts of the series that end at a time, as they were known then.
   *
   * @param data the series
   * @param spec what a network reads
   * @param horizon steps ahead
   * @param trainEnd last time of the train part
   * @return the transforms of each series, in order
   * @throws JobFault if a column's values do not allow its transform
   */
  public static List<SeriesTransforms> fit(
      Dataset data, FeatureSpec spec, int horizon, long trainEnd) {
    return fit(data, spec, horizon, Long.MIN_VALUE, trainEnd);
  }

  /**
   * Fits to the parts of the series between two times, as they were known at the second.
   *
   * @param data the series
   * @param spec what a network reads
   * @param horizon steps ahead
   * @param trainStart first time of the train part
   * @param trainEnd last time of the train part
   * @return the transforms of each series, in order
   * @throws JobFault if a column's values do not allow its transform
   */
  public static List<SeriesTransforms> fit(
      Dataset data, FeatureSpec spec, int horizon, long trainStart, long trainEnd) {
    FittedFeatures fitted = new FittedFeatures(data, spec, horizon, trainStart, trainEnd);
    fitted.fitDerivations();
    Map<String, double[]> statics = fitted.statics();
    List<SeriesTransforms> transforms = new ArrayList<>();
    for (int i = 0; i < data.series().size(); i++) {
      transforms.add(fitted.series(i, statics));
    }
    return transforms;
  }

  private SeriesColumns train(TimeSeries series) {
    int to = series.stepsUntil(trainEnd);
    return SeriesColumns.past(series, spec.fills(), derivations, first(series), to, trainEnd);
  }

  /** The first step of the train part. */
  private int first(TimeSeries series) {
    return trainStart == Long.MIN_VALUE ? 0 : series.stepsUntil(trainStart - 1);
  }

  private List<Derivation> wanted() {
    List<Derivation> wanted = new ArrayList<>(spec.derivations());
    TimeSeries any = data.series().get(0);
    for (Covariate covariate : spec.covariates()) {
      List<String> names = any.categories(covariate.column());
      if (names.size() > MOST_CATEGORIES) {
        throw new JobFault(
            ExitCode.DATA,
            "at most " + MOST_CATEGORIES + " categories, each of which becomes a column",
            names.size() + ", such as \"" + names.get(0) + "\" and \"" + names.get(1) + "\"",
            "column " + covariate.column(),
            "leave the column out, or declare it as a number");
      }
      if (!names.isEmpty()) {
        wanted.add(new OneHot(covariate.column(), names));
      }
    }
    for (String filled : new TreeMap<>(spec.fills()).keySet()) {
      wanted.add(new Presence(filled));
    }
    return wanted;
  }

  /** On the train parts of all series, one after the other. */
  private void fitDerivations() {
    for (Derivation derivation : wanted()) {
      List<double[][]> parts =
          data.series().stream()
              .map(
                  series ->
                      derivation.inputs().stream().map(train(series)::get).toArray(double[][]::new))
              .toList();
      double[][] joined = new double[derivation.inputs().size()][];
      for (int input = 0; input < joined.length; input++) {
        int column = input;
        joined[input] = parts.stream().flatMapToDouble(p -> Arrays.stream(p[column])).toArray();
      }
      try {
        derivations.add(derivation.fit(joined));
      } catch (TransformFault e) {
        throw e.at("columns " + derivation.inputs(), step -> "row " + step + " of the train part");
      }
    }
  }

  /** Each static column's value of each series, transformed over all series. */
  private Map<String, double[]> statics() {
    Map<String, double[]> statics = new TreeMap<>();
    for (Covariate covariate : spec.covariates()) {
      if (covariate instanceof Covariate.Static fixed) {
        double[] values =
            data.series().stream()
                .mapToDouble(one -> StaticValue.of(one, fixed.column(), trainEnd))
                .toArray();
        List<String> names = data.series().get(0).categories(fixed.column());
        if (names.isEmpty()) {
          statics.put(fixed.column(), scaled(fixed.column(), values));
        } else {
          FittedOneHot hot = new OneHot(fixed.column(), names).fit(new double[][] {values});
          double[][] columns = hot.apply(new double[][] {values});
          for (int i = 0; i < columns.length; i++) {
            statics.put(hot.outputs().get(i), columns[i]);
          }
        }
      }
    }
    return statics;
  }

  private static double[] scaled(String column, double[] values) {
    try {
      return Scaling.STANDARDISE.fit(values).apply(values);
    } catch (TransformFault e) {
      throw e.at("static column " + column + ", one value for each series", String::valueOf);
    }
  }

  private SeriesTransforms series(int index, Map<String, double[]> statics) {
    TimeSeries series = data.series().get(index);
    SeriesColumns train = train(series);
    String target = series.columns().get(0);
    List<FittedFeature> features = new ArrayList<>();
    features.add(past(series, train, target));
    for (Covariate covariate : spec.covariates()) {
      if (covariate instanceof Covariate.Static fixed) {
        statics.forEach(
            (name, values) -> {
              if (name.equals(fixed.column()) || name.startsWith(fixed.column() + "=")) {
                features.add(new FittedFeature.Constant(name, values[index]));
              }
            });
        continue;
      }
      for (String name : expanded(series, covariate.column())) {
        FittedFeature.Past past = past(series, train, name);
        features.add(past);
        if (covariate instanceof Covariate.KnownFuture) {
          features.add(new FittedFeature.Ahead(name, horizon, past.transform()));
        }
      }
    }
    for (FittedDerivation derivation : derivations) {
      if (derivation instanceof Presence presence) {
        features.add(
            new FittedFeature.Past(
                presence.outputs().get(0), new Chain(List.of()).fit(new double[0])));
      }
    }
    return new SeriesTransforms(
        series.name(), target, derivations, spec.fills(), known(), features, spec.window());
  }

  /** Columns of the source that are known beforehand. */
  private Set<String> known() {
    return spec.covariates().stream()
        .filter(Covariate.KnownFuture.class::isInstance)
        .map(Covariate::column)
        .collect(Collectors.toSet());
  }

  /** The columns that a covariate stands for: its categories, or itself. */
  private List<String> expanded(TimeSeries series, String column) {
    if (series.categories(column).isEmpty()) {
      return List.of(column);
    }
    return derivations.stream()
        .filter(derivation -> derivation instanceof FittedOneHot hot && hot.column().equals(column))
        .findFirst()
        .orElseThrow()
        .outputs();
  }

  private FittedFeature.Past past(TimeSeries series, SeriesColumns train, String name) {
    String where = "series " + series.name() + ", column " + name;
    try {
      FittedColumn fitted = transform(series, name).fit(train.get(name));
      return new FittedFeature.Past(name, fitted);
    } catch (TransformFault e) {
      throw e.at(where, step -> series.axis().format(series.time(first(series) + step)));
    }
  }

  private ColumnTransform transform(TimeSeries series, String name) {
    ColumnTransform own = spec.transforms().get(name);
    if (own != null) {
      return own;
    }
    if (series.columns().contains(name)) {
      return spec.transform();
    }
    boolean flag =
        derivations.stream()
            .anyMatch(
                derivation ->
                    derivation instanceof FittedOneHot && derivation.outputs().contains(name));
    return flag ? NONE : Scaling.STANDARDISE;
  }
}
