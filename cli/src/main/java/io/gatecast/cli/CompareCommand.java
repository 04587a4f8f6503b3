package io.gatecast.cli;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.forecasting.job.Comparison;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.ComparisonRecord;
import io.gatecast.forecasting.report.RunJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gatecast compare}: RNN, GRU and LSTM side by side on a job. */
@Command(
    name = "compare",
    description = "Train RNN, GRU and LSTM on a job with the same budget, and show what each did.")
final class CompareCommand implements Callable<Integer> {
  @ParentCommand private GatecastCommand top;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "CELL",
      description = "Any of rnn, gru, lstm (default: all).")
  private List<String> cells = List.of("rnn", "gru", "lstm");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Trainings of each cell, from the job's seed on (default: 3).")
  private int seeds = 3;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw usage("--seeds: expected at least 1, found " + seeds);
    }
    JobSpec job = top.read(file);
    List<CellSpec> chosen;
    try {
      chosen = Comparison.cells(job, cells);
    } catch (IllegalArgumentException e) {
      throw usage("--" + e.getMessage());
    }
    Progress progress = new Progress(top.err());
    ComparisonRecord record;
    try {
      record = Comparison.run(job, chosen, seeds, progress);
    } finally {
      progress.done();
    }
    if (top.json()) {
      top.out().print(RunJson.text(record));
    } else {
      new CompareTable(top.out()).print(record);
    }
    return record.exit();
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
