package io.gatecast.benchmarks.timing;

import java.util.function.LongSupplier;

/**
 * Runs two sides in turn in one process and times them: each is warmed up until it no longer gets
 * faster, and then there are pairs of turns, every other pair in reverse order. A turn is one call
 * that is not timed, in which caches fill and the other side's threads go to sleep, and then as
 * many timed calls as fill the turn.
 *
 * <p>Both sides so meet the same disturbances of the machine. It does not fork JVMs as JMH does: a
 * fork for each pair would spend its time loading libraries and compiling.
 */
public final class Turns {
  /** A window of the warm-up whose fastest call gains less than this is calm. */
  private static final double GAIN = 0.03;

  private static final int CALM_WINDOWS = 2;
  private static final int MOST_CALLS = 100_000;

  /**
   * How much trouble is taken.
   *
   * @param pairs pairs of turns, at least 1
   * @param turnNanos what a turn's timed calls should last
   * @param windowNanos how long a window of the warm-up lasts; two without gain end it
   * @param mostWindows how many there may be, at least 1
   */
  public record Effort(int pairs, long turnNanos, long windowNanos, int mostWindows) {
    /** Enough for a ratio to be quoted. */
    public static final Effort FULL = new Effort(15, 100_000_000, 1_500_000_000, 12);

    /** Enough for one of many rows, in half the time. */
    public static final Effort BRIEF = new Effort(9, 60_000_000, 600_000_000, 8);

    /** One short round: whether it runs, not how fast. */
    public static final Effort QUICK = new Effort(3, 10_000_000, 200_000_000, 6);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException naming the argument and the value found
     */
    public Effort {
      if (pairs < 1) {
        throw new IllegalArgumentException("pairs: expected at least 1, found " + pairs);
      }
      if (turnNanos < 1 || windowNanos < 0 || mostWindows < 1) {
        throw new IllegalArgumentException(
            "turnNanos, windowNanos, mostWindows: expected at least 1, 0 and 1, found "
                + turnNanos
                + ", "
                + windowNanos
                + " and "
                + mostWindows);
      }
    }
  }

  private final Effort effort;
  private final LongSupplier clock;

  /**
   * Prepares.
   *
   * @param effort how much trouble to take
   * @param clock nanoseconds, such as {@code System::nanoTime}
   */
  public Turns(Effort effort, LongSupplier clock) {
    this.effort = effort;
    this.clock = clock;
  }

  /**
   * Times both.
   *
   * @param ours one call of our side
   * @param peer one call of the peer
   * @return their times
   */
  public Paired time(Runnable ours, Runnable peer) {
    int ourCalls = warmUp(ours);
    int peerCalls = warmUp(peer);
    double[] ourTimes = new double[effort.pairs()];
    double[] peerTimes = new double[effort.pairs()];
    for (int pair = 0; pair < effort.pairs(); pair++) {
      if (pair % 2 == 0) {
        ourTimes[pair] = turn(ours, ourCalls);
        peerTimes[pair] = turn(peer, peerCalls);
      } else {
        peerTimes[pair] = turn(peer, peerCalls);
        ourTimes[pair] = turn(ours, ourCalls);
      }
    }
    return new Paired(ourTimes, peerTimes);
  }

  /** Calls until it gets no faster; gives the number of calls that fill a turn. */
  private int warmUp(Runnable side) {
    long best = Long.MAX_VALUE;
    int calm = 0;
    for (int window = 0; window < effort.mostWindows() && calm < CALM_WINDOWS; window++) {
      long fastest = fastestOfWindow(side);
      calm = fastest > (1 - GAIN) * best ? calm + 1 : 0;
      best = Math.min(best, fastest);
    }
    return (int) Math.min(MOST_CALLS, Math.max(1, effort.turnNanos() / Math.max(1, best)));
  }

  private long fastestOfWindow(Runnable side) {
    long start = clock.getAsLong();
    long last = start;
    long fastest = Long.MAX_VALUE;
    do {
      side.run();
      long now = clock.getAsLong();
      fastest = Math.min(fastest, now - last);
      last = now;
    } while (last - start < effort.windowNanos());
    return fastest;
  }

  /** Milliseconds a call. */
  private double turn(Runnable side, int calls) {
    side.run();
    long start = clock.getAsLong();
    for (int call = 0; call < calls; call++) {
      side.run();
    }
    return (clock.getAsLong() - start) / 1e6 / calls;
  }
}
