package io.gatecast.forecasting.transform;

import java.util.List;

/**
 * 1 where a value was truly there, 0 where it was absent: the mask that goes with {@link FillLast},
 * of the column before it is filled. There is no way back.
 *
 * @param column name
 */
public record Presence(String column) implements Derivation, FittedDerivation {

  @Override
  public String label() {
    return "presence(" + column + ")";
  }

  @Override
  public List<String> inputs() {
    return List.of(column);
  }

  @Override
  public List<String> outputs() {
    return List.of(column + "_present");
  }

  @Override
  public FittedDerivation fit(double[][] train) {
    return this;
  }

  @Override
  public double[][] apply(double[][] columns) {
    int steps = Derivation.steps(inputs(), columns);
    double[][] mask = new double[1][steps];
    for (int t = 0; t < steps; t++) {
      mask[0][t] = Double.isNaN(columns[0][t]) ? 0 : 1;
    }
    return mask;
  }

  @Override
  public int memory() {
    return 0;
  }
}
