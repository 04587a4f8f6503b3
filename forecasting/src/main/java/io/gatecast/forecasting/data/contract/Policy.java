package io.gatecast.forecasting.data.contract;

import java.util.Locale;

/** What is done about a problem. */
public enum Policy {
  /** The data breaks the contract: the job ends with exit code 3. */
  FAIL,
  /** The row is rejected. */
  DROP,
  /** What the problem's {@link Kind} says can be done; the row counts as repaired. */
  REPAIR,
  /** It is reported and nothing is changed: for what a check suspects and cannot know. */
  WARN;

  /** The name as job files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
