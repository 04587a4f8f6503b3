package io.gatecast.core.spec;

/** Which hidden vectors of the top layer the head reads. */
public enum Readout {
  /** The last step's alone: one output vector for a window. */
  LAST_STEP,
  /** Every step's: one output vector for each step, by the same weights. */
  EVERY_STEP
}
