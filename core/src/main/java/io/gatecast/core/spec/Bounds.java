package io.gatecast.core.spec;

/** The one wording of errors about settings out of their bounds. */
final class Bounds {
  private Bounds() {}

  static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": expected at least 1, found " + value);
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": expected a positive number, found " + value);
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          name + ": expected a number of at least 0, found " + value);
    }
  }

  static void shareBelowOne(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": expected a share in [0, 1), found " + value);
    }
  }

  static void shareAboveZero(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + ": expected a share in (0, 1], found " + value);
    }
  }

  static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + ": expected a share in [0, 1], found " + value);
    }
  }
}
