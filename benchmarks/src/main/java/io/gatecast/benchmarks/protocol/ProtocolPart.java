package io.gatecast.benchmarks.protocol;

/** The parts of a set, in the order of time. */
public enum ProtocolPart {
  /** To learn from. */
  TRAIN,
  /** To choose by. */
  VALIDATION,
  /** To score on, and for nothing else. */
  TEST
}
