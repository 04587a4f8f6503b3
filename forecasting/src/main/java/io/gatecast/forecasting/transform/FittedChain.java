package io.gatecast.forecasting.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fitted transforms one after the other. Going back, each meets the history that the ones before it
 * make of the column's tail; only the last {@link #memory()} values are ever touched.
 *
 * @param steps the first first
 */
public record FittedChain(List<FittedColumn> steps) implements FittedColumn {

  /** Copies the list. */
  public FittedChain {
    steps = List.copyOf(steps);
  }

  @Override
  public double[] apply(double[] values) {
    double[] transformed = values.clone();
    for (FittedColumn step : steps) {
      transformed = step.apply(transformed);
    }
    return transformed;
  }

  @Override
  public double[] invert(double[] history, double[] transformed) {
    List<double[]> histories = histories(history);
    double[] values = transformed.clone();
    for (int i = steps.size() - 1; i >= 0; i--) {
      values = steps.get(i).invert(histories.get(i), values);
    }
    return values;
  }

  /** What each step meets of the column's past. */
  private List<double[]> histories(double[] history) {
    List<double[]> histories = new ArrayList<>();
    int needed = memory();
    double[] tail = last(history, needed);
    for (FittedColumn step : steps) {
      histories.add(tail);
      needed -= step.memory();
      tail = needed == 0 ? new double[0] : last(step.apply(tail), needed);
    }
    return histories;
  }

  @Override
  public double[] applySinceOrigin(double[] history, double[] values) {
    List<double[]> histories = histories(history);
    double[] transformed = values.clone();
    for (int i = 0; i < steps.size(); i++) {
      transformed = steps.get(i).applySinceOrigin(histories.get(i), transformed);
    }
    return transformed;
  }

  @Override
  public double[] invertSinceOrigin(double[] history, double[] transformed) {
    List<double[]> histories = histories(history);
    double[] values = transformed.clone();
    for (int i = steps.size() - 1; i >= 0; i--) {
      values = steps.get(i).invertSinceOrigin(histories.get(i), values);
    }
    return values;
  }

  private static double[] last(double[] values, int count) {
    return Arrays.copyOfRange(values, Math.max(0, values.length - count), values.length);
  }

  @Override
  public int memory() {
    int memory = 0;
    for (FittedColumn step : steps) {
      memory += step.memory();
    }
    return memory;
  }
}
