package io.gatecast.forecasting.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test for each fault that damaged files have found, so that none comes back. */
class FoundByFuzzingTest {
  private static final String JOB = "job: a\nsource: {csv: a.csv, time: %s}\ntarget: y\n";
  private static final String LENIENT = "contract: {max_rejected: 0.9}\n";

  private static Dataset read(Path folder, String time, String csv) {
    Fixtures.bytes(folder, "a.csv", csv.getBytes(StandardCharsets.UTF_8));
    JobSpec job = JobFile.parse(JOB.formatted(time) + LENIENT, "a.yaml", folder);
    return Contract.read(job.data(), job::where);
  }

  @Test
  void whatAFaultQuotesIsOneBoundedLineWithoutControlCharacters() {
    String wild = "\u001b[31m\0\n" + "x".repeat(100_000);
    JobFault fault = new JobFault(ExitCode.DATA, wild, wild, wild, wild);
    for (String part :
        new String[] {fault.expected(), fault.found(), fault.where(), fault.action()}) {
      assertTrue(part.startsWith("\uFFFD[31m\uFFFD\\nxxx"), part);
      assertEquals(JobFault.MOST, part.length());
      assertTrue(part.endsWith("x…"), part);
    }
    String message = String.valueOf(fault.getMessage());
    assertFalse(message.codePoints().anyMatch(Character::isISOControl));
    assertTrue(message.length() < 4 * JobFault.MOST + 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-01-03", "-0001-01-03", "+10000-01-03", "0000-01-03"})
  void aYearThatNobodyMeansIsABadTime(String time, @TempDir Path folder) {
    String csv = "t,y\n2020-01-01,1\n2020-01-02,2\n" + time + ",3\n";
    assertEquals(Map.of(Kind.BAD_TIME, 1), read(folder, "t", csv).report().kinds());
  }

  @Test
  void aNumberOfMillionsOfDigitsIsABadTimeAtOnce(@TempDir Path folder) {
    String csv = "y,m,d\n2020,1,1\n2020,1,2\n2020,1," + "9".repeat(5_000_000) + "\n";
    Dataset data =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> read(folder, "[\"y\", \"m\", \"d\"]", csv));
    assertEquals(Map.of(Kind.BAD_TIME, 1), data.report().kinds());
  }

  @Test
  void aJobFileOfMillionsOfCharactersIsRefusedAtOnce(@TempDir Path folder) {
    String text = JOB.formatted("t") + "inputs: [" + "x".repeat(1_000_000) + "]\n";
    JobFault fault =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> Fixtures.fault(ExitCode.USAGE, () -> JobFile.parse(text, "a.yaml", folder)));
    assertEquals(text.length() + " characters", fault.found());
    Path data = Fixtures.bytes(folder, "data.csv", new byte[5_000_000]);
    JobFault instead = Fixtures.fault(ExitCode.USAGE, () -> JobFile.read(data));
    assertEquals("5000000 bytes", instead.found());
  }
}
