package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.JobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that one job is never run twice at once, and that a dead process holds nothing. */
class JobLockTest {
  @Test
  void jobHeldByAnotherProcessIsBusyUntilThatProcessDies(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path home = folder.resolve("home");
    JobSpec job = SmallJob.seasonal(folder, SmallJob.STAYS);
    Process holder = holder(home, job.name());
    try (BufferedReader said = holder.inputReader()) {
      assertEquals(LockHolder.HELD + " false", said.readLine());
      JobFault fault = assertThrows(JobFault.class, () -> SmallJob.run(home, job));
      assertEquals(ExitCode.BUSY, fault.exit());
      assertTrue(fault.where().endsWith("lock"), fault.where());
      assertEquals(List.of(), SmallJob.runs(home));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertEquals(4, SmallJob.run(home, job).exit(), "a dead process holds no lock");
    assertEquals(1, SmallJob.runs(home).size());
  }

  @Test
  void jobHeldInTheSameProcessIsBusyAndAnotherJobIsNot(@TempDir Path folder) {
    Home home = new Home(folder);
    try (JobStore held = home.open("a")) {
      assertEquals(ExitCode.BUSY, assertThrows(JobFault.class, () -> home.open("a")).exit());
      home.open("b").close();
      assertTrue(held.newest().isEmpty());
    }
    home.open("a").close();
  }

  @Test
  void aSecondTryInTheSameProcessDoesNotLetTheJobGoToAnother(@TempDir Path folder)
      throws IOException, InterruptedException {
    Home home = new Home(folder);
    try (JobStore held = home.open("a")) {
      assertThrows(JobFault.class, () -> home.open("a"));
      Process other = holder(folder, "a");
      assertEquals(1, other.waitFor(), "the other process is refused");
      assertEquals("", new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertTrue(held.newest().isEmpty());
    }
  }

  private static Process holder(Path home, String job) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LockHolder.class.getName(),
            home.toString(),
            job)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void aBusyJobsStagingFolderIsLeftAlone(@TempDir Path folder) throws IOException {
    Home home = new Home(folder);
    try (JobStore held = home.open("a")) {
      Path staging = Files.createDirectory(folder.resolve("jobs/a/runs/.staging-x"));
      assertThrows(JobFault.class, () -> home.open("a"));
      assertTrue(Files.exists(staging));
      assertTrue(held.newest().isEmpty(), "a staging folder is no run");
    }
  }

  @Test
  void homeWithAFileInTheWayCannotBeWritten(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("home"), "in the way");
    JobSpec job = SmallJob.seasonal(folder, SmallJob.STAYS);
    JobFault fault = assertThrows(JobFault.class, () -> SmallJob.run(file, job));
    assertEquals(ExitCode.OUTPUT, fault.exit());
    assertTrue(fault.where().startsWith(file.toString()), fault.where());
    assertEquals("in the way", Files.readString(file));
  }
}
