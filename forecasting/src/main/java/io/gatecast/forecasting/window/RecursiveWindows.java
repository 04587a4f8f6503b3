package io.gatecast.forecasting.window;

import io.gatecast.core.samples.Inputs;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.data.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Windows that move on into the future with the forecasts of a network of one step: first those
 * that end at the origins, then, each time that {@link #append} has put a forecast into every one
 * of them, those that end a step later. All origins move together, so that a step of the horizon is
 * one pass of the network over all windows.
 *
 * <p>A step's row holds the forecast in the target's place, on the scale of its transform, and for
 * the rest what is known of that step at the origin: columns declared as known beforehand,
 * constants, the calendar. The target counts as present. The window's transform is applied to each
 * window anew. Nothing else of what came after an origin is read.
 */
public final class RecursiveWindows implements Inputs {
  private final List<History> origins;
  private final List<SeriesFeatures> features = new ArrayList<>();
  private final int lookback;
  private final int horizon;
  private final int width;

  /** {@code [origin][lookback + horizon − 1][feature]}, before the window's transform. */
  private final float[][] rows;

  /** {@code [origin][step]}: forecasts on the scale of the target's transform. */
  private final double[][] path;

  private final double[] last;
  private int step;

  /**
   * Lays the first windows.
   *
   * @param oneStep features of each series, laid for one step ahead
   * @param origins where to forecast from
   * @param horizon steps ahead, at least 1
   * @throws IllegalArgumentException if the features are not laid for one step ahead, or a window
   *     is not complete
   * @throws JobFault if an input's future cannot be known, or is absent after an origin
   */
  public RecursiveWindows(Windowing oneStep, List<History> origins, int horizon) {
    requireKnown(oneStep);
    if (oneStep.horizon() != 1 || horizon < 1) {
      throw new IllegalArgumentException(
          "expected windows of 1 step ahead, for a horizon of at least 1, found windows of "
              + oneStep.horizon()
              + " for "
              + horizon);
    }
    this.origins = List.copyOf(origins);
    this.lookback = oneStep.lookback();
    this.horizon = horizon;
    this.width = oneStep.width();
    this.rows = new float[origins.size()][];
    this.path = new double[origins.size()][horizon];
    this.last = new double[origins.size()];
    for (int i = 0; i < rows.length; i++) {
      SeriesFeatures of = oneStep.of(this.origins.get(i).series());
      features.add(of);
      rows[i] = rows(of, this.origins.get(i));
      last[i] = of.transforms().last(this.origins.get(i));
    }
  }

  /**
   * Refuses features that recursion cannot go on with.
   *
   * @param windowing features of each series
   * @throws JobFault naming the inputs that are known at their own time only
   */
  public static void requireKnown(Windowing windowing) {
    Set<String> unknown = new TreeSet<>();
    windowing.transforms().forEach(one -> unknown.addAll(one.unknownAhead()));
    if (!unknown.isEmpty()) {
      throw new JobFault(
          ExitCode.USAGE,
          "inputs whose values after the origin are known, as a recursive network reads its own"
              + " forecasts beside them",
          "inputs known up to the origin only: " + String.join(", ", unknown),
          "network.strategy",
          "choose strategy: direct, leave these inputs out, or declare them as future if they are"
              + " known beforehand");
    }
  }

  private float[] rows(SeriesFeatures of, History origin) {
    int end = origin.origin();
    if (end + 1 < lookback) {
      throw incomplete(of, end);
    }
    float[] all = new float[(lookback + horizon - 1) * width];
    of.copyRows(end, lookback, all, 0);
    of.copyAhead(end, horizon - 1, all, lookback * width);
    for (int i = 0; i < all.length; i++) {
      boolean forecast = i >= lookback * width && i % width == 0;
      if (Float.isNaN(all[i]) && !forecast) {
        FittedFeature feature = of.transforms().features().get(i % width);
        int lead = feature instanceof FittedFeature.Ahead ahead ? ahead.steps() : 0;
        int at = end + 1 - lookback + i / width + lead;
        throw at > end ? absent(of, end, at, feature.name()) : incomplete(of, end);
      }
    }
    return all;
  }

  private IllegalArgumentException incomplete(SeriesFeatures of, int origin) {
    return new IllegalArgumentException(
        "origin "
            + origin
            + " of series "
            + of.series().name()
            + ": expected "
            + lookback
            + " complete steps before it");
  }

  private static JobFault absent(SeriesFeatures of, int origin, int at, String feature) {
    TimeSeries series = of.series();
    return new JobFault(
        ExitCode.DATA,
        "inputs that are known beforehand to be there at every step of the horizon",
        "no " + feature + " at " + series.axis().format(series.time(at)),
        "series " + series.name() + ", forecast from " + series.axis().format(series.time(origin)),
        "supply the value, leave the input out, or choose strategy: direct");
  }

  /** Steps that have been forecast: how far beyond their origins the windows end. */
  public int step() {
    return step;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int lookback() {
    return lookback;
  }

  @Override
  public int inputs() {
    return width;
  }

  @Override
  public void input(int window, float[] destination, int offset) {
    requireStepsLeft();
    System.arraycopy(rows[window], step * width, destination, offset, lookback * width);
    features.get(window).subtract(destination, offset, lookback);
  }

  /**
   * Puts a network's forecasts of the next step in and moves all windows on by it.
   *
   * @param outputs {@code [origin][1]}: what the network gave for the present windows
   * @throws IllegalStateException if the whole horizon was forecast before
   */
  public void append(float[][] outputs) {
    requireStepsLeft();
    for (int i = 0; i < rows.length; i++) {
      double before = step == 0 ? last[i] : path[i][step - 1];
      double base = features.get(i).transforms().window().targetBase(before);
      path[i][step] = outputs[i][0] + base;
      if (step + 1 < horizon) {
        rows[i][(lookback + step) * width] = (float) path[i][step];
      }
    }
    step++;
  }

  private void requireStepsLeft() {
    if (step == horizon) {
      throw new IllegalStateException("expected a step left of " + horizon + ", found none");
    }
  }

  /**
   * The forecasts as levels.
   *
   * @return {@code [origin][step]}, in the target's unit
   * @throws IllegalStateException if steps are left
   */
  public double[][] levels() {
    if (step < horizon) {
      throw new IllegalStateException("expected " + horizon + " steps forecast, found " + step);
    }
    double[][] levels = new double[rows.length][];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = features.get(i).transforms().invert(origins.get(i), path[i]);
    }
    return levels;
  }
}
