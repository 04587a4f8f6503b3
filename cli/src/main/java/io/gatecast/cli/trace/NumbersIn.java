package io.gatecast.cli.trace;

/**
 * A formula with the numbers put in, term by term: {@code 0.5·1 - 0.8·(-0.2) + 0.1}. It writes and
 * does not compute.
 */
final class NumbersIn {
  private final StringBuilder text = new StringBuilder();

  /** Adds {@code + a·b}. */
  NumbersIn product(double a, double b) {
    return term(a < 0, Digits.of(Math.abs(a)) + "·" + factor(b));
  }

  /** Adds {@code + row · vector}, element by element. */
  NumbersIn product(double[] row, double[] vector) {
    for (int k = 0; k < row.length; k++) {
      product(row[k], vector[k]);
    }
    return this;
  }

  /** Adds {@code + a}. */
  NumbersIn plus(double a) {
    return term(a < 0, Digits.of(Math.abs(a)));
  }

  /** Adds {@code + (1 - a)·b}. */
  NumbersIn restProduct(double a, double b) {
    return term(false, "(1 - " + factor(a) + ")·" + factor(b));
  }

  /** Adds a term as it stands. */
  NumbersIn term(boolean negative, String term) {
    if (text.isEmpty()) {
      text.append(negative ? "-" : "");
    } else {
      text.append(negative ? " - " : " + ");
    }
    text.append(term);
    return this;
  }

  private static String factor(double a) {
    return a < 0 ? "(" + Digits.of(a) + ")" : Digits.of(a);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
