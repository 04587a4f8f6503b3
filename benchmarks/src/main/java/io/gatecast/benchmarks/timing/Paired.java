package io.gatecast.benchmarks.timing;

import java.util.Arrays;

/**
 * Times of two sides that ran in turn: the i-th of ours and the i-th of the peer's were taken one
 * after the other, under the same weather of the machine.
 *
 * <p>Medians, because a shared machine's disturbances only ever add. The ratio is that of the
 * medians, so that a row's three numbers fit together; the spread is taken from the pairs.
 */
public final class Paired {
  private final double[] ours;
  private final double[] peer;

  /**
   * Keeps the times of both sides.
   *
   * @param ours milliseconds a call, by pair; positive
   * @param peer milliseconds a call, by pair; positive
   * @throws IllegalArgumentException if there is no pair, an odd one out, or a time that is none
   */
  public Paired(double[] ours, double[] peer) {
    if (ours.length == 0 || ours.length != peer.length) {
      throw new IllegalArgumentException(
          "times: expected as many of ours as of the peer's, at least one, found "
              + ours.length
              + " and "
              + peer.length);
    }
    this.ours = positive("ours", ours);
    this.peer = positive("peer", peer);
  }

  /**
   * The same with the peer's times in another unit of work.
   *
   * @param factor how much of the peer's own work makes one of ours; positive
   */
  public Paired withPeerTimes(double factor) {
    double[] scaled = new double[peer.length];
    for (int pair = 0; pair < scaled.length; pair++) {
      scaled[pair] = factor * peer[pair];
    }
    return new Paired(ours, scaled);
  }

  /** Median of our times, in milliseconds. */
  public double oursMs() {
    return quantile(ours, 0.5);
  }

  /** Median of the peer's times, in milliseconds. */
  public double peerMs() {
    return quantile(peer, 0.5);
  }

  /** Our median by the peer's: below 1 we are faster. */
  public double ratio() {
    return oursMs() / peerMs();
  }

  /** Distance of the quartiles of the pairs' own ratios: how far to trust {@link #ratio}. */
  public double spread() {
    double[] ratios = new double[ours.length];
    for (int pair = 0; pair < ratios.length; pair++) {
      ratios[pair] = ours[pair] / peer[pair];
    }
    return quantile(ratios, 0.75) - quantile(ratios, 0.25);
  }

  /** The q-quantile, linear between the two nearest of the sorted values. */
  static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = q * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private static double[] positive(String side, double[] times) {
    for (double time : times) {
      if (!(time > 0 && Double.isFinite(time))) {
        throw new IllegalArgumentException(side + ": expected positive times, found " + time);
      }
    }
    return times.clone();
  }
}
