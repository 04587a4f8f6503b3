package io.gatecast.cli.trace;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.report.RunJson;
import io.gatecast.reference.State;
import io.gatecast.reference.Step;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trace as one JSON object, a stable surface: {@code {"steps": [{gate: [..], .., "cell": [..],
 * "h": [..], "y": [..]}], "gradients": {tensor: [..], .., "x": [..], "h0": [..], "c0": [..]}}},
 * where {@code cell} and {@code c0} are the LSTM's, {@code y} needs a head and {@code gradients} a
 * loss gradient. An engine answers without gates, but for the RNN's. Numbers have all digits of
 * their double. JSON has no NaN and no infinity: a trace that came to one is a fault.
 */
public final class TraceJson {
  private TraceJson() {}

  /**
   * Writes.
   *
   * @throws JobFault if a number is not finite; it names the place
   */
  public static String text(Trace trace) {
    Map<String, Object> answer = new LinkedHashMap<>();
    List<Object> steps = new ArrayList<>();
    for (int t = 0; t < trace.pass().time(); t++) {
      steps.add(step(trace, t));
    }
    answer.put("steps", steps);
    if (trace.gradient() != null) {
      answer.put("gradients", gradients(trace, trace.gradient()));
    }
    return RunJson.text(answer);
  }

  private static Map<String, Object> step(Trace trace, int t) {
    Step step = trace.pass().steps().get(t);
    String where = "steps[" + t + "].";
    Map<String, Object> members = new LinkedHashMap<>();
    step.gates().forEach((gate, values) -> members.put(gate, finite(values, where + gate)));
    if (step.state() instanceof State.HiddenAndCell state) {
      members.put("cell", finite(state.c(), where + "cell"));
    }
    members.put("h", finite(step.state().h(), where + "h"));
    if (!trace.y().isEmpty()) {
      members.put("y", finite(trace.y().get(t).values(), where + "y"));
    }
    return members;
  }

  private static Map<String, Object> gradients(Trace trace, Trace.Gradient gradient) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name : trace.given().kind().tensorNames()) {
      Tensor tensor = gradient.weights().get(name);
      if (tensor == null) {
        throw new IllegalStateException("no gradient was found of " + name);
      }
      members.put(name, nested(tensor, "gradients." + name));
    }
    List<Object> x = new ArrayList<>();
    for (Tensor atStep : gradient.x()) {
      x.add(finite(atStep.values(), "gradients.x[" + x.size() + "]"));
    }
    members.put("x", x);
    members.put("h0", finite(gradient.initial().h(), "gradients.h0"));
    if (gradient.initial() instanceof State.HiddenAndCell state) {
      members.put("c0", finite(state.c(), "gradients.c0"));
    }
    return members;
  }

  private static Object nested(Tensor tensor, String where) {
    if (tensor.rank() == 1) {
      return finite(tensor.values(), where);
    }
    double[][] rows = tensor.rows();
    for (int row = 0; row < rows.length; row++) {
      finite(rows[row], where + "[" + row + "]");
    }
    return rows;
  }

  private static double[] finite(double[] values, String where) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new JobFault(
            ExitCode.USAGE,
            "a case with finite results, as JSON has no other numbers",
            String.valueOf(values[i]),
            where + "[" + i + "] of the answer",
            "make weights or inputs smaller, or trace without --json, which shows it");
      }
    }
    return values;
  }
}
