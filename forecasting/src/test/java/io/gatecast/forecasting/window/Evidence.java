package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.model.Drift;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.SeasonalNaive;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.FittedDerivation;
import io.gatecast.forecasting.transform.TransformJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a job makes of its data before a network is trained, bit by bit, each piece with
 * the last time it may depend on by definition. Two of them that differ before a time tell of a
 * leak across it.
 */
final class Evidence {
  private static final int SEASON = 7;

  /** Bits of some numbers, and the last time that may have changed them. */
  private static final class Piece {
    final long reach;
    private final long[] bits;

    Piece(long reach, double[] values) {
      this.reach = reach;
      this.bits = Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    boolean same(Piece other) {
      return Arrays.equals(bits, other.bits);
    }
  }

  private final Map<String, Piece> pieces = new LinkedHashMap<>();
  private final List<SeriesTransforms> fitted;
  private final Windowing windowing;
  private final int lookback;
  private final int horizon;

  /**
   * Gathers it.
   *
   * @param series the data
   * @param fitted their transforms
   * @param calendar cycles
   * @param split where time is cut
   * @param lookback steps of a window
   * @param horizon steps after it
   */
  Evidence(
      List<TimeSeries> series,
      List<SeriesTransforms> fitted,
      List<CalendarFeature> calendar,
      Split split,
      int lookback,
      int horizon) {
    this.fitted = fitted;
    this.lookback = lookback;
    this.horizon = horizon;
    List<SeriesFeatures> features = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      features.add(SeriesFeatures.of(series.get(i), fitted.get(i), calendar));
    }
    this.windowing = new Windowing(features, lookback, horizon);
    learned(split.trainEnd());
    for (int i = 0; i < series.size(); i++) {
      if (!series.get(i).hasVintages()) {
        rows(series.get(i), fitted.get(i), calendar);
      }
      origins(features.get(i));
    }
    for (Split.Part part : Split.Part.values()) {
      if (part != Split.Part.NONE) {
        labelled(windowing.cut(split, part), part);
      }
    }
  }

  private void put(String name, long reach, double... values) {
    pieces.put(name, new Piece(reach, values));
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }

  private void learned(long trainEnd) {
    for (SeriesTransforms one : fitted) {
      StringBuilder text = new StringBuilder(one.features().toString());
      for (FittedDerivation derivation : one.derivations()) {
        text.append(TransformJson.write(derivation));
      }
      double[] letters = text.chars().asDoubleStream().toArray();
      put("what series " + one.series() + " learned", trainEnd, letters);
    }
  }

  /** The last time that a feature's value at a step may depend on. */
  private static long reach(TimeSeries series, SeriesTransforms transforms, int feature, int step) {
    boolean ahead =
        feature < transforms.features().size()
            && transforms.features().get(feature) instanceof FittedFeature.Ahead;
    int steps = ahead ? ((FittedFeature.Ahead) transforms.features().get(feature)).steps() : 0;
    int last = series.length() - 1;
    return series.time(Math.min(step + steps, last)) + Math.max(0, step + steps - last);
  }

  private void rows(TimeSeries series, SeriesTransforms fitted, List<CalendarFeature> calendar) {
    FeatureRows compute = new FeatureRows(series, fitted, calendar);
    float[] rows = compute.rows(0, 0, series.length(), Long.MAX_VALUE);
    for (int step = 0; step < series.length(); step++) {
      for (int feature = 0; feature < compute.width(); feature++) {
        put(
            "feature " + feature + " of series " + series.name() + " at " + series.time(step),
            reach(series, fitted, feature, step),
            rows[step * compute.width() + feature]);
      }
    }
  }

  /** What each origin gives: a look-back, the rules' forecasts, a network's outputs as levels. */
  private void origins(SeriesFeatures of) {
    TimeSeries series = of.series();
    List<Forecaster> rules =
        List.of(new Persistence(horizon), new SeasonalNaive(SEASON, horizon), new Drift(horizon));
    int width = of.width();
    float[] window = new float[lookback * width];
    float[] outputs = new float[horizon];
    Arrays.fill(outputs, 0.25f);
    for (int origin = lookback - 1; origin < series.length(); origin++) {
      String where = " of series " + series.name() + " at origin " + series.time(origin);
      of.copyInput(origin, lookback, window, 0);
      for (int feature = 0; feature < width; feature++) {
        double[] column = new double[lookback];
        for (int step = 0; step < lookback; step++) {
          column[step] = window[step * width + feature];
        }
        long reach = reach(series, of.transforms(), feature, origin);
        put("input " + feature + where, reach, column);
      }
      History history = new History(series, origin);
      for (Forecaster rule : rules) {
        put(rule.name() + where, series.time(origin), rule.forecast(List.of(history)).mean()[0]);
      }
      put("levels" + where, series.time(origin), of.transforms().levels(history, outputs));
    }
  }

  private void labelled(LabelledWindows windows, Split.Part part) {
    float[] input = new float[windows.lookback() * windows.inputs()];
    float[] target = new float[windows.outputs()];
    for (int window = 0; window < windows.size(); window++) {
      History origin = windows.origins().get(window);
      long last = origin.series().time(origin.origin() + horizon);
      String where =
          part
              + " window of series "
              + origin.series().name()
              + " at origin "
              + origin.series().time(origin.origin());
      windows.input(window, input, 0);
      windows.target(window, target, 0);
      put("input of " + where, last, doubles(input));
      put("target of " + where, last, doubles(target));
    }
  }

  /** How many pieces may depend on nothing after a time. */
  long until(long time) {
    return pieces.values().stream().filter(piece -> piece.reach <= time).count();
  }

  /** Whether a piece of this name is the same in both, or in neither. */
  boolean same(Evidence other, String name) {
    Piece mine = pieces.get(name);
    Piece theirs = other.pieces.get(name);
    boolean neither = mine == null && theirs == null;
    return neither || (mine != null && theirs != null && mine.same(theirs));
  }

  /**
   * The pieces that may depend on nothing after a time, and yet are not the same in both.
   *
   * @param other of the same job on data that differs after the time
   * @param time the cutoff
   */
  List<String> leaks(Evidence other, long time) {
    List<String> leaks = new ArrayList<>();
    for (Evidence one : List.of(this, other)) {
      one.pieces.forEach(
          (name, piece) -> {
            if (piece.reach <= time && !same(other, name)) {
              leaks.add(name);
            }
          });
    }
    return leaks;
  }

  List<SeriesTransforms> fitted() {
    return fitted;
  }

  Windowing windowing() {
    return windowing;
  }
}
