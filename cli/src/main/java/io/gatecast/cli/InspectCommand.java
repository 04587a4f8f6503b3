package io.gatecast.cli;

import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.inspection.Inspection;
import io.gatecast.forecasting.inspection.InspectionPage;
import io.gatecast.forecasting.job.JobRunner;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.report.OutputFile;
import io.gatecast.forecasting.report.RunJson;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write it as one HTML page with plots; a file that is there is replaced.")
  private @Nullable Path html;

  @Override
  public Integer call() {
    JobSpec job = top.read(file);
    Dataset data = JobRunner.read(job);
    Inspection inspection = html == null ? Inspection.of(job, data) : Inspection.placed(job, data);
    if (html != null) {
      OutputFile.write(html, InspectionPage.of(inspection));
    }
    if (top.json()) {
      top.out().print(RunJson.text(inspection));
    } else {
      new InspectionText(top.out(), top.unicode()).print(inspection);
    }
    return 0;
  }
}
