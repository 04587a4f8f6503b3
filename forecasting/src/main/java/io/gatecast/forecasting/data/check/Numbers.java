package io.gatecast.forecasting.data.check;

import java.math.BigDecimal;
import java.math.MathContext;

/** How findings write numbers: five significant digits, no exponent. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(5);

  private Numbers() {}

  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
