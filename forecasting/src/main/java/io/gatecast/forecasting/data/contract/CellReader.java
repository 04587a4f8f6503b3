package io.gatecast.forecasting.data.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/** Reads one column's cells as numbers: not a number where missing, a category's index for text. */
final class CellReader {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "null", "none", "-");
  private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");

  private final ColumnSpec spec;
  private final Set<String> signs = new HashSet<>(MISSING);
  private final double[] numbers;
  private final PlainDecimal plain = new PlainDecimal();
  private final Map<String, Integer> categories = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private double value;

  CellReader(ColumnSpec spec) {
    this.spec = spec;
    List<Double> numeric = new ArrayList<>();
    for (String sign : spec.missing()) {
      String lower = sign.trim().toLowerCase(Locale.ROOT);
      signs.add(lower);
      if (isDecimal(lower)) {
        numeric.add(parsed(lower));
      }
    }
    numbers = numeric.stream().mapToDouble(Double::doubleValue).toArray();
  }

  ColumnSpec spec() {
    return spec;
  }

  /** The value of the last cell read. */
  double value() {
    return value;
  }

  /** The categories so far, by index. */
  List<String> categories() {
    return names;
  }

  /**
   * Reads a cell.
   *
   * @return what is wrong with it, {@link Kind#MISSING} for one that is missing, or null
   */
  @Nullable Kind read(Writable cell) {
    value = Double.NaN;
    if (cell instanceof NullWritable) {
      return Kind.MISSING;
    }
    if (spec.type() == ColumnSpec.Type.TEXT) {
      return category(cell.toString().trim());
    }
    Kind problem = cell instanceof Text text ? text(text) : number(cell);
    if (problem == null && !(value >= spec.least() && value <= spec.most())) {
      return Kind.OUT_OF_RANGE;
    }
    if (problem != null) {
      value = Double.NaN;
    }
    return problem;
  }

  private @Nullable Kind category(String text) {
    if (signs.contains(text.toLowerCase(Locale.ROOT))) {
      return Kind.MISSING;
    }
    Integer index = categories.get(text);
    if (index == null) {
      index = names.size();
      categories.put(text, index);
      names.add(text);
    }
    value = index;
    return null;
  }

  private @Nullable Kind number(Writable cell) {
    try {
      value = cell.toDouble();
    } catch (UnsupportedOperationException | NumberFormatException e) {
      return text(cell.toString().trim());
    }
    return Double.isFinite(value) ? declaredMissing() : Kind.NOT_FINITE;
  }

  private @Nullable Kind text(Text cell) {
    if (plain.read(cell)) {
      value = plain.value();
      return declaredMissing();
    }
    return text(cell.toString().trim());
  }

  private @Nullable Kind text(String text) {
    if (isDecimal(text)) {
      value = parsed(text);
      if (!Double.isNaN(value)) {
        return Double.isFinite(value) ? declaredMissing() : Kind.NOT_FINITE;
      }
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (signs.contains(lower)) {
      return Kind.MISSING;
    }
    if (spec.type() == ColumnSpec.Type.COMPASS) {
      OptionalDouble degrees = Compass.degrees(text);
      if (degrees.isPresent()) {
        value = degrees.getAsDouble();
        return Double.isNaN(value) ? Kind.MISSING : null;
      }
    }
    String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
    return NOT_FINITE.contains(unsigned) ? Kind.NOT_FINITE : Kind.NOT_A_NUMBER;
  }

  private @Nullable Kind declaredMissing() {
    for (double sign : numbers) {
      if (value == sign) {
        return Kind.MISSING;
      }
    }
    return null;
  }

  /** Java would also take 12d, 5f and 0x1p3, which no table means as numbers. */
  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
