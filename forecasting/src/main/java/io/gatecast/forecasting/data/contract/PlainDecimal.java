package io.gatecast.forecasting.data.contract;

import org.datavec.api.writable.Text;

/**
 * Reads short decimals such as {@code -12.75} straight from a cell's bytes, bit for bit as {@link
 * Double#parseDouble} does: up to 15 digits are a double without rounding, and so is the power of
 * ten that divides them, so that only the division rounds (Clinger, How to read floating point
 * numbers accurately, 1990). What it does not know, it leaves to the long way.
 */
final class PlainDecimal {
  private static final int MOST_DIGITS = 15;

  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private double value;

  /** What was read last. */
  double value() {
    return value;
  }

  /** Reads a cell; false where it is anything but a sign, up to 15 digits and one point. */
  boolean read(Text cell) {
    byte[] text = cell.getBytes();
    int to = cell.getLength();
    int from = to > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    if (to - from > MOST_DIGITS + 1) {
      return false;
    }
    long digits = 0;
    int count = 0;
    int point = to - 1;
    boolean pointed = false;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        count++;
      } else if (text[i] == '.' && !pointed) {
        pointed = true;
        point = i;
      } else {
        return false;
      }
    }
    if (count == 0 || count > MOST_DIGITS) {
      return false;
    }
    double size = digits / POWERS[to - 1 - point];
    value = text[0] == '-' ? -size : size;
    return true;
  }
}
