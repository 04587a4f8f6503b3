package io.gatecast.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that a case that cannot be traced ends with exit code 2 and a message that helps. */
class TraceBadInputTest {
  /** Two inputs, three hidden units, one output, two steps. */
  private static final String CASE =
      """
      {"cell": "rnn",
       "activation": "relu",
       "weights": {
        "hidden.input_weights": [[1, 2], [3, 4], [5, 6]],
        "hidden.recurrent_weights": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
        "hidden.bias": [1, 2, 3],
        "head.weights": [[1, 2, 3]],
        "head.bias": [1]},
       "x": [[1, 2], [3, 4]],
       "h0": [1, 2, 3],
       "loss_gradient": [[1, 2, 3], [4, 5, 6]]}
      """;

  /** The case with one line, counted from 1, replaced; empty to leave it out. */
  private static String with(int line, String text) {
    List<String> lines = new ArrayList<>(CASE.lines().toList());
    lines.set(line - 1, text);
    return String.join("\n", lines);
  }

  static Stream<Arguments> badCases() {
    return Stream.of(
        // what, the file's text, what is found, where, what to do
        arguments("empty", "", "an empty file", "case.json", "fill it"),
        arguments("spaces", " \n ", "an empty file", "case.json", "fill it"),
        arguments("no JSON", "cell: rnn", "Unrecognized token", "line 1, column ", "syntax"),
        arguments("cut off", CASE.substring(0, 90), "end-of-input", "line 4, column ", "syntax"),
        arguments("comma", with(6, "\"hidden.bias\": [1, 2, 3,],"), "']'", "line 6, col", "syntax"),
        arguments("two", CASE + CASE, "more after its end", "line 12, column 1", "remove"),
        arguments("array", "[" + CASE + "]", "an array", "line 1, column 1", "write it like"),
        arguments("deep", "{\"x\": " + "[".repeat(50_000), "depth", "case.json", "syntax"),
        arguments("no object", "3", "the number 3", "line 1, column 1", "write it like"),
        arguments("nothing", "{}", "nothing", "line 1, column 1", "add it: \"cell\""),
        arguments(
            "key twice",
            with(10, "\"h0\": [1, 2, 3], \"x\": [[1, 2], [3, 4]],"),
            "\"x\" again",
            "line 10, column 18",
            "remove one"),
        arguments(
            "weight twice",
            with(8, "\"head.bias\": [1], \"head.bias\": [1]},"),
            "\"weights.head.bias\" again",
            "line 8, column 19",
            "remove one"),
        arguments(
            "unknown key",
            with(10, "\"h_0\": [1],"),
            "\"h_0\"",
            "line 10, column 8, key h_0",
            "\"h0\""),
        arguments(
            "unknown weight",
            with(8, "\"head.bias\": [1], \"hidden.biass\": [1]},"),
            "\"hidden.biass\"",
            "key weights.hidden.biass",
            "did you mean \"hidden.bias\"?"),
        arguments(
            "layer's prefix",
            CASE.replace("hidden.", "layers.0.hidden."),
            "\"layers.0.hidden.input_weights\"",
            "line 4, column ",
            "did you mean \"hidden.input_weights\"?"),
        arguments("no cell", with(1, "{"), "only activation, weights", "line 1", "\"cell\""),
        arguments("cell", with(1, "{\"cell\": \"rnm\","), "\"rnm\"", "key cell", "\"rnn\""),
        arguments("cell's type", with(1, "{\"cell\": 3,"), "the number 3", "key cell", "quotes"),
        arguments(
            "activation",
            with(2, "\"activation\": \"selu\","),
            "\"selu\"",
            "key activation",
            "\"relu\""),
        arguments(
            "other's setting",
            with(2, "\"reset\": \"after\","),
            "only the gru",
            "key reset",
            "remove"),
        arguments(
            "other's state", with(2, "\"c0\": [1, 2, 3],"), "only the lstm", "key c0", "lstm"),
        arguments("no weights", with(3, "\"weight\": {"), "\"weight\"", "line 3", "\"weights\""),
        arguments(
            "weights' type",
            "{\"cell\": \"gru\", \"weights\": [1]}",
            "an array",
            "key weights",
            "write"),
        arguments("no x", with(9, ""), "only cell, activation, weights, h0", "line 1", "\"x\""),
        arguments(
            "missing tensor",
            with(6, ""),
            "only hidden.input_weights, hidden.recurrent_weights, head.weights, head.bias",
            "line 3, column 13, key weights",
            "an array [hidden]"),
        arguments(
            "half a head", with(7, ""), "only hidden", "key weights", "an array [output][hidden]"),
        arguments(
            "other half",
            CASE.replaceAll(",\\s+\"head.bias\": \\[1]", ""),
            "only hidden",
            "key weights",
            "[output]"),
        arguments(
            "ragged",
            with(4, "\"hidden.input_weights\": [[1, 2], [3], [5, 6]],"),
            "an array of length 1",
            "line 4, column 34, key weights.hidden.input_weights[1]",
            "weights.hidden.input_weights"),
        arguments(
            "no square",
            with(5, "\"hidden.recurrent_weights\": [[1, 2, 3], [4, 5, 6]],"),
            "an array of length 2",
            "key weights.hidden.recurrent_weights",
            "set by weights.hidden.input_weights"),
        arguments(
            "long bias",
            with(6, "\"hidden.bias\": [1, 2, 3, 4],"),
            "an array of length 4",
            "line 6, column 16, key weights.hidden.bias",
            "set by weights.hidden.input_weights"),
        arguments(
            "flat matrix",
            with(4, "\"hidden.input_weights\": [1, 2, 3],"),
            "the number 1",
            "key weights.hidden.input_weights[0]",
            "write it like [0.5, -1]"),
        arguments(
            "head's width",
            with(7, "\"head.weights\": [[1, 2]],"),
            "length 2",
            "key weights.head.weights[0]",
            "mend"),
        arguments(
            "head's bias",
            with(8, "\"head.bias\": [1, 2]},"),
            "length 2",
            "key weights.head.bias",
            "head.weights"),
        arguments("empty x", with(9, "\"x\": [],"), "length 0", "line 9, column 6, key x", "write"),
        arguments("empty step", with(9, "\"x\": [[], []],"), "length 0", "key x[0]", "mend"),
        arguments("x's width", with(9, "\"x\": [[1, 2], [3]],"), "length 1", "key x[1]", "mend"),
        arguments(
            "empty weights",
            with(4, "\"hidden.input_weights\": [],"),
            "length 0",
            "key weights.hidden.input",
            "write"),
        arguments(
            "text", with(9, "\"x\": [[1, \"2\"]],"), "the text \"2\"", "key x[0][1]", "quotes"),
        arguments("true", with(9, "\"x\": [[1, true]],"), "true", "key x[0][1]", "a number"),
        arguments("NaN", with(6, "\"hidden.bias\": [1, 2, NaN],"), "NaN", "bias[2]", "a number"),
        arguments(
            "infinity",
            with(6, "\"hidden.bias\": [1, -Infinity, 3],"),
            "-Infinity",
            "bias[1]",
            "number"),
        arguments("overflow", with(10, "\"h0\": [1, 1e999, 3],"), "1e999", "key h0[1]", "a number"),
        arguments("state", with(10, "\"h0\": [1, 2],"), "length 2", "key h0", "set by weights"),
        arguments(
            "loss steps",
            with(11, "\"loss_gradient\": [[1, 2, 3]]}"),
            "length 1",
            "key loss_gradient",
            "set by x"),
        arguments(
            "loss width",
            with(11, "\"loss_gradient\": [[1, 2, 3], [1]]}"),
            "length 1",
            "key loss_gradient[1]",
            "mend"),
        arguments(
            "recurrent bias of reset before",
            """
            {"cell": "gru", "weights": {"candidate.recurrent_bias": [1]}, "x": [[1]]}
            """,
            "\"candidate.recurrent_bias\", which only reset after has",
            "key weights.candidate.recurrent_bias",
            "add \"reset\": \"after\""),
        arguments(
            "result that is not finite",
            with(9, "\"x\": [[1e308, 1e308], [3, 4]],"),
            "Infinity",
            "steps[0].hidden[0] of the answer",
            "without --json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badCases")
  void badCaseIsRefused(
      String what, String text, String found, String where, String action, @TempDir Path folder) {
    Shell shell = new Shell(folder);
    shell.write("case.json", text);
    helps(shell.type("--json", "trace", "--file", "case.json"), found, where, action);
  }

  @Test
  void theCaseItselfIsGood(@TempDir Path folder) {
    Shell shell = new Shell(folder);
    shell.write("case.json", CASE);
    assertEquals(0, shell.type("--json", "trace", "--file", "case.json").exit());
  }

  /** Four labelled lines on standard error, the same in JSON on standard output. */
  private static void helps(Shell.Ended ended, String found, String where, String action) {
    assertEquals(2, ended.exit(), ended.err());
    assertTrue(
        ended.err().startsWith("gatecast: the command or its file cannot be used (exit 2)\n"));
    assertFalse(ended.err().contains("\tat "));
    ended.oneObject();
    JsonEntry answer = new JsonEntry("answer", "", LocatedJson.parse(ended.out(), "answer"));
    assertEquals(List.of("exit", "reason", "error"), List.copyOf(answer.members("").keySet()));
    assertEquals(new LocatedJson.Numeric(2, 2, 12), at(answer, "exit").value());
    JsonEntry error = at(answer, "error");
    assertEquals(
        List.of("expected", "found", "where", "action"), List.copyOf(error.members("").keySet()));
    for (String part : error.members("").keySet()) {
      String line = "\n  " + (part.equals("action") ? "do" : part) + " ";
      String said = at(error, part).text("");
      assertFalse(said.isBlank(), part);
      assertTrue(ended.err().contains(line), ended.err());
      assertTrue(ended.err().contains("  " + said + "\n"), ended.err());
    }
    assertContains(at(error, "found").text(""), found);
    assertContains(at(error, "where").text(""), where);
    assertContains(at(error, "action").text(""), action);
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), "expected \"" + part + "\" in: " + text);
  }

  private static JsonEntry at(JsonEntry object, String key) {
    JsonEntry entry = object.member(key);
    assertNotNull(entry, key);
    return entry;
  }

  @Test
  void fileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    Shell shell = new Shell(folder);
    String[] words = {"--json", "trace", "--file", "case.json"};
    helps(shell.type(words), "no such file", shell.path("case.json").toString(), "check the path");
    Files.write(shell.path("case.json"), new byte[] {'{', (byte) 0xff, '}'});
    helps(shell.type(words), "no UTF-8", "case.json", "check the path");
    Files.delete(shell.path("case.json"));
    Files.createDirectory(shell.path("case.json"));
    helps(shell.type(words), "a folder", "case.json", "check the path");
  }

  static Stream<Arguments> badWords() {
    return Stream.of(
        arguments("--cell=grru", "\"grru\"", "--cell", "did you mean \"gru\"?"),
        arguments("--cell=RNN", "\"RNN\"", "--cell", "did you mean \"rnn\"?"),
        arguments("--activation=selu", "\"selu\"", "--activation", "tanh, sigmoid, relu"),
        arguments("--cell=gru --reset=behind", "\"behind\"", "--reset", "before, after"),
        arguments("--cell=gru --activation=tanh", "only the rnn", "--activation", "remove"),
        arguments("--reset=after", "only the gru", "--reset", "cell gru"),
        arguments("--c0=1", "only the lstm", "--c0", "cell lstm"),
        arguments("--c0=x --cell=lstm", "\"x\"", "--c0", "-0.5"),
        arguments("--h0=", "\"\"", "--h0", "-0.5"),
        arguments("--input=", "\"\"", "--input", "-0.5"),
        arguments("--input=1,,2", "\"\"", "--input", "-0.5"),
        arguments("--input=NaN", "\"NaN\"", "--input", "-0.5"),
        arguments("--input=1e999", "\"1e999\"", "--input", "-0.5"),
        arguments("--input=0x1p3", "\"0x1p3\"", "--input", "-0.5"),
        arguments("--input=1;2", "\"1;2\"", "--input", "commas"),
        arguments("--weight=hidden.bias", "\"hidden.bias\"", "--weight", "=0.1"),
        arguments("--weight=hidden.bias=1d", "\"1d\"", "--weight hidden.bias", "-0.5"),
        arguments("--weight=hidden.bais=1", "\"hidden.bais\"", "--weight", "\"hidden.bias\"?"),
        arguments("--weight=update.bias=1", "\"update.bias\"", "--weight", "Valid here: hidden."),
        arguments(
            "--weight=head.bias=1 --weight=head.bias=2",
            "\"head.bias\" again",
            "--weight",
            "remove"),
        arguments("--file case.json --cell gru", "both --file and --cell", "--cell", "remove"),
        arguments("--file case.json --weight head.bias=1", "--weight", "--weight", "remove"),
        arguments("--file", "--file", "command line", "gatecast trace --help"),
        arguments("--input=1 --input=2", "--input", "command line", "gatecast trace --help"),
        arguments("case.json", "case.json", "command line", "gatecast trace --help"),
        arguments(
            "--activation=relu --input=1e308,1 --weight=hidden.input_weights=10",
            "Infinity",
            "steps[0].hidden[0]",
            "without --json"));
  }

  @ParameterizedTest(name = "gatecast trace {0}")
  @MethodSource("badWords")
  void badOptionsAreRefused(
      String options, String found, String where, String action, @TempDir Path folder) {
    helps(new Shell(folder).type(("trace --json " + options).split(" ", -1)), found, where, action);
  }

  @Test
  void withoutJsonNothingIsPrintedOnStandardOutput(@TempDir Path folder) {
    Shell.Ended ended = new Shell(folder).type("trace", "--file", "none.json");
    assertEquals(2, ended.exit());
    assertEquals("", ended.out());
  }
}
