package io.gatecast.reference.experiments;

import java.util.List;
import java.util.Locale;

/** Numbers as the page writes them: two significant digits, the same in every locale. */
final class Numbers {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Numbers() {}

  /** 0.0052, 0.37, 1.0, 12, 1,500, 1.7·10⁸, 8.9·10⁻¹⁶; "diverged" for what is not finite. */
  static String of(double value) {
    if (!Double.isFinite(value)) {
      return "diverged";
    }
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 0.00095 || size >= 99_999.5) {
      String[] parts = String.format(Locale.ROOT, "%.1e", value).split("e", 2);
      return parts[0] + "·10" + superscript(Integer.parseInt(parts[1]));
    }
    if (size >= 9.95) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int decimals = size >= 0.995 ? 1 : size >= 0.0995 ? 2 : size >= 0.00995 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A count, with commas. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** The median of sorted numbers; of an even count, the mean of the two in the middle. */
  static double median(List<Double> sorted) {
    int n = sorted.size();
    return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
  }

  /** The median with the range, as {@code 0.012 (0.010 to 0.034)}, of sorted numbers. */
  static String medianAndRange(List<Double> sorted) {
    return of(median(sorted))
        + " ("
        + of(sorted.get(0))
        + " to "
        + of(sorted.get(sorted.size() - 1))
        + ")";
  }

  /** 10⁻⁶ for −6. */
  static String powerOfTen(int exponent) {
    return switch (exponent) {
      case 0 -> "1";
      case 1 -> "10";
      default -> "10" + superscript(exponent);
    };
  }

  private static String superscript(int exponent) {
    StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      text.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return text.toString();
  }
}
