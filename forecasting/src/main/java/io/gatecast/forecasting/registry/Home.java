package io.gatecast.forecasting.registry;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder where everything lasting is: {@code jobs/<job>/runs/<run>} and {@code
 * jobs/<job>/backtests/<run>}, each with a lock in {@code jobs/<job>}.
 *
 * <p>A run's folder appears complete, by a rename, or not at all; a process that dies leaves only a
 * staging folder, which the next run of the job removes.
 */
public final class Home {
  /**
   * Jobs that this process holds. An operating system's lock belongs to the process, and closing
   * any other channel on its file would drop it: a held file must not even be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path root;

  /**
   * Names a home; nothing is touched yet.
   *
   * @param root its folder, made when first needed
   */
  public Home(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  /**
   * Takes a job for one run.
   *
   * @param job its name
   * @return the job's folder, held until it is closed
   * @throws JobFault if another run holds it, or the home cannot be written
   */
  public JobStore open(String job) {
    return open(job, "runs", "lock");
  }

  /**
   * Takes a job for one backtest, which a scheduled run of the same job need not wait for.
   *
   * @param job its name
   * @return the job's backtests, held until it is closed
   * @throws JobFault if another backtest holds it, or the home cannot be written
   */
  public JobStore openBacktests(String job) {
    return open(job, "backtests", "backtests.lock");
  }

  private JobStore open(String job, String what, String lock) {
    Path named = root.resolve("jobs").resolve(job);
    try {
      Files.createDirectories(named.resolve(what));
      // One job, by whatever links it is reached.
      Path folder = named.resolve(what).toRealPath();
      Path lockFile = named.toRealPath().resolve(lock);
      if (!HELD.add(folder)) {
        throw busy(job, lockFile);
      }
      boolean held = false;
      try {
        JobStore store = lock(job, folder, lockFile);
        held = true;
        return store;
      } finally {
        if (!held) {
          HELD.remove(folder);
        }
      }
    } catch (IOException e) {
      throw notWritable(named, e);
    }
  }

  private static JobStore lock(String job, Path folder, Path lockFile) throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      if (channel.tryLock() == null) {
        throw busy(job, lockFile);
      }
      JobStore store = new JobStore(folder, channel, () -> HELD.remove(folder));
      store.sweep();
      locked = true;
      return store;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /**
   * Tries whether the home can be written.
   *
   * @throws JobFault if it cannot
   */
  public void probe() {
    try {
      boolean there = Files.exists(root);
      Files.createDirectories(root);
      Files.delete(Files.createTempFile(root, ".probe-", ""));
      if (!there) {
        Files.delete(root);
      }
    } catch (IOException e) {
      throw notWritable(root, e);
    }
  }

  private static JobFault busy(String job, Path lockFile) {
    return new JobFault(
        ExitCode.BUSY,
        "job " + job + " to be free",
        "another run that holds it",
        lockFile.toString(),
        "wait for that run to end; a dead process holds no lock");
  }

  static JobFault notWritable(Path path, IOException cause) {
    return new JobFault(
            ExitCode.OUTPUT,
            "a home that can be written",
            cause.getClass().getSimpleName() + ": " + cause.getMessage(),
            path.toString(),
            "check permissions and free space, or choose another with --home or GATECAST_HOME")
        .because(cause);
  }
}
