package io.gatecast.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Entry of {@code ./benchmarks/run NAME}: runs a benchmark, prints a table, writes JSON. */
@Command(
    name = "benchmarks/run",
    description = "Run one benchmark against its peer.",
    mixinStandardHelpOptions = true)
public final class Benchmarks implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "ingest: reading CSV, against DataVec's reader.")
  private String name = "";

  @Option(names = "--quick", description = "One short round: whether it runs, not how fast.")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results here as well.")
  private Path json = Path.of("");

  private Benchmarks() {}

  /**
   * Runs and ends the process.
   *
   * @param args as typed
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public Integer call() throws RunnerException, IOException {
    if (!name.equals("ingest")) {
      System.err.println("benchmarks: expected NAME ingest, found \"" + name + "\"");
      return 2;
    }
    List<Map<String, Object>> results = Ingest.run(quick);
    String text =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(results);
    System.out.println(text);
    if (!json.toString().isEmpty()) {
      // ./benchmarks/run changes to the checkout; a file is meant from where its caller stands.
      Path caller = Path.of(System.getProperty("gatecast.caller", ""));
      Files.writeString(caller.resolve(json), text + "\n");
    }
    return 0;
  }
}
