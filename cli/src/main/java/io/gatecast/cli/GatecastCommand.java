package io.gatecast.cli;

import io.gatecast.core.kernel.KernelUnavailableException;
import io.gatecast.core.runtime.NativeUnavailableException;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.Version;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.forecasting.report.RunRecord;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command's top: options that every command has, and how faults are shown. */
@Command(
    name = "gatecast",
    description = "Forecasts stock and weather series with recurrent networks that are checked.",
    mixinStandardHelpOptions = true,
    versionProvider = GatecastCommand.Versions.class,
    subcommands = {
      RunCommand.class,
      BacktestCommand.class,
      CompareCommand.class,
      InspectCommand.class,
      InitCommand.class,
      TraceCommand.class,
      DoctorCommand.class
    },
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 internal fault, 2 usage, job or case file, 3 data broke the contract,",
      "4 gate refused the network (baseline issued), 5 oracle check failed (last good network or baseline issued),",
      "6 home or output not writable, 7 another run holds the job, 99 nothing new to do."
    })
final class GatecastCommand {
  static final String DEFAULT_HOME = ".gatecast";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Where runs are kept (or GATECAST_HOME; default: ./.gatecast).")
  private String home = "";

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON object on standard output, and nothing else there.")
  private boolean json;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of faults.")
  private boolean debug;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private String job = "";

  private GatecastCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Parses, runs and gives the exit code. */
  static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
    GatecastCommand top = new GatecastCommand(environment, out, err);
    CommandLine line = new CommandLine(top);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setExpandAtFiles(false); // a file named @x is a file
    line.setExecutionExceptionHandler((e, command, parsed) -> top.failed(e, command));
    line.setParameterExceptionHandler(
        (e, wrong) ->
            top.usage(
                e, Arrays.stream(wrong).anyMatch(argument -> argument.matches("--json(=true)?"))));
    if (args.length == 0) {
      line.usage(err);
      return ExitCode.USAGE.code();
    }
    try {
      return line.execute(args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return top.failed(e, line); // picocli hands on exceptions only
    }
  }

  /** Where runs are kept: option, then environment, then the working folder. */
  Home home() {
    String chosen = home.isEmpty() ? environment.getOrDefault("GATECAST_HOME", DEFAULT_HOME) : home;
    return new Home(Path.of(chosen.isEmpty() ? DEFAULT_HOME : chosen));
  }

  /** Reads a job file, and remembers which job it is about, for a fault's JSON. */
  JobSpec read(Path file) {
    job = String.valueOf(file.getFileName());
    JobSpec spec = JobFile.read(file);
    job = spec.name();
    return spec;
  }

  /**
   * Whether the terminal shows more than ASCII: what the locale's variables say, in POSIX' order,
   * and what the operating system told Java where none is set.
   */
  boolean unicode() {
    for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      String locale = environment.getOrDefault(variable, "");
      if (!locale.isEmpty()) {
        return isUtf8(locale);
      }
    }
    return isUtf8(System.getProperty("native.encoding", ""));
  }

  private static boolean isUtf8(String encoding) {
    return encoding.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
  }

  boolean json() {
    return json;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  private int usage(CommandLine.ParameterException e, boolean wantsJson) {
    CommandLine command = e.getCommandLine();
    JobFault fault =
        new JobFault(
            ExitCode.USAGE,
            "gatecast [--home DIR] [--json] COMMAND ...",
            String.valueOf(e.getMessage()),
            "command line",
            meant(e) + "see " + command.getCommandSpec().qualifiedName() + " --help");
    if (wantsJson) {
      out.print(RunJson.text(answer("", fault, command)));
    }
    show(fault);
    return ExitCode.USAGE.code();
  }

  private static String meant(CommandLine.ParameterException e) {
    return e instanceof CommandLine.UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? "did you mean " + String.join(" or ", unmatched.getSuggestions()) + "? Else "
        : "";
  }

  private int failed(Throwable e, CommandLine command) {
    JobFault fault = faultOf(e, command);
    if (json) {
      out.print(RunJson.text(answer(job, fault, command)));
    }
    show(fault);
    if (debug) {
      e.printStackTrace(err);
    }
    return fault.exit().code();
  }

  /** A fault for JSON: a run's record, or less of it where no run is meant. */
  private static Object answer(String job, JobFault fault, CommandLine command) {
    return command.getCommand() instanceof TraceCommand
        ? TraceCommand.Failed.of(fault)
        : RunRecord.failed(job, fault);
  }

  private static JobFault faultOf(Throwable e, CommandLine command) {
    if (e instanceof JobFault known) {
      return known;
    }
    if (e instanceof NativeUnavailableException natives) {
      return new JobFault(
          ExitCode.INTERNAL,
          natives.expected(),
          natives.found(),
          "ND4J's native library",
          natives.action());
    }
    if (e instanceof KernelUnavailableException kernel) {
      return new JobFault(
          ExitCode.USAGE, kernel.expected(), kernel.found(), kernel.where(), kernel.action());
    }
    return new JobFault(
        ExitCode.INTERNAL,
        "no fault of the program",
        e.toString(),
        command.getCommandSpec().qualifiedName(),
        "run again with --debug and report what it shows");
  }

  private void show(JobFault fault) {
    err.println("gatecast: " + title(fault.exit()) + " (exit " + fault.exit().code() + ")");
    err.println("  expected  " + fault.expected());
    err.println("  found     " + fault.found());
    err.println("  where     " + fault.where());
    err.println("  do        " + fault.action());
  }

  private static String title(ExitCode exit) {
    return switch (exit) {
      case USAGE -> "the command or its file cannot be used";
      case DATA -> "the data broke the contract";
      case OUTPUT -> "the home or the output cannot be written";
      case BUSY -> "the job is being run";
      default -> "internal fault";
    };
  }

  /** Gives {@code --version} its text. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gatecast " + Version.text()};
    }
  }
}
