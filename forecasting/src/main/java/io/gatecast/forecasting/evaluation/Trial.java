package io.gatecast.forecasting.evaluation;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.evaluation.interval.IntervalMethod;
import io.gatecast.forecasting.evaluation.interval.Track;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.Forecasts;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.LabelledWindows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One fitted model on one fold: its forecasts from each origin of the validation and of the test
 * part. The former only calibrate intervals; the latter measure. An interval may also learn from
 * test forecasts whose truth had arrived by its own origin.
 */
public final class Trial {
  private final Fold fold;
  private final Forecaster model;
  private final ErrorScale scale;
  private final IntervalMethod intervals;
  private final Forecasts validation;
  private final Forecasts test;
  private final Forecasts tested;

  private Trial(
      Fold fold,
      Forecaster model,
      ErrorScale scale,
      IntervalMethod intervals,
      Forecasts validation,
      Forecasts test) {
    this.fold = fold;
    this.model = model;
    this.scale = scale;
    this.intervals = intervals;
    this.validation = validation;
    this.test = test;
    this.tested = withQuantiles(List.of(), Forecasts.of(new double[0][]));
  }

  /**
   * Lets a model forecast.
   *
   * @param fold what it was fitted to
   * @param model fitted
   * @param scale on which errors are alike at any level of the target
   * @param intervals how quantiles are made
   */
  public static Trial of(Fold fold, Forecaster model, ErrorScale scale, IntervalMethod intervals) {
    return new Trial(
        fold,
        model,
        scale,
        intervals,
        model.forecast(fold.validation().origins()),
        model.forecast(fold.test().origins()));
  }

  /**
   * The same forecasts with quantiles made otherwise.
   *
   * @param method how
   */
  public Trial with(IntervalMethod method) {
    return new Trial(fold, model, scale, method, validation, test);
  }

  /** The model; whoever fitted it closes it. */
  public Forecaster model() {
    return model;
  }

  /** The fold. */
  public Fold fold() {
    return fold;
  }

  /** Forecasts from the test origins, in their order, with the method's quantiles. */
  public Forecasts tested() {
    return tested;
  }

  /**
   * Forecasts from later origins, with quantiles that know all that had come true by then.
   *
   * @param origins later than all test origins of their series; at most one of each series
   */
  public Forecasts issue(List<History> origins) {
    return withQuantiles(origins, model.forecast(origins));
  }

  /** Quantiles of the later forecasts, or, where there are none, of those of the test part. */
  private Forecasts withQuantiles(List<History> later, Forecasts ofLater) {
    boolean issuing = !later.isEmpty();
    Forecasts wanted = issuing ? ofLater : test;
    double[][][] quantiles = new double[wanted.size()][][];
    Map<String, SeriesTrack> tracks = new LinkedHashMap<>();
    add(tracks, fold.validation().origins(), validation, Use.CALIBRATE);
    add(tracks, fold.test().origins(), test, issuing ? Use.LEARN : Use.WANT);
    add(tracks, later, ofLater, Use.WANT);
    for (SeriesTrack track : tracks.values()) {
      track.write(quantiles);
    }
    return new Forecasts(wanted.mean(), quantiles);
  }

  private static String time(History of, long time) {
    return of.series().axis().format(time);
  }

  private enum Use {
    CALIBRATE,
    LEARN,
    WANT
  }

  private void add(
      Map<String, SeriesTrack> tracks, List<History> origins, Forecasts forecasts, Use use) {
    for (int i = 0; i < origins.size(); i++) {
      History origin = origins.get(i);
      tracks
          .computeIfAbsent(origin.series().name(), any -> new SeriesTrack())
          .add(origin, forecasts, i, use);
    }
  }

  /** The forecasts of one series, from all parts. */
  private final class SeriesTrack {
    private final List<History> origins = new ArrayList<>();
    private final List<double[]> means = new ArrayList<>();
    private final List<double[][]> own = new ArrayList<>();
    private final List<Integer> wanted = new ArrayList<>();
    private int calibration;
    private int learned;

    void add(History origin, Forecasts forecasts, int index, Use use) {
      origins.add(origin);
      means.add(forecasts.mean()[index]);
      if (forecasts.hasQuantiles()) {
        own.add(forecasts.quantiles()[index]);
      }
      switch (use) {
        case CALIBRATE -> calibration++;
        case LEARN -> learned++;
        case WANT -> wanted.add(index);
      }
    }

    void write(double[][][] quantiles) {
      if (wanted.isEmpty()) {
        return;
      }
      if (calibration < IntervalMethod.FEWEST) {
        History first = origins.get(0);
        throw new JobFault(
            ExitCode.DATA,
            "at least "
                + IntervalMethod.FEWEST
                + " complete windows in the validation part of each series that is tested, to"
                + " calibrate intervals",
            calibration + " in the part up to " + time(first, fold.split().validationEnd()),
            "series " + first.series().name(),
            "close the gaps, choose contract.gaps: repair, or raise split.validation");
      }
      Forecasts all = new Forecasts(means.toArray(double[][]::new), own.toArray(double[][][]::new));
      Track track = new Track(origins, all, calibration);
      double[][][] made = calibrates(track) ? intervals.quantiles(track, scale) : unknown(track);
      for (int i = 0; i < wanted.size(); i++) {
        quantiles[wanted.get(i)] = made[learned + i];
      }
    }
  }

  /** Whether enough forecasts that calibrate have an error; one of a broken model has none. */
  private boolean calibrates(Track track) {
    for (int step = 0; step < track.horizon(); step++) {
      int errors = 0;
      for (int i = 0; i < track.calibration(); i++) {
        double actual = track.actual(i, step, track.calibration());
        errors += Double.isFinite(scale.residual(actual, track.mean(i, step))) ? 1 : 0;
      }
      if (errors < IntervalMethod.FEWEST) {
        return false;
      }
    }
    return true;
  }

  /** Of a model whose errors are no numbers nothing is known but its forecasts. */
  private static double[][][] unknown(Track track) {
    int wanted = track.size() - track.calibration();
    double[][][] quantiles = new double[wanted][track.horizon()][Quantiles.COUNT];
    for (int i = 0; i < wanted; i++) {
      for (int step = 0; step < track.horizon(); step++) {
        double mean = track.mean(track.calibration() + i, step);
        Arrays.fill(quantiles[i][step], 0, Quantiles.MEDIAN, Double.NEGATIVE_INFINITY);
        Arrays.fill(
            quantiles[i][step], Quantiles.MEDIAN, Quantiles.COUNT, Double.POSITIVE_INFINITY);
        quantiles[i][step][Quantiles.MEDIAN] = mean;
        if (!Double.isFinite(mean)) {
          Arrays.fill(quantiles[i][step], Double.NaN);
        }
      }
    }
    return quantiles;
  }

  /**
   * Tells each test forecast of each step beside what came true, origin by origin.
   *
   * @param index of the fold
   * @param rows hears of them
   */
  public void tell(int index, Consumer<ScoredForecast> rows) {
    LabelledWindows windows = fold.test();
    List<History> origins = windows.origins();
    for (int i = 0; i < origins.size(); i++) {
      History origin = origins.get(i);
      TimeSeries series = origin.series();
      double last = origin.last();
      for (int h = 0; h < fold.horizon(); h++) {
        int step = origin.origin() + 1 + h;
        rows.accept(
            new ScoredForecast(
                series.name(),
                series.time(origin.origin()),
                series.time(step),
                h + 1,
                model.name(),
                index,
                // Only the evaluation looks past an origin; what came true is what is known today.
                series.value(0, step, windows.knownAt()),
                tested.mean()[i][h],
                tested.quantiles()[i][h],
                last));
      }
    }
  }
}
