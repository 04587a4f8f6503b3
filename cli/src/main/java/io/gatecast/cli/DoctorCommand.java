package io.gatecast.cli;

import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.runtime.CpuLevel;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.runtime.NativeUnavailableException;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.Version;
import io.gatecast.forecasting.report.RunJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code gatecast doctor}: what it runs on, and whether it can. */
@Command(
    name = "doctor",
    description = "Check Java, processor, native library, threads, memory and home.")
final class DoctorCommand implements Callable<Integer> {
  private static final double GIB = 1L << 30;

  @ParentCommand private GatecastCommand top;

  @Override
  public Integer call() {
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("gatecast", Version.text());
    findings.put(
        "java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    findings.put("processor", CpuLevel.detect().toString());
    findings.put("heap", gib(Runtime.getRuntime().maxMemory()));
    ExitCode exit = ExitCode.DONE;
    try {
      NativeRuntime.Description natives = NativeRuntime.describe();
      findings.put("natives", natives.natives());
      findings.put("backend", natives.backend());
      findings.put("blas", natives.blasVendor());
      findings.put("threads", natives.blasThreads());
      findings.put(
          "kernel",
          Kernels.chosen() + " of " + Kernels.available() + ", threads " + Kernels.threads());
      findings.put("off-heap", gib(natives.maxOffHeapBytes()));
    } catch (NativeUnavailableException | LinkageError e) {
      findings.put("natives", "UNUSABLE: " + e.getMessage());
      exit = ExitCode.INTERNAL;
    }
    try {
      top.home().probe();
      findings.put("home", top.home().root() + ", writable");
    } catch (JobFault e) {
      findings.put("home", "UNUSABLE: " + e.getMessage());
      exit = ExitCode.OUTPUT;
    }
    findings.put("exit", exit.code());
    if (top.json()) {
      top.out().print(RunJson.text(findings));
    } else {
      findings.forEach((what, how) -> top.out().printf("%-10s %s%n", what, how));
    }
    return exit.code();
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "at most %.1f GiB", bytes / GIB);
  }
}
