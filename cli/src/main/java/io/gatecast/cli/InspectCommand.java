package io.gatecast.cli;

import io.gatecast.forecasting.data.Dataset;
import io.gatecast.forecasting.job.Inspection;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobRunner;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.RunJson;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gatecast inspect}: the job with its defaults, and the data as the contract sees it. */
@Command(
    name = "inspect",
    description = "Show a job with every default, and its data as the contract sees it.")
final class InspectCommand implements Callable<Integer> {
  @ParentCommand private GatecastCommand top;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private Path file;

  @Override
  public Integer call() {
    JobSpec job = JobFile.read(file);
    Dataset data = JobRunner.read(job);
    Inspection inspection = Inspection.of(job, data);
    if (top.json()) {
      top.out().print(RunJson.text(inspection));
    } else {
      print(inspection, top.out());
    }
    return 0;
  }

  private static void print(Inspection seen, PrintStream out) {
    out.println("job, with every default:");
    seen.settings().forEach((key, value) -> out.printf("  %-28s %s%n", key, value));
    out.println();
    out.printf(
        Locale.ROOT,
        "rows       %d read: %d kept, %d repaired, %d rejected%n",
        seen.rows().read(),
        seen.rows().accepted(),
        seen.rows().repaired(),
        seen.rows().rejected());
    Problems.print(out, seen.rows());
    out.println("step       " + seen.step());
    out.println();
    out.printf("  %-15s %-26s %-26s %8s %8s%n", "series", "from", "to", "steps", "missing");
    for (Inspection.Series one : seen.series()) {
      out.printf(
          Locale.ROOT,
          "  %-15s %-26s %-26s %8d %8d%n",
          one.name(),
          one.from(),
          one.to(),
          one.steps(),
          one.missing());
    }
    out.println();
    out.printf("  %-15s %-15s %12s %12s %12s%n", "series", "column", "least", "mean", "most");
    for (Inspection.Series one : seen.series()) {
      for (Inspection.Column column : one.columns()) {
        out.printf(
            Locale.ROOT,
            "  %-15s %-15s %12.5g %12.5g %12.5g%n",
            one.name(),
            column.name(),
            column.least(),
            column.mean(),
            column.most());
      }
    }
  }
}
