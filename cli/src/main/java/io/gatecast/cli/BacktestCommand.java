package io.gatecast.cli;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.job.BacktestRunner;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.BacktestPage;
import io.gatecast.forecasting.report.BacktestRecord;
import io.gatecast.forecasting.report.OutputFile;
import io.gatecast.forecasting.report.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** {@code gatecast backtest}: a job's models on rolling origins. */
@Command(
    name = "backtest",
    description = "Test a job's network and baselines on rolling origins; nothing is issued.")
final class BacktestCommand implements Callable<Integer> {
  @ParentCommand private GatecastCommand top;

  private static final String BEGIN = "<!-- backtests: begin -->";
  private static final String END = "<!-- backtests: end -->";

  @Parameters(paramLabel = "JOB.yaml", arity = "1..*", description = "The job file, or several.")
  private List<Path> files = List.of();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = {
        "Write the tables to this file, too; between its lines",
        "<!-- backtests: begin --> and <!-- backtests: end -->, where it has them."
      })
  private @Nullable Path markdown;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Folds that run at once, each on one thread (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    if (top.json() && files.size() > 1) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--json: expected one job file, found " + files.size());
    }
    if (threads < 1) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--threads: expected at least 1, found " + threads);
    }
    if (markdown != null) { // before hours of work
      OutputFile.require(markdown);
      page(markdown, "");
    }
    List<JobSpec> jobs = files.stream().map(top::read).toList();
    List<BacktestRecord> records = new ArrayList<>();
    for (JobSpec job : jobs) {
      Progress progress = new Progress(top.err());
      BacktestRecord record;
      try {
        record = new BacktestRunner(top.home()).run(job, threads, progress);
      } finally {
        progress.done();
      }
      records.add(record);
      if (top.json()) {
        top.out().print(RunJson.text(record));
      } else {
        new BacktestTable(top.out()).print(record);
      }
    }
    if (markdown != null) {
      OutputFile.write(markdown, page(markdown, BacktestPage.markdown(records)));
    }
    return ExitCode.DONE.code();
  }

  /** The tables alone, or in the place that a page has for them; a fault where it lost a mark. */
  private static String page(Path file, String tables) {
    String before;
    try {
      before = Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new JobFault(
              ExitCode.OUTPUT,
              "a page that can be read",
              String.valueOf(e.getMessage()),
              file.toString(),
              "check the path, or name a new file")
          .because(e);
    }
    int begin = before.indexOf(BEGIN);
    int end = before.indexOf(END);
    if (begin < 0 && end < 0) {
      return tables;
    }
    if (begin < 0 || end < begin) {
      throw new JobFault(
          ExitCode.OUTPUT,
          "a page with both marks, " + BEGIN + " before " + END,
          begin < 0 || end < 0 ? "one of them" : "the other order",
          file.toString(),
          "mend the marks, a line each, or name a new file");
    }
    return before.substring(0, begin + BEGIN.length()) + "\n\n" + tables + before.substring(end);
  }
}
