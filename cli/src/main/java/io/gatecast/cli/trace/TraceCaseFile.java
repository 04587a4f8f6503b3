package io.gatecast.cli.trace;

import io.gatecast.cli.trace.JsonEntry.Extent;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.reference.Activation;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Reset;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a case to trace from JSON, a stable surface:
 *
 * <pre>
 * {"cell": "rnn" | "gru" | "lstm",
 *  "activation": "tanh" | "sigmoid" | "relu",      rnn only, default tanh
 *  "reset": "before" | "after",                    gru only, default before
 *  "weights": {"update.input_weights": [[..]], ..., "head.weights": [[..]], "head.bias": [..]},
 *  "x": [[..], ...], "h0": [..], "c0": [..],       x by step; default of h0 and c0 (lstm): zeros
 *  "loss_gradient": [[..], ...]}                   ∂L/∂h_t by step, for gradients
 * </pre>
 *
 * <p>Sizes are set by the first gate's input weights, {@code [hidden, input]}, and every other
 * array is held against them. Whatever does not fit is a fault with file, line, column and path;
 * nothing is guessed, filled or ignored.
 */
public final class TraceCaseFile {
  private static final List<String> KEYS =
      List.of("cell", "activation", "reset", "weights", "x", "h0", "c0", "loss_gradient");
  private static final String RECURRENT_BIAS = "candidate.recurrent_bias";

  private final JsonEntry top;
  private final CellKind kind;
  private final JsonEntry weights;
  private final Extent hidden;
  private final Extent input;

  private TraceCaseFile(JsonEntry top) {
    this.top = top;
    top.members("write it like {\"cell\": \"rnn\", \"weights\": {...}, \"x\": [[1], [0.5]]}");
    top.refuseUnknown(KEYS);
    CellChoice cell = named("cell", CellChoice.class, null);
    for (String key : KEYS) {
      JsonEntry entry = top.member(key);
      if (entry != null) {
        cell.refuseSettingOfAnother(key, entry);
      }
    }
    kind =
        cell.kind(
            named("activation", Activation.class, Activation.TANH),
            named("reset", Reset.class, Reset.BEFORE));
    weights = required(top, "weights", "\"weights\": {\"" + kind.tensorNames().get(0) + "\": ...}");
    refuseUnknownWeights();
    String first = kind.tensorNames().get(0);
    double[][] sizes =
        required(weights, first, "an array [hidden][input]")
            .matrix(Extent.any("hidden"), Extent.any("input"));
    hidden = new Extent("hidden", sizes.length, "weights." + first);
    input = new Extent("input", sizes[0].length, "weights." + first);
  }

  /**
   * Reads and checks a case.
   *
   * @throws JobFault with exit code {@link ExitCode#USAGE}
   */
  public static TraceCase read(Path path) {
    String text;
    try {
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      throw unreadable(path, "no such file").because(e);
    } catch (CharacterCodingException e) {
      throw unreadable(path, "bytes that are no UTF-8").because(e);
    } catch (IOException e) {
      String found = Files.isDirectory(path) ? "a folder" : "no permission or a broken file";
      throw unreadable(path, found).because(e);
    }
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String name = path.toString();
    return new TraceCaseFile(new JsonEntry(name, "", LocatedJson.parse(withoutMark, name)))
        .readCase();
  }

  private static JobFault unreadable(Path path, String found) {
    return new JobFault(
        ExitCode.USAGE,
        "a readable case (JSON)",
        found,
        path.toString(),
        "check the path, or trace without --file to see the worked example");
  }

  private static JsonEntry required(JsonEntry object, String key, String example) {
    JsonEntry entry = object.member(key);
    if (entry == null) {
      throw object.fault(
          "the key " + (object.path().isEmpty() ? key : object.path() + "." + key),
          object.members("").isEmpty()
              ? "nothing"
              : "only " + String.join(", ", object.members("").keySet()),
          "add it: " + example);
    }
    return entry;
  }

  /** A value by its name; without a default it must be there. */
  private <E extends Enum<E>> E named(String key, Class<E> type, @Nullable E fallback) {
    JsonEntry entry = top.member(key);
    if (entry == null && fallback != null) {
      return fallback;
    }
    if (entry == null) {
      entry = required(top, key, "\"" + key + "\": \"rnn\"");
    }
    return CellChoice.named(entry.text("write a name in quotes"), type, entry);
  }

  private void refuseUnknownWeights() {
    weights.members("write it like {\"" + kind.tensorNames().get(0) + "\": [[0.5]], ...}");
    JsonEntry recurrentBias = weights.member(RECURRENT_BIAS);
    if (recurrentBias != null && kind.equals(new CellKind.Gru(Reset.BEFORE))) {
      throw recurrentBias.fault(
          "weights of a gru that resets before the product",
          "\"" + RECURRENT_BIAS + "\", which only reset after has",
          "remove it, or add \"reset\": \"after\"");
    }
    weights.refuseUnknown(TraceCase.tensorNames(kind));
  }

  private TraceCase readCase() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : kind.tensorNames()) {
      tensors.put(name, cellTensor(name));
    }
    readHead(tensors);
    List<Tensor> x = steps(required(top, "x", "\"x\": [[1], [0.5]]"), Extent.any("time"), input);
    double[] h0 = state("h0");
    State initial = kind instanceof CellKind.Lstm ? State.of(h0, state("c0")) : State.of(h0);
    JsonEntry loss = top.member("loss_gradient");
    List<Tensor> lossGradient =
        loss == null ? null : steps(loss, new Extent("time", x.size(), "x"), hidden);
    return new TraceCase(kind, tensors, x, initial, lossGradient);
  }

  private Tensor cellTensor(String name) {
    boolean ofInput = name.endsWith(".input_weights");
    if (ofInput || name.endsWith(".recurrent_weights")) {
      JsonEntry entry =
          required(weights, name, "an array [hidden][" + (ofInput ? "input]" : "hidden]"));
      return Tensor.matrix(entry.matrix(hidden, ofInput ? input : hidden));
    }
    return Tensor.vector(required(weights, name, "an array [hidden]").vector(hidden));
  }

  private void readHead(Map<String, Tensor> tensors) {
    String v = TraceCase.HEAD_WEIGHTS;
    String c = TraceCase.HEAD_BIAS;
    if (weights.member(v) == null && weights.member(c) == null) {
      return;
    }
    double[][] rows =
        required(weights, v, "an array [output][hidden]").matrix(Extent.any("output"), hidden);
    Extent output = new Extent("output", rows.length, "weights." + v);
    tensors.put(v, Tensor.matrix(rows));
    tensors.put(c, Tensor.vector(required(weights, c, "an array [output]").vector(output)));
  }

  private static List<Tensor> steps(JsonEntry entry, Extent time, Extent vector) {
    return Arrays.stream(entry.matrix(time, vector)).map(Tensor::vector).toList();
  }

  private double[] state(String key) {
    JsonEntry entry = top.member(key);
    return entry == null ? new double[hidden.size()] : entry.vector(hidden);
  }
}
