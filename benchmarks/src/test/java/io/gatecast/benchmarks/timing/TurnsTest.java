package io.gatecast.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.benchmarks.timing.Turns.Effort;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** On a clock that only the sides move on. */
class TurnsTest {
  private static final long MILLISECOND = 1_000_000;

  private final AtomicLong clock = new AtomicLong();
  private final StringBuilder calls = new StringBuilder();

  private Runnable side(String name, long nanos) {
    return () -> {
      calls.append(name);
      clock.addAndGet(nanos);
    };
  }

  private Paired time(Effort effort, Runnable ours, Runnable peer) {
    return new Turns(effort, clock::get).time(ours, peer);
  }

  @Test
  void timesAreMillisecondsACall() {
    Paired times =
        time(
            new Effort(3, 10 * MILLISECOND, 0, 9),
            side("a", 2 * MILLISECOND),
            side("b", 5 * MILLISECOND));
    assertEquals(2, times.oursMs());
    assertEquals(5, times.peerMs());
    assertEquals(0.4, times.ratio());
    assertEquals(0, times.spread());
  }

  @Test
  void everyOtherPairIsReversedAndEachTurnBeginsWithACallThatIsNotTimed() {
    time(
        new Effort(2, 4 * MILLISECOND, 0, 9),
        side("a", 2 * MILLISECOND),
        side("b", 4 * MILLISECOND));
    String warm = "aaa" + "bbb"; // a window of one call, and two that are no faster
    String first = "aaa" + "bb"; // one untimed and two timed of 2 ms; one untimed, one timed of 4
    String second = "bb" + "aaa";
    assertEquals(warm + first + second, calls.toString());
  }

  @Test
  void aWindowOfTheWarmUpLastsAsLongAsAskedFor() {
    time(
        new Effort(1, 1, 7 * MILLISECOND, 1),
        side("a", 2 * MILLISECOND),
        side("b", 50 * MILLISECOND));
    assertEquals("aaaa" + "b" + "aa" + "bb", calls.toString());
  }

  @Test
  void whatGetsFasterIsWarmedUpUntilItNoLongerDoes() {
    long[] nanos = {100 * MILLISECOND};
    int[] count = {0};
    Runnable compiling =
        () -> {
          count[0]++;
          clock.addAndGet(nanos[0]);
          nanos[0] = Math.max(10 * MILLISECOND, nanos[0] - 10 * MILLISECOND);
        };
    Paired times = time(new Effort(1, 1, 0, 99), compiling, side("b", MILLISECOND));
    assertEquals(10, times.oursMs());
    assertEquals(10 + 2 + 2, count[0]); // down to 10 ms, two calm windows, one turn
  }

  @Test
  void warmingUpEnds() {
    long[] nanos = {1L << 40};
    int[] count = {0};
    Runnable everFaster =
        () -> {
          count[0]++;
          clock.addAndGet(nanos[0]);
          nanos[0] /= 2;
        };
    time(new Effort(1, 1, 0, 5), everFaster, side("b", MILLISECOND));
    assertEquals(5 + 2, count[0]);
  }

  @Test
  void theFirstCallOfATurnMayBeSlow() {
    int[] call = {0};
    Runnable slowWhenSwitchedTo =
        () -> clock.addAndGet(call[0]++ < 3 || call[0] % 2 == 1 ? MILLISECOND : 9 * MILLISECOND);
    Paired times =
        time(new Effort(3, MILLISECOND, 0, 9), slowWhenSwitchedTo, side("b", MILLISECOND));
    assertEquals(1, times.oursMs());
  }

  @Test
  void effortIsChecked() {
    assertThrows(IllegalArgumentException.class, () -> new Effort(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Effort(1, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Effort(1, 1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Effort(1, 1, 1, 0));
  }
}
