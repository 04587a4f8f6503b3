package io.gatecast.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatecast.benchmarks.Choice.Trouble;
import io.gatecast.benchmarks.protocol.Protocol;
import io.gatecast.benchmarks.protocol.ProtocolCost;
import io.gatecast.benchmarks.protocol.ProtocolData;
import io.gatecast.benchmarks.protocol.ProtocolModels;
import io.gatecast.benchmarks.protocol.ProtocolOptions;
import io.gatecast.benchmarks.protocol.ProtocolReport;
import io.gatecast.benchmarks.protocol.ProtocolRun;
import io.gatecast.benchmarks.protocol.ProtocolStore;
import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.DisagreementException;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.sides.Gatecast;
import io.gatecast.core.kernel.KernelUnavailableException;
import io.gatecast.forecasting.report.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Entry of {@code ./benchmarks/run NAME}: runs a benchmark and gives its results as JSON. Exit code
 * 2 is a wrong argument, 3 two sides that do not compute the same.
 */
@Command(
    name = "benchmarks/run",
    description = "Run one benchmark against its peers.",
    mixinStandardHelpOptions = true)
public final class Benchmarks implements Callable<Integer> {
  private static final Path README = Path.of("benchmarks/README.md");
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int DISAGREEMENT = 3;

  /** The benchmarks by name. */
  private enum Name {
    INGEST,
    KERNELS,
    INFERENCE,
    SCALING,
    MEMORY,
    PROTOCOL,
    TABLE
  }

  @Parameters(
      paramLabel = "NAME",
      description = {
        "ingest: from CSV to windows, against DataVec's reader and DuckDB, and the heap it needs.",
        "kernels: a training step, against PyTorch and DL4J.",
        "inference: forward alone, against ONNX Runtime.",
        "scaling: a training step over steps, batch and threads, against PyTorch.",
        "memory: what the process holds early and late in long runs.",
        "protocol: the published long-horizon tables, our models beside the published numbers.",
        "table: all of these but ingest and protocol, into results.json and README.md."
      })
  private Name name = Name.INGEST;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SIZE",
      description = "Any of S, M, L, W (default: all; scaling: M).")
  private List<WorkSize.Named> sizes = List.of();

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "CELL",
      description = "Any of rnn, gru, lstm (default: all).")
  private List<Cells> cells = List.of();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Threads of either side, each number in turn (default: 1).")
  private List<Integer> threads = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description =
          "Any of pytorch, dl4j, onnxruntime, gatecast-dl4j, sgemm (default: the benchmark's own).")
  private List<String> peers = List.of();

  @Option(
      names = "--over",
      split = ",",
      paramLabel = "WHAT",
      description = "scaling: any of steps, batch, threads (default: all).")
  private List<Scaling.Over> over = List.of();

  @Option(
      names = "--engine",
      paramLabel = "KERNEL",
      description = "Our side's kernel, vector or blas (default: the one that it takes itself).")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = "--quick",
      description = "One short round of S and M: whether it runs, not how fast.")
  private boolean quick;

  @Option(
      names = "--brief",
      description = "Half the time of a full round, as the rows of the table have it.")
  private boolean brief;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results here as well.")
  private Path json = Path.of("");

  @Mixin private ProtocolOptions protocol = new ProtocolOptions();

  private Benchmarks() {}

  /**
   * Runs and ends the process.
   *
   * @param args as typed
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException {
    Choice choice;
    try {
      choice = new Choice(sizes, cells, threads, peers, over, Gatecast.engine(engine), trouble());
      refuseWhatDoesNotFit();
    } catch (IllegalArgumentException | KernelUnavailableException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return USAGE;
    }
    List<Map<String, Object>> results;
    try {
      results = run(choice);
    } catch (IllegalArgumentException e) {
      if (name != Name.PROTOCOL) {
        throw e;
      }
      System.err.println("benchmarks: " + e.getMessage());
      return USAGE;
    } catch (Protocol.FailedRunsException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return FAILED;
    } catch (DisagreementException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return DISAGREEMENT;
    } catch (Table.PartFailedException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return e.exitCode();
    }
    String text =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(results);
    System.out.println(text);
    if (jsonFile().isPresent() && name != Name.TABLE) {
      Files.writeString(jsonFile().get(), text + "\n");
    }
    return 0;
  }

  private Trouble trouble() {
    if (quick && brief) {
      throw new IllegalArgumentException("--quick, --brief: expected one of them, found both");
    }
    return quick ? Trouble.QUICK : brief ? Trouble.BRIEF : Trouble.FULL;
  }

  private void refuseWhatDoesNotFit() {
    if (protocol.given() && name != Name.PROTOCOL) {
      throw new IllegalArgumentException(
          "--set, --lookback, --horizon, --model, --seeds, --again, --store, --report, --peer: expected"
              + " with protocol alone");
    }
    Peers.check(peers, name == Name.KERNELS);
    if (!over.isEmpty() && name != Name.SCALING) {
      throw new IllegalArgumentException("--over: expected with scaling alone");
    }
    if (!peers.isEmpty() && name == Name.MEMORY) {
      throw new IllegalArgumentException("memory: expected no --peers: it has none");
    }
    boolean chosen =
        !(sizes.isEmpty() && cells.isEmpty() && threads.isEmpty() && peers.isEmpty())
            || engine.isPresent()
            || brief;
    if ((chosen || quick) && name == Name.PROTOCOL) {
      throw new IllegalArgumentException(
          "protocol: expected its own options and --json: its results do not depend on the effort");
    }
    if (chosen && (name == Name.INGEST || name == Name.TABLE)) {
      throw new IllegalArgumentException(
          name.name().toLowerCase(Locale.ROOT)
              + ": expected no other option than --quick and --json");
    }
  }

  /** ./benchmarks/run changes to the checkout; a file is meant from where its caller stands. */
  private Optional<Path> jsonFile() {
    if (json.toString().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(caller().resolve(json));
  }

  private static Path caller() {
    return Path.of(System.getProperty("gatecast.caller", ""));
  }

  private List<Map<String, Object>> protocol() throws IOException {
    ProtocolStore store = new ProtocolStore(protocol.store(caller()));
    if (protocol.report()) {
      List<ProtocolRun> runs = store.runs();
      OutputFile.write(README, ProtocolReport.into(Files.readString(README), runs));
      System.err.println("protocol: " + README + " from " + store.file());
      return runs.stream().flatMap(run -> run.rows().stream()).toList();
    }
    String folder = System.getenv("GATECAST_DATA");
    Protocol.Source source =
        set -> {
          if (folder == null) {
            throw new IllegalArgumentException(
                "GATECAST_DATA: expected the folder of the series, found it unset; set it");
          }
          return ProtocolData.read(set, Path.of(folder));
        };
    Protocol.Order order = protocol.order(ProtocolModels.all());
    if (protocol.peer()) {
      return ProtocolCost.run(order, source);
    }
    return new Protocol(
            store, source, line -> System.err.println("protocol: " + line), System::nanoTime)
        .run(order, protocol.again());
  }

  private List<Map<String, Object>> run(Choice choice) throws IOException {
    return switch (name) {
      case INGEST -> Ingest.run(quick);
      case KERNELS -> Kernels.run(choice);
      case INFERENCE -> Inference.run(choice);
      case SCALING -> Scaling.run(choice);
      case MEMORY -> Memory.run(choice);
      case PROTOCOL -> protocol();
      case TABLE -> Table.run(quick, jsonFile());
    };
  }
}
