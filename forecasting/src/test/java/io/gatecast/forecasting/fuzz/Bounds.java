package io.gatecast.forecasting.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.JobFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a damaged file may end in: a result in time, or a fault that a person can read. */
public final class Bounds {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST = 2000;

  private Bounds() {}

  /**
   * Runs something on a damaged file. Anything thrown but a {@link JobFault} goes through, and so
   * fails the test.
   *
   * @param body what reads the file
   * @return the result, or empty where it ended in a readable fault
   */
  public static <T> Optional<T> resultOrFault(Supplier<T> body) {
    return assertTimeoutPreemptively(
        LIMIT,
        () -> {
          try {
            return Optional.of(body.get());
          } catch (JobFault fault) {
            requireReadable(fault);
            return Optional.empty();
          }
        });
  }

  private static void requireReadable(JobFault fault) {
    for (String part :
        List.of(
            fault.expected(),
            fault.found(),
            fault.where(),
            fault.action(),
            String.valueOf(fault.getMessage()))) {
      assertFalse(part.isBlank(), () -> "a blank part: " + shown(fault));
      boolean whole = part.startsWith("expected " + fault.expected());
      int most = whole ? 4 * LONGEST : LONGEST;
      assertTrue(part.length() < most, () -> part.length() + " characters: " + shown(fault));
      assertTrue(
          part.codePoints().noneMatch(Character::isISOControl),
          () -> "control characters: " + shown(fault));
      assertFalse(part.contains("\tat "), () -> "a stack trace: " + shown(fault));
      assertFalse(part.contains("java."), () -> "a class of Java: " + shown(fault));
    }
  }

  private static String shown(JobFault fault) {
    return String.join(
        " | ",
        shortened(fault.expected()),
        shortened(fault.found()),
        shortened(fault.where()),
        shortened(fault.action()));
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "… (" + text.length() + ")" : text;
  }
}
