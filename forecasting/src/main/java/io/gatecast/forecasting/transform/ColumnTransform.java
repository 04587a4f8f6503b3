package io.gatecast.forecasting.transform;

import io.gatecast.forecasting.Names;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One reversible, causal step on a column's values, before it has learned anything: a value. {@link
 * #fit} learns from the train part alone, and the {@link FittedColumn} travels with the model.
 */
public sealed interface ColumnTransform
    permits Scaling, Log, LogReturn, Difference, FillLast, Chain {

  /** The name as job files write it; {@link #of(String)} reads it. */
  String label();

  /**
   * Learns from the train part.
   *
   * @param train the column's values, one for each step, not a number where absent
   * @return what it learned
   * @throws TransformFault if the values do not allow it
   */
  FittedColumn fit(double[] train);

  /** The scale on which the errors of forecasts through this transform are alike. */
  ErrorScale errorScale();

  /**
   * Reads a name as {@link #label} gives it: {@code standardise}, {@code robust}, {@code min-max},
   * {@code log}, {@code log-return}, {@code difference}, {@code seasonal-difference(24)}, {@code
   * fill-last(3)}, {@code none}, or a chain {@code [log, difference, standardise]}.
   *
   * @param label the name
   * @throws IllegalArgumentException if there is none of that name, or its number is missing
   */
  static ColumnTransform of(String label) {
    String text = label.strip();
    if (text.startsWith("[") && text.endsWith("]")) {
      String inside = text.substring(1, text.length() - 1).strip();
      return of(inside.isEmpty() ? List.of() : Arrays.asList(inside.split(",", -1)));
    }
    Map<String, ColumnTransform> plain = new LinkedHashMap<>();
    for (Scaling scaling : Scaling.values()) {
      plain.put(scaling.label(), scaling);
    }
    plain.put("log", new Log());
    plain.put("log-return", new LogReturn());
    plain.put("difference", new Difference(1));
    plain.put("none", new Chain(List.of()));
    ColumnTransform found = plain.get(text);
    if (found != null) {
      return found;
    }
    Matcher counted = Pattern.compile("([a-z-]+)\\s*\\(\\s*(\\d{1,9})\\s*\\)").matcher(text);
    if (counted.matches()) {
      int count = Integer.parseInt(counted.group(2));
      if (counted.group(1).equals("seasonal-difference")) {
        return new Difference(count);
      }
      if (counted.group(1).equals("fill-last")) {
        return new FillLast(count);
      }
    }
    plain.put("seasonal-difference(24)", new Difference(24));
    plain.put("fill-last(3)", new FillLast(3));
    throw new IllegalArgumentException(
        "expected a transform, found \"" + label + "\": " + Names.nearest(text, plain.keySet()));
  }

  /**
   * Reads a chain, the first step first.
   *
   * @param labels of its steps; none for the chain that changes nothing
   * @throws IllegalArgumentException as {@link #of(String)}, or if the steps do not go together
   */
  static ColumnTransform of(List<String> labels) {
    return new Chain(labels.stream().map(ColumnTransform::of).collect(Collectors.toList()));
  }
}
