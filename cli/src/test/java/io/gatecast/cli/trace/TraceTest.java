package io.gatecast.cli.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.cli.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that a trace for people shows every intermediate value, and the right one. */
class TraceTest {
  private Shell shell = new Shell(Path.of(System.getProperty("java.io.tmpdir")));

  @BeforeEach
  void ownFolder(@TempDir Path folder) {
    shell = new Shell(folder);
  }

  private String trace(String... words) {
    Shell.Ended ended = shell.type(words);
    assertEquals(0, ended.exit(), ended.err());
    assertEquals("", ended.err());
    return ended.out();
  }

  private static void lines(String text, String... expected) {
    List<String> lines = text.lines().map(String::strip).toList();
    for (String line : expected) {
      assertTrue(lines.contains(line), "expected the line \"" + line + "\" in:\n" + text);
    }
  }

  /**
   * By hand, W = 0.5, U = 0.8, b = 0.1, V = 1.5, c = 0.2, h_0 = 0, x = 1, 0.5:
   *
   * <pre>
   * a_1 = 0.5 * 1   + 0.8 * 0           + 0.1 = 0.6
   * e^-0.6 = 0.548811636,     h_1 = 1 / 1.548811636 = 0.645656306
   * y_1 = 1.5 * 0.645656306             + 0.2 = 1.168484459
   * a_2 = 0.5 * 0.5 + 0.8 * 0.645656306 + 0.1 = 0.866525045
   * e^-0.866525045 = 0.420410,  h_2 = 1 / 1.420410 = 0.704022
   * y_2 = 1.5 * 0.704022                + 0.2 = 1.256033
   * </pre>
   */
  @Test
  void workedExampleIsAsByHand() {
    lines(
        trace("trace"),
        "RNN, logistic: 1 input, 1 hidden unit, 1 output, 2 steps",
        "hidden.recurrent_weights  U    = 0.8",
        "h0                        h_0  = 0",
        "step 1: x_1 = 1, h_0 = 0",
        "a_1 = W x_1 + U h_0 + b = 0.5·1 + 0.8·0 + 0.1 = 0.6",
        "h_1 = σ(a_1) = 1 / (1 + e^-0.6) = 0.645656",
        "y_1 = V h_1 + c = 1.5·0.645656 + 0.2 = 1.16848",
        "step 2: x_2 = 0.5, h_1 = 0.645656",
        "a_2 = W x_2 + U h_1 + b = 0.5·0.5 + 0.8·0.645656 + 0.1 = 0.866525",
        "h_2 = σ(a_2) = 1 / (1 + e^-0.866525) = 0.704022",
        "y_2 = V h_2 + c = 1.5·0.704022 + 0.2 = 1.25603");
  }

  @Test
  void readmeShowsWhatTheCommandPrints() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    assertTrue(readme.contains("```\n" + trace("trace") + "```\n"), "README.md, the trace");
  }

  @Test
  void readmesCaseGivesReadmesAnswer() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    Matcher block = Pattern.compile("(?s)```json\n(\\{\"cell\".*?)```").matcher(readme);
    assertTrue(block.find(), "a case in README.md");
    shell.write("case.json", block.group(1));
    String answer = trace("--json", "trace", "--file", "case.json");
    assertTrue(readme.contains("case.json\n" + answer + "```\n"), answer);
  }

  /** By hand: a_1 = -2 + 1 + 0.5 = -0.5, e^0.5 = 1.648721; y = -3 / 2.648721 - 1 = -2.132623. */
  @Test
  void everyNumberOfTheExampleCanBeChanged() {
    String text =
        trace(
            "trace",
            "--input",
            "-1",
            "--h0=0.5",
            "--weight=hidden.input_weights=2",
            "--weight=hidden.recurrent_weights=2",
            "--weight=hidden.bias=.5",
            "--weight",
            "head.weights=-3",
            "--weight",
            "head.bias=-1e0");
    lines(
        text,
        "RNN, logistic: 1 input, 1 hidden unit, 1 output, 1 step",
        "a_1 = W x_1 + U h_0 + b = 2·(-1) + 2·0.5 + 0.5 = -0.5",
        "h_1 = σ(a_1) = 1 / (1 + e^0.5) = 0.377541",
        "y_1 = V h_1 + c = -3·0.377541 - 1 = -2.13262");
    assertFalse(text.contains("step 2"));
  }

  /** By hand, a = 0.5 * -1 + 0.1 = -0.4: tanh(-0.4) = -0.379949, max(0, -0.4) = 0. */
  @ParameterizedTest
  @CsvSource({
    "tanh, h_1 = tanh(a_1) = tanh(-0.4) = -0.379949",
    "relu, 'h_1 = max(0, a_1) = max(0, -0.4) = 0'",
    "sigmoid, h_1 = σ(a_1) = 1 / (1 + e^0.4) = 0.401312"
  })
  void everyActivationHasItsFormula(String activation, String line) {
    lines(trace("trace", "--activation", activation, "--input=-1"), line);
  }

  /**
   * By hand, with W, U, b of z 0.5, 0.4, 0.1, of r 0.6, 0.3, -0.2, of h~ 0.8, 0.7, 0.2:
   *
   * <pre>
   * a_z = 0.5 + 0.2 + 0.1 = 0.8       z = 1 / (1 + e^-0.8)  = 0.689974
   * a_r = 0.6 + 0.15 - 0.2 = 0.55     r = 1 / (1 + e^-0.55) = 0.634136
   * a_h = 0.8 + 0.7 * 0.317068 + 0.2 = 1.221948             tanh = 0.840228
   * h   = 0.310026 * 0.5 + 0.689974 * 0.840228              = 0.734748
   * </pre>
   */
  @Test
  void gruResetBefore() {
    lines(
        trace("trace", "--cell", "gru", "--input", "1", "--h0", "0.5"),
        "GRU, reset before the product: 1 input, 1 hidden unit, 1 output, 1 step",
        "candidate.recurrent_weights  U_h  = 0.7",
        "step 1: x_1 = 1, h_0 = 0.5",
        "a_z = W_z x_1 + U_z h_0 + b_z = 0.5·1 + 0.4·0.5 + 0.1 = 0.8",
        "z_1 = σ(a_z) = 1 / (1 + e^-0.8) = 0.689974",
        "a_r = W_r x_1 + U_r h_0 + b_r = 0.6·1 + 0.3·0.5 - 0.2 = 0.55",
        "r_1 = σ(a_r) = 1 / (1 + e^-0.55) = 0.634136",
        "r_1 ∘ h_0 = 0.634136·0.5 = 0.317068",
        "a_h = W_h x_1 + U_h (r_1 ∘ h_0) + b_h = 0.8·1 + 0.7·0.317068 + 0.2 = 1.22195",
        "h~_1 = tanh(a_h) = tanh(1.22195) = 0.840228",
        "h_1 = (1 - z_1) ∘ h_0 + z_1 ∘ h~_1 = (1 - 0.689974)·0.5 + 0.689974·0.840228 = 0.734748",
        "y_1 = V h_1 + c = 1.5·0.734748 + 0.2 = 1.30212");
  }

  /**
   * By hand, z and r as before, c_h = 0.3: U_h h_0 + c_h = 0.65, a_h = 1 + 0.634136 * 0.65 =
   * 1.412188, tanh = 0.887958, h = 0.155013 + 0.612668 = 0.767681.
   */
  @Test
  void gruResetAfter() {
    lines(
        trace("trace", "--cell", "gru", "--reset", "after", "--input", "1", "--h0", "0.5"),
        "GRU, reset after the product: 1 input, 1 hidden unit, 1 output, 1 step",
        "candidate.recurrent_bias     c_h  = 0.3",
        "r_1 = σ(a_r) = 1 / (1 + e^-0.55) = 0.634136",
        "U_h h_0 + c_h = 0.7·0.5 + 0.3 = 0.65",
        "a_h = W_h x_1 + b_h + r_1 ∘ (U_h h_0 + c_h) = 0.8·1 + 0.2 + 0.634136·0.65 = 1.41219",
        "h~_1 = tanh(a_h) = tanh(1.41219) = 0.887958",
        "h_1 = (1 - z_1) ∘ h_0 + z_1 ∘ h~_1 = (1 - 0.689974)·0.5 + 0.689974·0.887958 = 0.767681");
  }

  /**
   * By hand, with W, U, b of f 0.5, 0.4, 1, of i 0.6, 0.3, -0.2, of o 0.7, 0.2, 0.1, of C~ 0.8,
   * 0.6, 0.2, h_0 = 0.5, C_0 = -1:
   *
   * <pre>
   * a_f = 1.7   f = 0.845535      a_i = 0.55  i = 0.634136
   * a_o = 0.9   o = 0.710950      a_c = 1.3   C~ = tanh(1.3) = 0.861723
   * C = -0.845535 + 0.634136 * 0.861723 = -0.845535 + 0.546450 = -0.299085
   * h = 0.710950 * tanh(-0.299085) = 0.710950 * -0.290475      = -0.206513
   * </pre>
   */
  @Test
  void lstm() {
    lines(
        trace("trace", "--cell=lstm", "--input=1", "--h0=0.5", "--c0=-1"),
        "LSTM: 1 input, 1 hidden unit, 1 output, 1 step",
        "candidate.input_weights      W_c  = 0.8",
        "c0                           C_0  = -1",
        "step 1: x_1 = 1, h_0 = 0.5, C_0 = -1",
        "a_f = W_f x_1 + U_f h_0 + b_f = 0.5·1 + 0.4·0.5 + 1 = 1.7",
        "f_1 = σ(a_f) = 1 / (1 + e^-1.7) = 0.845535",
        "a_i = W_i x_1 + U_i h_0 + b_i = 0.6·1 + 0.3·0.5 - 0.2 = 0.55",
        "i_1 = σ(a_i) = 1 / (1 + e^-0.55) = 0.634136",
        "a_o = W_o x_1 + U_o h_0 + b_o = 0.7·1 + 0.2·0.5 + 0.1 = 0.9",
        "o_1 = σ(a_o) = 1 / (1 + e^-0.9) = 0.71095",
        "a_c = W_c x_1 + U_c h_0 + b_c = 0.8·1 + 0.6·0.5 + 0.2 = 1.3",
        "C~_1 = tanh(a_c) = tanh(1.3) = 0.861723",
        "C_1 = f_1 ∘ C_0 + i_1 ∘ C~_1 = 0.845535·(-1) + 0.634136·0.861723 = -0.299085",
        "h_1 = o_1 ∘ tanh(C_1) = 0.71095·tanh(-0.299085) = -0.206513",
        "y_1 = V h_1 + c = 1.5·(-0.206513) + 0.2 = -0.10977");
  }

  /**
   * By hand: a = (1 - 2 + 0.5, 3 + 1 - 1) = (-0.5, 3), h = max(0, a) = (0, 3); no head.
   *
   * <p>Backward with ∂L/∂h = (7, 2): the first unit is at rest, so ∂L/∂a = (0, 2), ∂L/∂W = ∂L/∂a
   * x^T, ∂L/∂x = W^T ∂L/∂a = (6, 1), ∂L/∂h_0 = U^T ∂L/∂a = (2, -2).
   */
  @Test
  void fewUnitsHaveALineEachAndGradientsFollow() {
    shell.write(
        "case.json",
        """
        {"cell": "rnn", "activation": "relu",
         "weights": {"hidden.input_weights": [[1, -1], [3, 0.5]],
                     "hidden.recurrent_weights": [[0, 0.5], [1, -1]],
                     "hidden.bias": [0, 0]},
         "x": [[1, 2]], "h0": [0, 1], "loss_gradient": [[7, 2]]}
        """);
    String text = trace("trace", "--file", "case.json");
    lines(
        text,
        "RNN, relu: 2 inputs, 2 hidden units, 1 step",
        "hidden.input_weights      W    = [[1, -1], [3, 0.5]]",
        "step 1: x_1 = [1, 2], h_0 = [0, 1]",
        "a_1 = W x_1 + U h_0 + b",
        "unit 1: 1·1 - 1·2 + 0·0 + 0.5·1 + 0 = -0.5",
        "unit 2: 3·1 + 0.5·2 + 1·0 - 1·1 + 0 = 3",
        "h_1 = max(0, a_1) = [0, 3]",
        "given at step 1           ∂L/∂h_1  = [7, 2]",
        "hidden.input_weights      ∂L/∂W    = [[0, 0],",
        "[2, 4]]",
        "hidden.recurrent_weights  ∂L/∂U    = [[0, 0],",
        "[0, 2]]",
        "hidden.bias               ∂L/∂b    = [0, 2]",
        "x at step 1               ∂L/∂x_1  = [6, 1]",
        "h0                        ∂L/∂h_0  = [2, -2]");
    assertFalse(text.contains("y_1"), "an output without a head");
  }

  @Test
  void manyUnitsHaveFormulasAndValuesAlone() {
    TraceCases.kinds()
        .forEach(
            kind -> {
              shell.write("case.json", TraceCases.json(TraceCases.random(kind, 3, 13, 2, 2)));
              String text = trace("trace", "--file", "case.json");
              assertTrue(text.contains(" = of shape [13, 13]\n"), text);
              assertFalse(text.contains("unit 1:"), text);
              assertFalse(text.contains("output 1:"), text);
              // Every value of every line of a step: formula, then 13 numbers (2 of y, 3 of x).
              text.lines()
                  .filter(line -> line.matches("  \\S.* = \\[.*") && !line.contains("∂"))
                  .forEach(
                      line ->
                          assertEquals(
                              line.startsWith("  y") ? 2 : 13,
                              line.substring(line.lastIndexOf('[')).split(",").length,
                              line));
            });
  }

  @Test
  void whatIsNotFiniteIsShownAsItIs() {
    lines(
        trace("trace", "--activation=relu", "--input=100", "--weight=hidden.input_weights=1e308"),
        "a_1 = W x_1 + U h_0 + b = 1e308·100 + 0.8·0 + 0.1 = Infinity",
        "h_1 = max(0, a_1) = max(0, Infinity) = Infinity");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "-2, -2",
    "-0.0, 0",
    "0.123456789, 0.123457",
    "999999, 999999",
    "1234567, 1.23457e6",
    "0.00001, 0.00001",
    "0.0000012, 1.2e-6",
    "1e300, 1e300",
    "NaN, NaN"
  })
  void numbersHaveSixDigitsAndNoMore(double value, String text) {
    assertEquals(text, Digits.of(value));
  }

  /** A process of its own, as other tests of this one load ND4J. */
  @Test
  void startsWithoutNd4j() throws IOException, InterruptedException {
    shell.write(
        "case.json",
        TraceCases.json(TraceCases.random(TraceCases.kinds().toList().get(3), 1, 2, 1, 2)));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                "io.gatecast.cli.Main",
                "--json",
                "trace",
                "--file",
                shell.path("case.json").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), out);
    assertTrue(out.contains(" io.gatecast.reference.GruCell "), "the log of classes is missing");
    assertFalse(
        out.matches("(?s).* org\\.(nd4j|deeplearning4j|datavec|bytedeco)\\..*"),
        "natives are slow");
  }
}
