package io.gatecast.forecasting.model;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Inputs;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.training.Trained;
import io.gatecast.forecasting.data.History;
import io.gatecast.forecasting.window.RecursiveWindows;
import io.gatecast.forecasting.window.Windowing;
import java.util.List;

/**
 * Trained networks as a forecaster: look-back windows in, all steps of the horizon out, as levels.
 * One model over all series.
 *
 * <p>Networks that give fewer steps than the horizon are applied again and again, each step's
 * forecast read back as an input of the next.
 *
 * <p>Of an ensemble, the forecast is the mean of its members' levels. A loss that is convex in the
 * level, as every one is where nothing takes logarithms, costs for the mean at most what it costs
 * for the members on average (Jensen's inequality); for the squared error it costs less by exactly
 * the members' variance (A. Krogh and J. Vedelsby, <i>Neural Network Ensembles, Cross Validation,
 * and Active Learning</i>, 1995).
 *
 * <p>Networks trained by {@link NetworkSettings#quantiles} tell quantiles, put in order where they
 * cross; the forecast is then the median. Quantiles of an ensemble are the mean of each level's
 * over the members: they average the quantile functions, which keeps the shape and the width that
 * members agree on, where an average of their distributions would be wider than any of them (S.
 * Vincent, 1912; K. C. Lichtendahl, Y. Grushka-Cockayne and R. L. Winkler, <i>Is It Better to
 * Average Probabilities or Quantiles?</i>, Management Science 59, 2013).
 */
public final class RecurrentForecaster implements NetworkForecaster {
  /** Origins whose windows move into the future side by side; it bounds the memory they take. */
  private static final int BLOCK = 1024;

  private final String name;
  private final List<Trained> members;
  private final Windowing windowing;
  private final int horizon;

  /**
   * Joins networks and the windows that they were trained on.
   *
   * @param name in tables and files
   * @param members at least one, all of the same shape; their networks are closed with this
   *     forecaster
   * @param windowing features and transforms of their series
   * @param horizon steps to forecast: those of the windowing, or more if that has one
   * @throws IllegalArgumentException if there is no member, or the windowing has another number of
   *     steps, which of networks that tell quantiles has to be the horizon
   */
  public RecurrentForecaster(String name, List<Trained> members, Windowing windowing, int horizon) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("members: expected at least one, found none");
    }
    boolean recursive = windowing.horizon() == 1 && !tellQuantiles(members);
    if (windowing.horizon() != horizon && !recursive) {
      throw new IllegalArgumentException(
          "windowing: expected one of " + horizon + " steps ahead, found " + windowing.horizon());
    }
    this.name = name;
    this.members = List.copyOf(members);
    this.windowing = windowing;
    this.horizon = horizon;
  }

  private static boolean tellQuantiles(List<Trained> members) {
    return members.get(0).network().spec().loss() instanceof Loss.Quantiles;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<RecurrentNetwork> networks() {
    return members.stream().map(Trained::network).toList();
  }

  /** Of networks that are applied again and again, what they read at first. */
  @Override
  public Inputs windows(List<History> origins) {
    return windowing.at(origins);
  }

  @Override
  public Windowing windowing() {
    return windowing;
  }

  @Override
  public int epochs() {
    return members.stream().mapToInt(Trained::epochs).max().orElseThrow();
  }

  @Override
  public int bestEpoch() {
    return members.get(0).bestEpoch();
  }

  @Override
  public Forecasts forecast(List<History> origins) {
    return tellQuantiles(members) ? quantiles(origins) : points(origins);
  }

  private Forecasts points(List<History> origins) {
    double[][] mean = new double[origins.size()][horizon];
    for (Trained member : members) {
      double[][] levels =
          windowing.horizon() == horizon
              ? direct(member.network(), origins)
              : recursive(member.network(), origins);
      for (int i = 0; i < mean.length; i++) {
        addShare(levels[i], mean[i]);
      }
    }
    return Forecasts.of(mean);
  }

  /** Adds a member's part of the mean. */
  private void addShare(double[] of, double[] mean) {
    for (int k = 0; k < mean.length; k++) {
      mean[k] += of[k] / members.size();
    }
  }

  private Forecasts quantiles(List<History> origins) {
    double[][][] quantiles = new double[origins.size()][horizon][Quantiles.COUNT];
    for (Trained member : members) {
      float[][] outputs = member.network().forecast(windows(origins));
      for (int i = 0; i < outputs.length; i++) {
        History origin = origins.get(i);
        double[][] own =
            windowing
                .of(origin.series())
                .transforms()
                .quantiles(origin, outputs[i], Quantiles.COUNT);
        for (int h = 0; h < horizon; h++) {
          Quantiles.rearrange(own[h]);
          addShare(own[h], quantiles[i][h]);
        }
      }
    }
    double[][] median = new double[origins.size()][horizon];
    for (int i = 0; i < median.length; i++) {
      for (int h = 0; h < horizon; h++) {
        median[i][h] = quantiles[i][h][Quantiles.MEDIAN];
      }
    }
    return new Forecasts(median, quantiles);
  }

  private double[][] direct(RecurrentNetwork network, List<History> origins) {
    float[][] outputs = network.forecast(windows(origins));
    double[][] levels = new double[outputs.length][];
    for (int i = 0; i < outputs.length; i++) {
      History origin = origins.get(i);
      levels[i] = windowing.of(origin.series()).transforms().levels(origin, outputs[i]);
    }
    return levels;
  }

  private double[][] recursive(RecurrentNetwork network, List<History> origins) {
    double[][] levels = new double[origins.size()][];
    for (int first = 0; first < levels.length; first += BLOCK) {
      List<History> block = origins.subList(first, Math.min(levels.length, first + BLOCK));
      RecursiveWindows windows = new RecursiveWindows(windowing, block, horizon);
      while (windows.step() < horizon) {
        windows.append(network.forecast(windows));
      }
      System.arraycopy(windows.levels(), 0, levels, first, block.size());
    }
    return levels;
  }
}
