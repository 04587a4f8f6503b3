package io.gatecast.forecasting.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Transforms one after the other, each fitted on what the ones before make of the train part.
 *
 * @param steps the first first; a chain among them is laid out flat; none changes nothing
 */
public record Chain(List<ColumnTransform> steps) implements ColumnTransform {

  /**
   * Lays the steps out flat.
   *
   * @throws IllegalArgumentException if {@code fill-last} stands anywhere but first: it would fill
   *     changes where values are absent, and no path back would meet the next true value
   */
  public Chain {
    List<ColumnTransform> flat = new ArrayList<>();
    for (ColumnTransform step : steps) {
      if (step instanceof Chain chain) {
        flat.addAll(chain.steps);
      } else {
        flat.add(step);
      }
    }
    for (int i = 1; i < flat.size(); i++) {
      if (flat.get(i) instanceof FillLast fill) {
        throw new IllegalArgumentException(
            "expected "
                + fill.label()
                + " as the first step of a chain, found it after "
                + flat.get(i - 1).label()
                + ": fill the values, then transform them");
      }
    }
    steps = List.copyOf(flat);
  }

  @Override
  public String label() {
    return steps.isEmpty()
        ? "none"
        : steps.stream().map(ColumnTransform::label).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public FittedChain fit(double[] train) {
    List<FittedColumn> fitted = new ArrayList<>();
    double[] values = train;
    for (ColumnTransform step : steps) {
      FittedColumn learned = step.fit(values);
      fitted.add(learned);
      values = learned.apply(values);
    }
    return new FittedChain(fitted);
  }

  @Override
  public ErrorScale errorScale() {
    return steps.stream().anyMatch(step -> step.errorScale() == ErrorScale.MULTIPLICATIVE)
        ? ErrorScale.MULTIPLICATIVE
        : ErrorScale.ADDITIVE;
  }
}
