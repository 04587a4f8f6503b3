package io.gatecast.cli;

import io.gatecast.forecasting.job.JobRunner;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gatecast run}: one scheduled run. */
@Command(
    name = "run",
    description = "Run a job once: read, train, check, test, forecast. Nothing new to do: exit 99.")
final class RunCommand implements Callable<Integer> {
  @ParentCommand private GatecastCommand top;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  @Option(names = "--force", description = "Run even where job and data are the last run's.")
  private boolean force;

  @Override
  public Integer call() {
    JobSpec job = top.read(file);
    Progress progress = new Progress(top.err());
    RunRecord record;
    try {
      record = new JobRunner(top.home()).run(job, force, progress);
    } finally {
      progress.done(); // so that a fault's message starts on a line of its own
    }
    if (top.json()) {
      top.out().print(RunJson.text(record));
    } else {
      new RunTable(top.out()).print(record);
    }
    return record.exit();
  }
}
