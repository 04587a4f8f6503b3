package io.gatecast.cli;

import java.util.List;

/** Numbers as one line of text: a character a number, higher for larger, blank where nothing is. */
final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.:-=+*#";

  private final String levels;

  /**
   * Chooses characters.
   *
   * @param unicode whether the terminal shows block elements
   */
  Sparkline(boolean unicode) {
    levels = unicode ? BLOCKS : ASCII;
  }

  /** The line; as many characters as numbers. */
  String of(List<Double> values) {
    double least = values.stream().filter(v -> !v.isNaN()).mapToDouble(v -> v).min().orElse(0);
    double most = values.stream().filter(v -> !v.isNaN()).mapToDouble(v -> v).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      if (Double.isNaN(value)) {
        line.append(' ');
      } else {
        double share = most > least ? (value - least) / (most - least) : 0.5;
        line.append(levels.charAt((int) Math.min(levels.length() - 1, share * levels.length())));
      }
    }
    return line.toString();
  }
}
