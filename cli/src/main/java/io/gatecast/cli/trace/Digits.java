package io.gatecast.cli.trace;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers for people: six significant digits, no trailing zeros. JSON has all digits instead. */
final class Digits {
  private static final MathContext SIX = new MathContext(6);
  private static final int SMALLEST_PLAIN = -5;
  private static final int LARGEST_PLAIN = 5;

  private Digits() {}

  /** {@code 0.645656}, {@code -2}, {@code 1.5e-7}, {@code NaN}. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(SIX).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent >= SMALLEST_PLAIN && exponent <= LARGEST_PLAIN
        ? rounded.toPlainString()
        : rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }

  /** {@code [0.5, -1]}; a single number without brackets. */
  static String of(double[] values) {
    return values.length == 1
        ? of(values[0])
        : Arrays.stream(values).mapToObj(Digits::of).collect(Collectors.joining(", ", "[", "]"));
  }

  /** {@code [[0.5, -1], [1, 0]]}; a single number without brackets. */
  static String of(double[][] rows) {
    return rows.length == 1 && rows[0].length == 1
        ? of(rows[0][0])
        : Arrays.stream(rows)
            .map(row -> row.length == 1 ? "[" + of(row) + "]" : of(row))
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
