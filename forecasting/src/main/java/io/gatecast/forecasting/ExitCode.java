package io.gatecast.forecasting;

/** How a run ended, as a scheduler reads it. */
public enum ExitCode {
  /** Done. */
  DONE(0),
  /** A fault of the program itself. */
  INTERNAL(1),
  /** Wrong usage, or a job file that cannot be used. */
  USAGE(2),
  /** The data broke the contract. */
  DATA(3),
  /** The gate refused every network; a baseline's forecast was issued. */
  GATE(4),
  /** The oracle check failed; a baseline's forecast was issued. */
  ORACLE(5),
  /** A store or an output cannot be written. */
  OUTPUT(6),
  /** Another run holds the job. */
  BUSY(7),
  /** Nothing new to do. */
  NOTHING_NEW(99);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }
}
