package io.gatecast.benchmarks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatecast.benchmarks.table.Environment;
import io.gatecast.benchmarks.table.MarkedText;
import io.gatecast.benchmarks.table.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All measurements in one go: each part is a command that may be run alone, and has a JVM of its
 * own, so that no part meets what another one has loaded, compiled or allocated.
 */
final class Table {
  private static final Path RESULTS = Path.of("benchmarks/results.json");
  private static final Path README = Path.of("benchmarks/README.md");
  private static final Path ROUGH = Path.of("benchmarks/target/table.json");

  /** The parts, without how much trouble to take. */
  static final List<String> PARTS =
      List.of(
          "kernels --sizes S,M,L,W --cells lstm,gru,rnn --threads 1,2 --peers pytorch",
          "kernels --sizes S,M --cells lstm --peers dl4j,gatecast-dl4j",
          "kernels --sizes L,W --cells lstm,gru,rnn --peers sgemm",
          "kernels --sizes M,L --cells lstm,gru,rnn --peers pytorch --engine blas",
          "inference --sizes S,M,L --cells lstm,gru,rnn --threads 1,2 --peers onnxruntime",
          "scaling --sizes M --cells lstm --over steps,batch,threads --peers pytorch",
          "scaling --sizes L --cells lstm --over threads --peers pytorch",
          "memory");

  /** As {@code ./benchmarks/run memory} has it, and why is said there. */
  private static final List<String> MEMORY_OPTIONS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Table() {}

  /** A part that ended with another exit code than 0. */
  static final class PartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    PartFailedException(String part, int exitCode) {
      super("table: " + part + ": expected it to end with 0, found " + exitCode);
      this.exitCode = exitCode;
    }

    /** What it ended with. */
    int exitCode() {
      return exitCode;
    }
  }

  /**
   * A part as typed.
   *
   * @param part of {@link #PARTS}
   * @param quick whether a rough one is enough
   */
  static List<String> line(String part, boolean quick) {
    List<String> line = new ArrayList<>(List.of(part.split(" ", -1)));
    line.add(quick ? "--quick" : "--brief");
    return line;
  }

  /**
   * Runs all parts and writes the results and the Markdown.
   *
   * @param quick a rough table, which never gets into the README
   * @param elsewhere where the results go instead of {@code results.json}; the Markdown then lies
   *     beside it instead of in the README
   * @return all rows
   * @throws PartFailedException if a part fails; nothing is written then
   * @throws IOException if a file cannot be read or written
   */
  static List<Map<String, Object>> run(boolean quick, Optional<Path> elsewhere) throws IOException {
    Optional<Path> other = quick ? Optional.of(elsewhere.orElse(ROUGH)) : elsewhere;
    if (other.isEmpty()) {
      MarkedText.replace(Files.readString(README), ""); // before all the work
    }
    Map<String, String> environment = Environment.describe();
    List<String> commands = new ArrayList<>();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String part : PARTS) {
      List<String> line = line(part, quick);
      commands.add(String.join(" ", line));
      System.err.println("== " + String.join(" ", line));
      rows.addAll(rowsOf(line));
    }
    write(other, environment, commands, rows);
    return rows;
  }

  private static void write(
      Optional<Path> elsewhere,
      Map<String, String> environment,
      List<String> commands,
      List<Map<String, Object>> rows)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("environment", environment);
    all.put("commands", commands);
    all.put("rows", rows);
    String markdown = Report.markdown(environment, rows);
    Path results = elsewhere.orElse(RESULTS);
    Files.writeString(results, JSON.writeValueAsString(all) + "\n");
    Path table = README;
    if (elsewhere.isPresent()) {
      table = results.resolveSibling(results.getFileName() + ".md");
      Files.writeString(table, markdown + "\n");
    } else {
      Files.writeString(table, MarkedText.replace(Files.readString(table), markdown));
    }
    System.err.println("table: " + results + " and " + table);
  }

  /** This JVM's own command, with a part's line; what is said twice, the last one says. */
  static List<String> command(List<String> line) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (line.get(0).equals("memory")) {
      command.addAll(MEMORY_OPTIONS);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Benchmarks.class.getName());
    command.addAll(line);
    return command;
  }

  private static List<Map<String, Object>> rowsOf(List<String> line) throws IOException {
    Path file = Files.createTempFile("gatecast-benchmarks", ".json");
    try {
      List<String> command = command(line);
      command.addAll(List.of("--json", file.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      int code = process.waitFor();
      if (code != 0) {
        throw new PartFailedException(String.join(" ", line), code);
      }
      return JSON.readValue(file.toFile(), new TypeReference<>() {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("table: interrupted", e);
    } finally {
      Files.delete(file);
    }
  }
}
