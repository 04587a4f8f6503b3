package io.gatecast.cli;

import io.gatecast.core.training.EpochReport;
import io.gatecast.forecasting.job.BacktestRunner;
import io.gatecast.forecasting.job.JobListener;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A run's progress on standard error: one line that moves on a terminal, plain lines otherwise (a
 * line a stage, and every tenth epoch). The launcher tells which, as Java itself cannot before 22.
 */
final class Progress implements JobListener, BacktestRunner.Listener {
  private static final int WIDTH = 30;
  private static final int PLAIN_EVERY = 10;

  private final PrintStream err;
  private final boolean terminal;
  private boolean open;

  Progress(PrintStream err) {
    this(err, Boolean.getBoolean("gatecast.terminal"));
  }

  Progress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void stage(String stage) {
    done();
    err.println("· " + stage);
  }

  @Override
  public void epoch(EpochReport report) {
    int epoch = report.epoch();
    int epochs = report.epochs();
    String numbers =
        String.format(
            Locale.ROOT,
            "epoch %d of at most %d, loss %.4f, validation %.4f%s",
            epoch,
            epochs,
            report.trainLoss(),
            report.validationLoss(),
            report.best() ? ", best" : "");
    show(epoch, epochs, numbers, epoch % PLAIN_EVERY == 1);
  }

  @Override
  public void fitted(
      int done, int of, String model, Duration took, Duration elapsed, Optional<Duration> left) {
    String line =
        String.format(
            Locale.ROOT,
            "%d of %d fits done (%s in %.1f s), %s elapsed%s",
            done,
            of,
            model,
            took.toMillis() / 1e3,
            clock(elapsed),
            left.map(rest -> ", about " + clock(rest) + " left").orElse(""));
    show(done, of, line, true);
  }

  private static String clock(Duration duration) {
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }

  private void show(int done, int of, String text, boolean plain) {
    if (terminal) {
      int filled = done * WIDTH / of;
      err.print(
          "\r  [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + text + "\u001b[K");
      err.flush();
      open = true;
    } else if (plain) {
      err.println("  " + text);
    }
  }

  /** Ends a moving line. */
  void done() {
    if (open) {
      err.println();
      open = false;
    }
  }
}
