package io.gatecast.cli;

import io.gatecast.forecasting.data.Dataset;
import io.gatecast.forecasting.job.Inspection;
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
    JobSpec job = top.read(file);
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
    out.println("rows       " + Problems.counts(seen.rows()));
    Problems.print(out, seen.rows());
    out.println("step       " + seen.step());
    out.println();
    TextTable extents = new TextTable(3);
    extents.row("series", "from", "to", "steps", "missing");
    TextTable columns = new TextTable(2);
    columns.row("series", "column", "least", "mean", "most");
    for (Inspection.Series one : seen.series()) {
      extents.row(
          one.name(),
          one.from(),
          one.to(),
          String.valueOf(one.steps()),
          String.valueOf(one.missing()));
      for (Inspection.Column column : one.columns()) {
        columns.row(
            one.name(),
            column.name(),
            number(column.least()),
            number(column.mean()),
            number(column.most()));
      }
    }
    extents.print(out);
    out.println();
    columns.print(out);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
