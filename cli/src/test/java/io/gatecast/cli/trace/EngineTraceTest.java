package io.gatecast.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.cli.Main;
import io.gatecast.cli.Shell;
import io.gatecast.reference.CellKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that every engine answers the oracle's cases with the oracle's numbers. */
class EngineTraceTest {
  private Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));

  @BeforeEach
  void ownFolder(@TempDir Path folder) {
    shell = new Shell(folder);
  }

  static Stream<Arguments> cases() {
    return Stream.of("portable", "blas", "vector")
        .flatMap(
            engine ->
                TraceFileTest.cases()
                    .map(given -> arguments(engine, given.get()[0], given.get()[1])));
  }

  private JsonEntry answer(String... words) {
    Shell.Ended ended = shell.type(words);
    assertEquals(0, ended.exit(), ended.err());
    assertEquals("", ended.err());
    ended.oneObject();
    return new JsonEntry("answer", "", LocatedJson.parse(ended.out(), "answer"));
  }

  private static List<String> keys(JsonEntry object) {
    return List.copyOf(object.members("").keySet());
  }

  @ParameterizedTest(name = "{0}, {1}, case {index}")
  @MethodSource("cases")
  void everyNumberIsTheOraclesWithinTheEnginesPrecision(
      String engine, CellKind kind, TraceCase given) {
    shell.write("case.json", TraceCases.json(given));
    agree(engine, kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"portable", "blas", "vector"})
  void readmesCaseIsAnsweredByEveryEngine(String engine) throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher block = Pattern.compile("(?s)```json\n(\\{\"cell\".*?)```").matcher(readme);
    assertTrue(block.find(), "a case in README.md");
    shell.write("case.json", block.group(1));
    JsonEntry oracle = answer("--json", "trace", "--file", "case.json");
    JsonEntry found = answer("--json", "trace", "--file", "case.json", "--engine", engine);
    assertEquals(keys(oracle), keys(found));
    agree(engine, TraceCaseFile.read(shell.path("case.json")).kind());
  }

  /** The same object, but for the gates of cells that have more than one. */
  private void agree(String engine, CellKind kind) {
    JsonEntry oracle = answer("--json", "trace", "--file", "case.json");
    JsonEntry found = answer("--json", "trace", "--file", "case.json", "--engine", engine);
    assertEquals(keys(oracle), keys(found));
    double tolerance = engine.equals("portable") ? 1e-12 : 1e-5;
    int time = ((LocatedJson.Elements) entry(oracle, "steps").value()).values().size();
    for (int t = 0; t < time; t++) {
      JsonEntry expected = entry(oracle, "steps").element(t);
      JsonEntry step = entry(found, "steps").element(t);
      List<String> told = new ArrayList<>(keys(expected));
      if (!(kind instanceof CellKind.Rnn)) {
        told.removeAll(kind.gates());
      }
      assertEquals(told, keys(step));
      for (String name : told) {
        agree(entry(expected, name), entry(step, name), tolerance);
      }
    }
    if (oracle.member("gradients") != null) {
      JsonEntry expected = entry(oracle, "gradients");
      JsonEntry gradients = entry(found, "gradients");
      assertEquals(keys(expected), keys(gradients));
      for (String name : keys(expected)) {
        agree(entry(expected, name), entry(gradients, name), tolerance);
      }
    }
  }

  private static JsonEntry entry(JsonEntry object, String key) {
    JsonEntry entry = object.member(key);
    if (entry == null) {
      throw new AssertionError("expected " + key + " in " + keys(object));
    }
    return entry;
  }

  /** Relative to the largest number of the array, or to 1 where all are small. */
  private static void agree(JsonEntry expected, JsonEntry found, double tolerance) {
    double[] right = numbers(expected);
    double[] values = numbers(found);
    assertEquals(right.length, values.length, expected.path());
    double scale = 1;
    for (double value : right) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < right.length; i++) {
      assertEquals(right[i], values[i], tolerance * scale, expected.path() + " " + i);
    }
  }

  /** All numbers of an array of numbers or of arrays, in order. */
  private static double[] numbers(JsonEntry array) {
    List<LocatedJson> elements = ((LocatedJson.Elements) array.value()).values();
    Stream<LocatedJson> numbers =
        elements.stream()
            .flatMap(
                element ->
                    element instanceof LocatedJson.Elements row
                        ? row.values().stream()
                        : Stream.of(element));
    return numbers.mapToDouble(number -> ((LocatedJson.Numeric) number).value()).toArray();
  }

  /** The float engines cannot give the oracle's digits: what answers is not the oracle. */
  @Test
  void answersAreTheEnginesOwn() {
    String oracle = shell.type("--json", "trace").out();
    assertFalse(oracle.equals(shell.type("--json", "trace", "--engine", "vector").out()));
    assertFalse(oracle.equals(shell.type("--json", "trace", "--engine", "blas").out()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"portable", "blas", "vector"})
  void textShowsStatesOutputsAndTheEnginesName(String engine) {
    Shell.Ended ended = shell.type("trace", "--engine", engine);
    assertEquals(0, ended.exit(), ended.err());
    List<String> lines = ended.out().lines().map(String::strip).toList();
    // The textbook's example: see TraceTest.
    for (String line :
        List.of(
            "RNN, logistic: 1 input, 1 hidden unit, 1 output, 2 steps",
            "step 1: x_1 = 1",
            "h_1 = 0.645656",
            "y_1 = V h_1 + c = 1.16848",
            "step 2: x_2 = 0.5",
            "h_2 = 0.704022",
            "y_2 = V h_2 + c = 1.25603",
            "Computed by the engine "
                + engine
                + ", shown with 6 significant digits; --json has them all.")) {
      assertTrue(lines.contains(line), "expected the line \"" + line + "\" in:\n" + ended.out());
    }
    String lstm = shell.type("trace", "--cell", "lstm", "--engine", engine).out();
    assertTrue(lstm.contains("\n  C_1 = ") && lstm.contains("\n  C_2 = "), lstm);
  }

  @Test
  void textShowsGradients() {
    TraceCase given = TraceCases.random(new CellKind.Lstm(), 2, 3, 1, 2);
    shell.write("case.json", TraceCases.json(given));
    String text = shell.type("trace", "--file", "case.json", "--engine", "portable").out();
    String oracle = shell.type("trace", "--file", "case.json").out();
    String from = "gradients of the loss";
    String to = "Computed ";
    assertEquals(
        oracle.substring(oracle.indexOf(from), oracle.indexOf(to)),
        text.substring(text.indexOf(from), text.indexOf(to)));
  }

  @Test
  void anEngineThatThereIsNotIsWrongUsage() {
    Shell.Ended ended = shell.type("--json", "trace", "--engine", "cudnn");
    assertEquals(2, ended.exit());
    ended.oneObject();
    for (String part :
        List.of(
            "expected  one of vector, blas, portable\n",
            "found     cudnn\n",
            "where     command line, option --engine cudnn\n",
            "do        name one of these, or leave it out\n")) {
      assertTrue(ended.err().contains(part), ended.err());
    }
  }

  /** In a JVM of its own: this one has the module. */
  @Test
  void theVectorEngineWithoutItsModuleIsWrongUsage() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "trace",
                "--engine",
                "vector")
            .start();
    process.getOutputStream().close();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), said);
    assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    for (String part :
        List.of(
            "expected  the module jdk.incubator.vector\n",
            "found     a JVM without it\n",
            "where     command line, option --engine vector\n",
            "do        start the JVM with --add-modules jdk.incubator.vector\n")) {
      assertTrue(said.contains(part), said);
    }
  }
}
