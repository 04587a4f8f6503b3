package io.gatecast.core.spec;

/** What training minimises, averaged over windows and over the forecast's steps. */
public enum Loss {
  /** Squared error, {@code (y − ŷ)²}: the forecast tends to the conditional mean. */
  SQUARED,
  /** Absolute error, {@code |y − ŷ|}: the forecast tends to the conditional median. */
  ABSOLUTE
}
