package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that a wrong job file is refused with what, where by file and line, and what to do. */
class JobFileFaultTest {
  /** Five lines; a wrong key comes in line 6. */
  private static final String GOOD =
      """
      job: good
      source:
        csv: a.csv
        time: date
      target: y
      """;

  private static JobFault fault(String text) {
    JobFault fault =
        assertThrows(JobFault.class, () -> JobFile.parse(text, "f.yaml", Path.of("/x")), text);
    assertEquals(ExitCode.USAGE, fault.exit());
    assertFalse(fault.expected().isBlank());
    assertFalse(fault.found().isBlank());
    assertFalse(fault.action().isBlank());
    return fault;
  }

  static Stream<Arguments> wrongAtLineSix() {
    return Stream.of(
        // line 6, key, what is expected, what is found, what to do
        arguments("horizn: 3", "horizn", "a key of a job file", "horizn", "\"horizon\"?"),
        arguments("network: {hiden: 3}", "network.hiden", "key of network", "hiden", "\"hidden\"?"),
        arguments("training: {epoch: 3}", "training.epoch", "training", "epoch", "\"epochs\"?"),
        arguments("split: {tset: 0.1}", "split.tset", "key of split", "tset", "\"test\"?"),
        arguments(
            "contract: {max_reject: 0}", "contract.max_reject", "key", "", "\"max_rejected\"?"),
        arguments("horizon: seven", "horizon", "a whole number from 1", "\"seven\"", ""),
        arguments("horizon: 1.5", "horizon", "a whole number", "\"1.5\"", ""),
        arguments("horizon: 0", "horizon", "from 1 to 1000000", "0", ""),
        arguments("horizon: -3", "horizon", "from 1", "-3", ""),
        arguments("horizon: 1000001", "horizon", "to 1000000", "1000001", ""),
        arguments("horizon: 99999999999999999999", "horizon", "whole", "99999999999999999999", ""),
        arguments("horizon: [1, 2]", "horizon", "a whole number", "[1, 2]", "one value"),
        arguments("horizon: {h: 1}", "horizon", "a whole number", "a mapping", ""),
        arguments("horizon:", "horizon", "a whole number", "nothing", "remove the key"),
        arguments("horizon: null", "horizon", "a whole number", "null", ""),
        arguments("horizon: \"2\"", "horizon", "a whole number", "\"2\"", "without quotes"),
        arguments("horizon: 2.0", "horizon", "a whole number", "\"2.0\"", ""),
        arguments("training: {learning_rate: 0x1p-8}", "training.learning_rate", "", "0x1p-8", ""),
        arguments("training: {learning_rate: 0.003d}", "training.learning_rate", "", "0.003d", ""),
        arguments("network: {dropout: 0.1}", "network.dropout", "with one layer", "0.1", "layers"),
        arguments("seed: -1", "seed", "at least 0", "-1", ""),
        arguments("season: 0", "season", "from 1", "0", ""),
        arguments("inputs: x", "inputs", "a list", "\"x\"", "[a, b]"),
        arguments("inputs: {x: 1}", "inputs", "a list", "a mapping", "[a, b]"),
        arguments("inputs: [[x]]", "inputs", "names", "the list [x]", ""),
        arguments("inputs: [x, x]", "inputs", "once", "\"x\" again", "remove"),
        arguments("inputs: [x, y]", "inputs", "beside the target", "\"y\"", "remove"),
        arguments("transform: logg", "transform", "level, log-return", "\"logg\"", "did you mean"),
        arguments("preset: stocks", "preset", "weather, stock, none", "stocks", "\"stock\"?"),
        arguments("calendar: [month]", "calendar", "cycles", "the list [month]", "did you mean"),
        arguments("calendar: {week: 1}", "calendar", "a list", "a mapping", ""),
        arguments("network: 32", "network", "a mapping", "\"32\"", "network: {cell"),
        arguments("network: [lstm]", "network", "a mapping", "the list [lstm]", ""),
        arguments("network: {cell: ltsm}", "network.cell", "rnn, gru, lstm", "ltsm", "\"lstm\"?"),
        arguments(
            "network: {cell: lstm, activation: relu}",
            "network.activation",
            "rnn only",
            "relu",
            ""),
        arguments("network: {activation: tanh}", "network.activation", "rnn only", "tanh", ""),
        arguments(
            "network: {cell: rnn, activation: elu}", "network.activation", "tanh", "elu", "relu"),
        arguments("network: {cell: rnn, reset: after}", "network.reset", "gru only", "after", ""),
        arguments("network: {hidden: 0}", "network.hidden", "from 1", "0", ""),
        arguments("network: {hidden: 70000}", "network.hidden", "to 65536", "70000", ""),
        arguments("network: {layers: 101}", "network.layers", "to 100", "101", ""),
        arguments("network: {lookback: 0}", "network.lookback", "from 1", "0", ""),
        arguments("network: {dropout: 1}", "network.dropout", "below 1", "1", ""),
        arguments("network: {dropout: -0.1}", "network.dropout", "at least 0", "-0.1", ""),
        arguments("network: {dropout: .nan}", "network.dropout", "a number", ".nan", ""),
        arguments("network: {loss: mse}", "network.loss", "squared, absolute", "mse", ""),
        arguments("training: {learning_rate: 0}", "training.learning_rate", "above 0", "0", ""),
        arguments("training: {learning_rate: NaN}", "training.learning_rate", "above", "NaN", ""),
        arguments(
            "training: {learning_rate: Infinity}", "training.learning_rate", "", "Infinity", ""),
        arguments("training: {clip_norm: x}", "training.clip_norm", "a number", "\"x\"", ""),
        arguments("training: {batch: 0}", "training.batch", "from 1", "0", ""),
        arguments("training: {patience: 0}", "training.patience", "from 1", "0", ""),
        arguments(
            "baselines: [drift, persistance]",
            "baselines",
            "persistence",
            "persistance",
            "\"persistence\"?"),
        arguments("baselines: []", "baselines", "at least one name", "", "leave the key out"),
        arguments("baselines: drift", "baselines", "a list", "drift", "[a, b]"),
        arguments("baselines: [drift, drift]", "baselines", "once", "\"drift\" again", "remove"),
        arguments("intervals: spilt", "intervals", "one of ", "\"spilt\"", "\"split\"?"),
        arguments("intervals: [split]", "intervals", "a name", "the list [split]", ""),
        arguments("backtest: 30", "backtest", "a mapping", "\"30\"", "backtest: {refit_every"),
        arguments("backtest: {refit: 30}", "backtest.refit", "cold, warm", "\"30\"", "\"cold\"?"),
        arguments(
            "backtest: {refits: 9}", "backtest.refits", "key of backtest", "refits", "\"refit\"?"),
        arguments("backtest: {refit_every: 0}", "backtest.refit_every", "from 1", "0", ""),
        arguments("backtest: {stride: 0}", "backtest.stride", "from 1", "0", ""),
        arguments("backtest: {embargo: -1}", "backtest.embargo", "from 0", "-1", ""),
        arguments(
            "backtest: {window: slide}",
            "backtest.window",
            "expanding, sliding",
            "slide",
            "\"sliding\"?"),
        arguments(
            "backtest: {variants: [recursiv]}",
            "backtest.variants",
            "direct, recursive",
            "recursiv",
            "\"recursive\"?"),
        arguments("backtest: {variants: []}", "backtest.variants", "at least one name", "", ""),
        arguments("gate: {significance: 0}", "gate.significance", "above 0", "0", ""),
        arguments("gate: {significance: 1}", "gate.significance", "below 1", "1", ""),
        arguments("gate: {shortfall: 0.9}", "gate.shortfall", "below 0.8", "0.9", ""),
        arguments(
            "gate: {shortfal: 0.1}", "gate.shortfal", "key of gate", "shortfal", "\"shortfall\"?"),
        arguments(
            "network: {strategy: recurse}",
            "network.strategy",
            "direct, recursive",
            "recurse",
            "\"recursive\"?"),
        arguments("network: {ensemble: 0}", "network.ensemble", "from 1 to 1000", "0", ""),
        arguments("split: {validation: 0}", "split.validation", "above 0", "0", ""),
        arguments("split: {test: 1}", "split.test", "below 1", "1", ""),
        arguments("split: {validation: 0.5, test: 0.5}", "split.test", "0.5 and 0.5", "0.5", ""),
        arguments("split: {validation: 0.9}", "split.validation", "0.9 and 0.15", "0.9", "lower"),
        arguments("contract: {max_rejected: 1}", "contract.max_rejected", "below 1", "1", ""),
        arguments(
            "columns: {y: {role: future}}", "columns.y.role", "one of the inputs", "future", ""),
        arguments("columns: {y: {type: text}}", "columns.y.type", "numbers", "text", "another"),
        arguments(
            "derive: [{wind: [a, b], steps: 3}]", "derive", "one of wind", "[wind, steps]", ""),
        arguments(
            "derive: [{wind: [a, b], parkinson: [c, d]}]", "derive", "one of", "parkinson", ""),
        arguments("derive: [{wind: [a, b]}, {wind: [a, c]}]", "derive", "once", "a_sin again", ""),
        arguments("target: z", "target", "once", "\"target\" again", "remove"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongAtLineSix")
  void wrongKeyOrValueIsNamedWithItsLine(
      String line, String key, String expected, String found, String action) {
    JobFault fault = fault(GOOD + line + "\n");
    assertAll(
        () -> assertEquals("f.yaml, line 6, key " + key, fault.where()),
        () -> assertTrue(fault.expected().contains(expected), fault.expected()),
        () -> assertTrue(fault.found().contains(found), fault.found()),
        () -> assertTrue(fault.action().contains(action), fault.action()));
  }

  static Stream<Arguments> wrongSource() {
    return Stream.of(
        // replaced, by, line, key, what is found
        arguments("time: date", "tiem: date", 3, "source.time", "only csv, tiem"),
        arguments("time: date", "time: {date: 1}", 4, "source.time", "a mapping"),
        arguments("csv: a.csv", "csv: {a: b}", 3, "source.csv", "a mapping"),
        arguments("csv: a.csv", "csv: \"a\\0b\"", 3, "source.csv", "a\uFFFDb"),
        arguments("time: date", "time: t\n  zone: Mars/Base", 5, "source.zone", "\"Mars/Base\""),
        arguments("time: date", "time: t\n  time_format: yyyy{", 5, "source.time_format", "yyyy{"),
        arguments("time: date", "time: t\n  delimiter: ab", 5, "source.delimiter", "\"ab\""),
        arguments("time: date", "time: t\n  delimiter: ''", 5, "source.delimiter", "\"\""),
        arguments("time: date", "time: t\n  delimiter: '\"'", 5, "source.delimiter", "\"\"\""),
        arguments("time: date", "time: t\n  delimiter: \"\\n\"", 5, "source.delimiter", "\\n"),
        arguments("time: date", "time: t\n  serie: s", 5, "source.serie", "\"serie\""),
        arguments("job: good", "job: no spaces", 1, "job", "\"no spaces\""),
        arguments("job: good", "job: ../up", 1, "job", "\"../up\""),
        arguments("job: good", "job: .hidden", 1, "job", "\".hidden\""),
        arguments("job: good", "job: " + "x".repeat(101), 1, "job", "xxx"),
        arguments("job: good", "job: [a]", 1, "job", "the list [a]"),
        arguments("job: good", "", 2, "job", "only source, target"),
        arguments("target: y", "target: [y]", 5, "target", "the list [y]"),
        arguments("target: y", "", 1, "target", "only job, source"),
        arguments("source:\n  csv: a.csv\n  time: date", "source: a", 2, "source", "\"a\""),
        arguments("source:\n  csv: a.csv\n  time: date", "", 1, "source.csv", "nothing"));
  }

  @ParameterizedTest(name = "{index}: {3}")
  @MethodSource("wrongSource")
  void wrongOrMissingNeededKeyIsNamedWithItsLine(
      String good, String bad, int line, String key, String found) {
    JobFault fault = fault(GOOD.replace(good, bad));
    assertEquals("f.yaml, line " + line + ", key " + key, fault.where());
    assertTrue(fault.found().contains(found), fault.found());
  }

  @Test
  void missingKeyComesWithAnExampleToCopy() {
    assertTrue(fault("job: a\n").action().contains("source: {csv: "));
    assertTrue(fault(GOOD.replace("job: good", "")).action().contains("job: "));
  }

  @Test
  void syntaxErrorNamesItsLine() {
    assertEquals("f.yaml, line 3", fault("job: a\nsource:\n\tcsv: x\n").where());
    assertTrue(fault("job: a\ntarget: 'y\n").where().startsWith("f.yaml, line "));
    assertTrue(fault("job: a\n---\njob: b\n").where().startsWith("f.yaml, line "));
  }

  @Test
  void fileThatIsNoMappingIsRefused() {
    for (String text : new String[] {"", "\n# a comment\n", "just words\n", "- a\n- b\n", "42"}) {
      JobFault fault = fault(text);
      assertTrue(fault.where().startsWith("f.yaml"), fault.where());
      assertTrue(fault.expected().contains("a YAML mapping"), fault.expected());
    }
    assertEquals("an empty file", fault("").found());
  }

  @Test
  void fileThatCannotBeReadIsNamedWithTheReason(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {0x6a, (byte) 0xff, 0});
    Path[] files = {folder.resolve("none.yaml"), folder, binary};
    String[] reasons = {"no such file", "a folder", "bytes that are no UTF-8"};
    for (int i = 0; i < files.length; i++) {
      Path file = files[i];
      JobFault fault = assertThrows(JobFault.class, () -> JobFile.read(file));
      assertEquals(ExitCode.USAGE, fault.exit());
      assertEquals(file.toString(), fault.where());
      assertEquals(reasons[i], fault.found());
    }
  }
}
