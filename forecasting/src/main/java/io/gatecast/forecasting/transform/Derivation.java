package io.gatecast.forecasting.transform;

import java.util.Arrays;
import java.util.List;

/** New columns from several others, step by step and causal, before it has learned anything. */
public sealed interface Derivation permits Wind, OneHot, Presence, RollingVolatility {

  /** What it is and what of, for people. */
  String label();

  /** Names of the columns that it reads, in the order in which it wants their values. */
  List<String> inputs();

  /**
   * Learns from the train part.
   *
   * @param train {@code [input][step]}, not a number where absent
   * @return what it learned
   * @throws TransformFault if the values do not allow it
   */
  FittedDerivation fit(double[][] train);

  /** Refuses columns whose number or lengths do not fit; gives the steps. */
  static int steps(List<String> inputs, double[][] columns) {
    int steps = columns.length == 0 ? 0 : columns[0].length;
    boolean fits = columns.length == inputs.size();
    for (double[] column : columns) {
      fits &= column.length == steps;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expected columns "
              + inputs
              + " of the same length, found "
              + columns.length
              + " of lengths "
              + Arrays.stream(columns).map(column -> column.length).toList());
    }
    return steps;
  }
}
