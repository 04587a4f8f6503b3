package io.gatecast.cli;

import io.gatecast.core.training.EpochReport;
import io.gatecast.forecasting.job.JobListener;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A run's progress on standard error: one line that moves on a terminal, plain lines otherwise (a
 * line a stage, and every tenth epoch). The launcher tells which, as Java itself cannot before 22.
 */
final class Progress implements JobListener {
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
    if (terminal) {
      int filled = epoch * WIDTH / epochs;
      err.print(
          "\r  [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + numbers + "\u001b[K");
      err.flush();
      open = true;
    } else if (epoch % PLAIN_EVERY == 1) {
      err.println("  " + numbers);
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
