package io.gatecast.forecasting.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * Categories learned from the train part, each a column of 0 and 1. A category that was not there
 * is 0 in all; an absent value is absent in all.
 *
 * @param column name
 * @param categories learned; what travels with the model
 * @param names what each code of the data at hand means; learned categories that it lacks follow at
 *     its end
 */
public record FittedOneHot(String column, List<String> categories, List<String> names)
    implements InvertibleDerivation {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are no categories, or one is there twice
   */
  public FittedOneHot {
    categories = List.copyOf(categories);
    if (categories.isEmpty() || categories.stream().distinct().count() < categories.size()) {
      throw new IllegalArgumentException(
          "expected categories, each once, found " + categories + " for column " + column);
    }
    List<String> all = new ArrayList<>(names);
    categories.stream().filter(category -> !all.contains(category)).forEach(all::add);
    names = List.copyOf(all);
  }

  /**
   * The same for data whose codes mean something else: those of a later run.
   *
   * @param names what each code means
   */
  public FittedOneHot reading(List<String> names) {
    return new FittedOneHot(column, categories, names);
  }

  @Override
  public List<String> inputs() {
    return List.of(column);
  }

  /** {@code column=category} for each category. */
  @Override
  public List<String> outputs() {
    return categories.stream().map(category -> column + "=" + category).toList();
  }

  @Override
  public double[][] apply(double[][] columns) {
    int steps = Derivation.steps(inputs(), columns);
    int[] categoryOf = names.stream().mapToInt(categories::indexOf).toArray();
    double[][] hot = new double[categories.size()][steps];
    for (int t = 0; t < steps; t++) {
      double value = columns[0][t];
      if (Double.isNaN(value)) {
        for (double[] category : hot) {
          category[t] = Double.NaN;
        }
      } else {
        int category = categoryOf[code("one-hot(" + column + ")", names, value, t)];
        if (category >= 0) {
          hot[category][t] = 1;
        }
      }
    }
    return hot;
  }

  /**
   * The code of the largest output at each step, the first of equals; not a number where all are 0,
   * as for a category that was not there, or one is absent.
   */
  @Override
  public double[][] invert(double[][] derived) {
    int steps = Derivation.steps(outputs(), derived);
    double[][] codes = new double[1][steps];
    for (int t = 0; t < steps; t++) {
      int best = 0;
      boolean known = false;
      boolean absent = false;
      for (int category = 0; category < derived.length; category++) {
        double score = derived[category][t];
        known |= score != 0;
        absent |= Double.isNaN(score);
        best = score > derived[best][t] ? category : best;
      }
      codes[0][t] = known && !absent ? names.indexOf(categories.get(best)) : Double.NaN;
    }
    return codes;
  }

  @Override
  public int memory() {
    return 0;
  }

  static int code(String label, List<String> names, double value, int step) {
    int code = (int) value;
    if (code != value || code < 0 || code >= names.size()) {
      throw new TransformFault(
          TransformFault.Kind.INCONSISTENT,
          label,
          "codes of categories, whole numbers from 0 to " + (names.size() - 1),
          String.valueOf(value),
          step,
          "declare the column as text, or leave it among the numbers");
    }
    return code;
  }
}
