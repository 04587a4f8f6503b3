package io.gatecast.cli;

import io.gatecast.forecasting.job.draft.Guess;
import io.gatecast.forecasting.job.draft.JobDraft;
import io.gatecast.forecasting.report.OutputFile;
import io.gatecast.forecasting.report.RunJson;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gatecast init}: a starter job file from unknown CSV files. */
@Command(
    name = "init",
    description =
        "Guess a job file from CSV files (time, step, series, target, ...) and say what was"
            + " guessed.")
final class InitCommand implements Callable<Integer> {
  @ParentCommand private GatecastCommand top;

  @Parameters(
      paramLabel = "CSV",
      arity = "1..*",
      description = "CSV files of the same columns, plain or packed with gzip.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "JOB.yaml",
      description = "Where to write it (default: standard output, with absolute paths).")
  private @Nullable Path output;

  @Option(names = "--force", description = "Replace the output if it is there.")
  private boolean force;

  @Override
  public Integer call() {
    Path folder = output == null ? null : output.toAbsolutePath().normalize().getParent();
    JobDraft draft = JobDraft.of(files, folder);
    if (output != null) {
      OutputFile.write(output, draft.jobFile(), force);
    }
    if (top.json()) {
      top.out().print(RunJson.text(draft));
    } else if (output == null) {
      top.out().print(draft.jobFile());
    }
    if (!top.json()) {
      TextTable table = new TextTable(3);
      table.row("guessed", "value", "because");
      for (Guess guess : draft.guesses()) {
        table.row(guess.key(), guess.value(), guess.because());
      }
      table.print(top.err());
      if (output != null) {
        top.err().println("next: gatecast inspect " + output);
      }
    }
    return 0;
  }
}
