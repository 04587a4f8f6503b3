package io.gatecast.forecasting.transform;

import java.util.List;
import java.util.TreeSet;

/**
 * A text column as one column of 0 and 1 for each category of the train part. Values arrive as
 * codes.
 *
 * @param column name
 * @param names what each code means: code i is {@code names[i]}
 */
public record OneHot(String column, List<String> names) implements Derivation {

  /** Copies the list. */
  public OneHot {
    names = List.copyOf(names);
  }

  @Override
  public String label() {
    return "one-hot(" + column + ")";
  }

  @Override
  public List<String> inputs() {
    return List.of(column);
  }

  /**
   * Learns the categories of the train part, in alphabetical order; which other names there are
   * does not matter.
   */
  @Override
  public FittedOneHot fit(double[][] train) {
    int steps = Derivation.steps(inputs(), train);
    TreeSet<String> categories = new TreeSet<>();
    for (int t = 0; t < steps; t++) {
      if (!Double.isNaN(train[0][t])) {
        categories.add(names.get(FittedOneHot.code(label(), names, train[0][t], t)));
      }
    }
    if (categories.isEmpty()) {
      throw new TransformFault(
          TransformFault.Kind.EMPTY,
          label(),
          "categories in the train part",
          "none",
          "the column begins too late for the split: leave it out, or supply its past");
    }
    return new FittedOneHot(column, List.copyOf(categories), names);
  }
}
