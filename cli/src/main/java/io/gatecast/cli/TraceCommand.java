package io.gatecast.cli;

import io.gatecast.cli.trace.CellChoice;
import io.gatecast.cli.trace.Place;
import io.gatecast.cli.trace.Trace;
import io.gatecast.cli.trace.TraceCase;
import io.gatecast.cli.trace.TraceCaseFile;
import io.gatecast.cli.trace.TraceExample;
import io.gatecast.cli.trace.TraceJson;
import io.gatecast.cli.trace.TraceText;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.reference.Activation;
import io.gatecast.reference.Reset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code gatecast trace}: one recurrent layer step by step, every intermediate value shown. */
@Command(
    name = "trace",
    description = {
      "Show a recurrent layer step by step: each gate's formula, the numbers put in, the value.",
      "Without --file: one input, one hidden unit, a linear output, two steps; every number can be"
          + " changed."
    })
final class TraceCommand implements Callable<Integer> {
  /**
   * How a trace that failed is said in JSON: the keys of a run's record that make sense here.
   *
   * @param exit exit code
   * @param reason in one sentence
   * @param error in four parts
   */
  record Failed(int exit, String reason, RunRecord.Failure error) {
    static Failed of(JobFault fault) {
      return new Failed(
          fault.exit().code(),
          String.valueOf(fault.getMessage()),
          new RunRecord.Failure(fault.expected(), fault.found(), fault.where(), fault.action()));
    }
  }

  @ParentCommand private GatecastCommand top;

  @Option(
      names = "--file",
      paramLabel = "CASE.json",
      description = "A case of any size, with weights and inputs; then no option below.")
  private @Nullable Path file;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "Let the engine compute it, not the oracle: portable (double), blas or vector (float)."
              + " It shows states and gradients, not gates.")
  private @Nullable String engine;

  @Option(names = "--cell", paramLabel = "CELL", description = "rnn (default), gru or lstm.")
  private @Nullable String cell;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "rnn: sigmoid (default), tanh or relu.")
  private @Nullable String activation;

  @Option(
      names = "--reset",
      paramLabel = "WHERE",
      description = "gru: before (default) or after the recurrent product.")
  private @Nullable String reset;

  @Option(
      names = "--input",
      paramLabel = "X1,X2,...",
      description = "One number for each step (default: 1,0.5).")
  private @Nullable String input;

  @Option(
      names = "--weight",
      paramLabel = "NAME=VALUE",
      description = "A weight by its canonical name, such as hidden.bias=0.1; repeatable.")
  private List<String> weights = List.of();

  @Option(names = "--h0", paramLabel = "H", description = "The hidden state at the start (0).")
  private @Nullable String h0;

  @Option(names = "--c0", paramLabel = "C", description = "lstm: the cell state at the start (0).")
  private @Nullable String c0;

  @Override
  public Integer call() {
    TraceCase traced = file == null ? example() : fromFile(file);
    Trace trace = engine == null ? Trace.of(traced) : Trace.of(traced, engine);
    if (top.json()) {
      top.out().print(TraceJson.text(trace));
    } else {
      new TraceText(top.out()).print(trace);
    }
    return 0;
  }

  private TraceCase fromFile(Path path) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>();
    others.put("--cell", cell);
    others.put("--activation", activation);
    others.put("--reset", reset);
    others.put("--input", input);
    others.put("--weight", weights.isEmpty() ? null : weights);
    others.put("--h0", h0);
    others.put("--c0", c0);
    others.forEach(
        (option, given) -> {
          if (given != null) {
            throw Place.option(option)
                .fault(
                    "--file without the worked example's options",
                    "both --file and " + option,
                    "remove one of the two: the file holds the whole case");
          }
        });
    return TraceCaseFile.read(path);
  }

  private TraceCase example() {
    CellChoice choice =
        cell == null
            ? CellChoice.RNN
            : CellChoice.named(cell, CellChoice.class, Place.option("--cell"));
    Activation phi = Activation.SIGMOID;
    if (activation != null) {
      choice.refuseSettingOfAnother("activation", Place.option("--activation"));
      phi = CellChoice.named(activation, Activation.class, Place.option("--activation"));
    }
    Reset position = Reset.BEFORE;
    if (reset != null) {
      choice.refuseSettingOfAnother("reset", Place.option("--reset"));
      position = CellChoice.named(reset, Reset.class, Place.option("--reset"));
    }
    TraceExample example = new TraceExample(choice.kind(phi, position));
    if (input != null) {
      example.input(input);
    }
    weights.forEach(example::weight);
    if (h0 != null) {
      example.h0(h0);
    }
    if (c0 != null) {
      choice.refuseSettingOfAnother("c0", Place.option("--c0"));
      example.c0(c0);
    }
    return example.toCase();
  }
}
