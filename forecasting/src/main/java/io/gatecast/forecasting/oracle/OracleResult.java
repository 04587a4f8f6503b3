package io.gatecast.forecasting.oracle;

/**
 * How far the engine is from the oracle.
 *
 * @param maxRelativeDifference largest {@code |engine − oracle| / max(|oracle|, rms(oracle))} over
 *     all windows and outputs; the root mean square keeps an output near zero from inflating it
 * @param tolerance what is allowed
 * @param windows how many windows were compared
 */
public record OracleResult(double maxRelativeDifference, double tolerance, int windows) {
  /** Whether the engine may be believed; no windows, or a difference that is no number, fail. */
  public boolean passed() {
    return windows > 0 && maxRelativeDifference <= tolerance;
  }
}
