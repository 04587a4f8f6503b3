package io.gatecast.cli.trace;

import io.gatecast.reference.State;
import java.io.PrintStream;

/** One step of an engine for people: what it tells of itself, without gates and formulas. */
final class EngineStepText {
  private final PrintStream out;
  private final Trace trace;
  private final int t;

  /**
   * Looks at one step.
   *
   * @param t from 0; shown from 1
   */
  EngineStepText(PrintStream out, Trace trace, int t) {
    this.out = out;
    this.trace = trace;
    this.t = t;
  }

  void print() {
    String now = "_" + (t + 1);
    out.println();
    out.println(
        "step " + (t + 1) + ": x" + now + " = " + Digits.of(trace.given().x().get(t).values()));
    State state = trace.pass().steps().get(t).state();
    if (state instanceof State.HiddenAndCell both) {
      out.println("  C" + now + " = " + Digits.of(both.c()));
    }
    out.println("  h" + now + " = " + Digits.of(state.h()));
    if (!trace.y().isEmpty()) {
      out.println("  y" + now + " = V h" + now + " + c = " + Digits.of(trace.y().get(t).values()));
    }
  }
}
