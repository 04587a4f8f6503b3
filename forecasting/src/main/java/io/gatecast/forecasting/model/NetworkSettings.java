package io.gatecast.forecasting.model;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The network a job asks for; its number of inputs follows from the data.
 *
 * @param cell kind and variant
 * @param hidden units of a layer
 * @param layers recurrent layers
 * @param lookback steps that a forecast reads
 * @param dropout between layers
 * @param loss what training minimises; with {@link #quantiles} it tells quantiles
 * @param strategy how it comes to several steps ahead
 * @param ensemble networks that differ by their seed alone, at least 1; their forecasts are
 *     averaged
 * @param segments what reads a window in segments, all features of its steps as one channel, and
 *     forecasts in segments; empty for a network that reads step by step
 */
public record NetworkSettings(
    CellSpec cell,
    int hidden,
    int layers,
    int lookback,
    double dropout,
    Loss loss,
    Strategy strategy,
    int ensemble,
    Optional<Segments> segments) {

  /** How a network comes to several steps ahead (Ben Taieb et al., 2012). */
  public enum Strategy {
    /** One output for each step. */
    DIRECT,
    /** One step, again and again, each on the one before. */
    RECURSIVE;

    /** The name as job files write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name.
     *
     * @param label as {@link #label} gives it
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Strategy of(String label) {
      for (Strategy strategy : values()) {
        if (strategy.label().equals(label)) {
          return strategy;
        }
      }
      throw new IllegalArgumentException("strategy: expected direct or recursive, found " + label);
    }
  }

  /**
   * Checks the ensemble, the loss and the segments.
   *
   * @throws IllegalArgumentException if it has no member; if its quantiles are not those of {@link
   *     Quantiles}; if a recursive network is to tell quantiles: read back, a quantile is no longer
   *     one, as what it leaves open of a step is lost to the next; or if segments surround anything
   *     but one layer of a direct network without dropout of its own, hold several channels, are
   *     longer than the look-back, or have a linear map that reads beyond it
   */
  public NetworkSettings {
    if (ensemble < 1) {
      throw new IllegalArgumentException("ensemble: expected at least 1, found " + ensemble);
    }
    if (loss instanceof Loss.Quantiles && !loss.equals(quantiles())) {
      throw new IllegalArgumentException(
          "loss: expected " + quantiles().label() + ", found " + loss.label());
    }
    if (loss instanceof Loss.Quantiles && strategy == Strategy.RECURSIVE) {
      throw new IllegalArgumentException(
          "strategy: expected direct for a network that tells quantiles, found recursive; quantiles"
              + " that are read back leave out how uncertain the step before was");
    }
    if (segments.isPresent()) {
      requireFor(segments.get(), layers, lookback, dropout, strategy);
    }
  }

  private static void requireFor(
      Segments segments, int layers, int lookback, double dropout, Strategy strategy) {
    require(strategy == Strategy.DIRECT, "strategy: expected direct for", "recursive");
    require(layers == 1, "layers: expected one for", layers);
    require(dropout == 0, "dropout: expected 0 between layers, as there is one, for", dropout);
    require(segments.channels() == 1, "channels: expected one for", segments.channels());
    require(
        segments.length() <= lookback,
        "length: expected at most the look-back, " + lookback + ", for",
        segments.length());
    require(
        segments.linear() <= lookback,
        "linear: expected at most the look-back, " + lookback + ", for",
        segments.linear());
  }

  private static void require(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          expected + " a network of segments that forecasts one target, found " + found);
    }
  }

  /**
   * Networks that read step by step.
   *
   * @param cell kind and variant
   * @param hidden units of a layer
   * @param layers recurrent layers
   * @param lookback steps that a forecast reads
   * @param dropout between layers
   * @param loss what training minimises
   * @param strategy how they come to several steps ahead
   * @param ensemble networks that differ by their seed alone, at least 1
   * @throws IllegalArgumentException as the canonical constructor
   */
  public NetworkSettings(
      CellSpec cell,
      int hidden,
      int layers,
      int lookback,
      double dropout,
      Loss loss,
      Strategy strategy,
      int ensemble) {
    this(cell, hidden, layers, lookback, dropout, loss, strategy, ensemble, Optional.empty());
  }

  /**
   * One network that gives all steps.
   *
   * @param cell kind and variant
   * @param hidden units of a layer
   * @param layers recurrent layers
   * @param lookback steps that a forecast reads
   * @param dropout between layers
   * @param loss what training minimises
   */
  public NetworkSettings(
      CellSpec cell, int hidden, int layers, int lookback, double dropout, Loss loss) {
    this(cell, hidden, layers, lookback, dropout, loss, Strategy.DIRECT, 1);
  }

  /**
   * The same with another strategy.
   *
   * @param other how it comes to several steps ahead
   * @throws IllegalArgumentException as the canonical constructor
   */
  public NetworkSettings with(Strategy other) {
    return new NetworkSettings(
        cell, hidden, layers, lookback, dropout, loss, other, ensemble, segments);
  }

  /**
   * The same with another cell.
   *
   * @param other kind and variant
   */
  public NetworkSettings with(CellSpec other) {
    return new NetworkSettings(
        other, hidden, layers, lookback, dropout, loss, strategy, ensemble, segments);
  }

  /**
   * The same with another loss.
   *
   * @param other what training minimises
   */
  public NetworkSettings with(Loss other) {
    return new NetworkSettings(
        cell, hidden, layers, lookback, dropout, other, strategy, ensemble, segments);
  }

  /**
   * The same with another number of members.
   *
   * @param members of the ensemble, at least 1
   */
  public NetworkSettings with(int members) {
    return new NetworkSettings(
        cell, hidden, layers, lookback, dropout, loss, strategy, members, segments);
  }

  /**
   * The same around or without segments.
   *
   * @param other what reads and forecasts in segments; empty to read step by step
   * @throws IllegalArgumentException as the canonical constructor
   */
  public NetworkSettings with(Optional<Segments> other) {
    return new NetworkSettings(
        cell, hidden, layers, lookback, dropout, loss, strategy, ensemble, other);
  }

  /**
   * The loss of a network that tells quantiles, the pinball loss at all levels of {@link
   * Quantiles}.
   */
  public static Loss.Quantiles quantiles() {
    return new Loss.Quantiles(Arrays.stream(Quantiles.levels()).boxed().toList());
  }

  /**
   * A normalisation's name as job files and manifests write it.
   *
   * @param normalisation of windows
   * @return {@code none}, {@code last-value} or {@code instance}
   */
  public static String label(Segments.Normalisation normalisation) {
    return normalisation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a normalisation's name.
   *
   * @param label as {@link #label} gives it
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Segments.Normalisation normalisation(String label) {
    for (Segments.Normalisation normalisation : Segments.Normalisation.values()) {
      if (label(normalisation).equals(label)) {
        return normalisation;
      }
    }
    throw new IllegalArgumentException(
        "normalisation: expected none, last-value or instance, found " + label);
  }

  /** Whether the network tells quantiles. */
  public boolean tellsQuantiles() {
    return loss instanceof Loss.Quantiles;
  }

  /**
   * The network for so many features and steps: a recursive one gives one step at a time, one that
   * tells quantiles each step's, ascending.
   *
   * @param inputs features a step
   * @param horizon steps to forecast
   */
  public NetworkSpec spec(int inputs, int horizon) {
    if (segments.isPresent()) {
      return NetworkSpec.segmented(cell, inputs, hidden, horizon, segments.get(), loss);
    }
    int steps = strategy == Strategy.RECURSIVE ? 1 : horizon;
    int outputs = steps * loss.outputsPerStep();
    return NetworkSpec.uniform(cell, inputs, hidden, layers, outputs, dropout, loss);
  }
}
