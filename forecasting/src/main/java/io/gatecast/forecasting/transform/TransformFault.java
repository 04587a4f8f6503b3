package io.gatecast.forecasting.transform;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Why a column's values do not go through a transform. Transforms know neither series nor time; who
 * holds both locates the fault with {@link #at}.
 */
public final class TransformFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the values. */
  public enum Kind {
    /** There are none in the train part. */
    EMPTY,
    /** They do not vary in the train part. */
    CONSTANT,
    /** They are too large to be measured. */
    NOT_FINITE,
    /** One is zero or negative, where that cannot be. */
    NOT_POSITIVE,
    /** Columns contradict each other at a step. */
    INCONSISTENT
  }

  private final Kind kind;
  private final String transform;
  private final String expected;
  private final String found;
  private final int step;
  private final String action;

  TransformFault(
      Kind kind, String transform, String expected, String found, int step, String action) {
    super(
        transform
            + ": expected "
            + expected
            + ", found "
            + found
            + (step < 0 ? "" : " at step " + step)
            + ": "
            + action);
    this.kind = kind;
    this.transform = transform;
    this.expected = expected;
    this.found = found;
    this.step = step;
    this.action = action;
  }

  TransformFault(Kind kind, String transform, String expected, String found, String action) {
    this(kind, transform, expected, found, -1, action);
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The transform's label. */
  public String transform() {
    return transform;
  }

  /** What was expected. */
  public String expected() {
    return expected;
  }

  /** What was found instead. */
  public String found() {
    return found;
  }

  /** Index of the value among those given, where it is one value's fault. */
  public OptionalInt step() {
    return step < 0 ? OptionalInt.empty() : OptionalInt.of(step);
  }

  /** What to do next. */
  public String action() {
    return action;
  }

  /**
   * The fault of the data at its place.
   *
   * @param where series and column
   * @param timeOf a step's time as people read it
   */
  public JobFault at(String where, IntFunction<String> timeOf) {
    return new JobFault(
            ExitCode.DATA,
            expected,
            found,
            where + (step < 0 ? "" : " at " + timeOf.apply(step)) + ", transform " + transform,
            action)
        .because(this);
  }
}
