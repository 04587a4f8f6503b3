package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.transform.FillLast;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.Presence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a stretch of a series by name, those of the source (filled where that is asked for)
 * and derived ones, as they were known at some time. Beyond the series they are absent.
 *
 * <p>A stretch that reaches past a forecast's origin knows only the columns that are known
 * beforehand: asking it for another one is a fault of the program, wherever the question comes
 * from.
 */
final class SeriesColumns {
  private final TimeSeries series;
  private final Map<String, Integer> fills;
  private final List<FittedDerivation> derivations;
  private final @Nullable Set<String> known;
  private final int from;
  private final int to;
  private final long asOf;
  private final Map<String, double[]> derived = new HashMap<>();

  private SeriesColumns(
      TimeSeries series,
      Map<String, Integer> fills,
      List<FittedDerivation> derivations,
      @Nullable Set<String> known,
      int from,
      int to,
      long asOf) {
    this.series = series;
    this.fills = fills;
    this.derivations = derivations;
    this.known = known;
    this.from = from;
    this.to = to;
    this.asOf = asOf;
  }

  /**
   * A stretch with all columns; its last step is known.
   *
   * @param series the series
   * @param fills over how many absent steps some columns are carried
   * @param derivations fitted
   * @param from first step
   * @param to step after the last
   * @param asOf when it was known
   */
  static SeriesColumns past(
      TimeSeries series,
      Map<String, Integer> fills,
      List<FittedDerivation> derivations,
      int from,
      int to,
      long asOf) {
    return new SeriesColumns(series, fills, derivations, null, from, to, asOf);
  }

  /**
   * A stretch that may reach past what is known, with only some columns of the source.
   *
   * @param series the series
   * @param fills over how many absent steps some columns are carried
   * @param derivations fitted
   * @param known columns of the source that are known beforehand
   * @param from first step
   * @param to step after the last; may lie beyond the series
   * @param asOf when it was known
   */
  static SeriesColumns ahead(
      TimeSeries series,
      Map<String, Integer> fills,
      List<FittedDerivation> derivations,
      Set<String> known,
      int from,
      int to,
      long asOf) {
    return new SeriesColumns(series, fills, derivations, known, from, to, asOf);
  }

  /** A column as the source has it. */
  double[] unfilled(String name) {
    if (known != null && !known.contains(name)) {
      throw new IllegalArgumentException(
          "column " + name + ": expected one that is known beforehand, " + known);
    }
    int column = series.columns().indexOf(name);
    int end = Math.min(to, series.length());
    double[] values = series.column(column, Math.min(from, end), end, asOf);
    if (values.length == to - from) {
      return values;
    }
    double[] beyond = new double[to - from];
    Arrays.fill(beyond, values.length, beyond.length, Double.NaN);
    System.arraycopy(values, 0, beyond, 0, values.length);
    return beyond;
  }

  /** A column, filled where that is asked for. */
  double[] get(String name) {
    if (series.columns().contains(name)) {
      double[] values = unfilled(name);
      Integer limit = fills.get(name);
      return limit == null ? values : new FillLast(limit).apply(values);
    }
    if (!derived.containsKey(name)) {
      for (FittedDerivation derivation : derivations) {
        if (derivation.outputs().contains(name)) {
          derive(derivation);
        }
      }
    }
    double[] values = derived.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "expected a column of series " + series.name() + " or a derived one, found " + name);
    }
    return values;
  }

  private void derive(FittedDerivation derivation) {
    double[][] inputs =
        derivation.inputs().stream()
            .map(name -> derivation instanceof Presence ? unfilled(name) : get(name))
            .toArray(double[][]::new);
    double[][] outputs = derivation.apply(inputs);
    for (int i = 0; i < outputs.length; i++) {
      derived.put(derivation.outputs().get(i), outputs[i]);
    }
  }
}
