package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.data.check.SentinelCheck;
import io.gatecast.forecasting.data.contract.Compass;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the cells of one column are like, gathered row after row. */
final class ColumnProfile {
  /** More different texts than this are not told apart. */
  static final int MOST_TEXTS = 2_000;

  private static final Set<String> MISSING = Set.of("", "na", "n/a", "null", "none", "-", "nan");
  private static final Set<Double> SENTINELS = Set.copyOf(SentinelCheck.sentinels());
  private static final double MOSTLY = 0.99;

  private final String name;
  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final Map<Double, Integer> sentinels = new HashMap<>();
  private int rows;
  private int missing;
  private int numbers;
  private int zeros;
  private int directions;
  private int ascending;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private double last = Double.NaN;

  ColumnProfile(String name) {
    this.name = name;
  }

  void add(String cell) {
    rows++;
    String text = cell.trim();
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      missing++;
      return;
    }
    if (texts.size() <= MOST_TEXTS) {
      texts.merge(text, 1, Integer::sum);
    }
    double number = number(text);
    if (Double.isNaN(number)) {
      directions += Compass.degrees(text).isPresent() ? 1 : 0;
      return;
    }
    numbers++;
    zeros += number == 0 ? 1 : 0;
    ascending += number == last + 1 ? 1 : 0;
    last = number;
    if (SENTINELS.contains(number)) {
      sentinels.merge(number, 1, Integer::sum);
    } else {
      least = Math.min(least, number);
      most = Math.max(most, number);
    }
  }

  /** A finite decimal number, or not a number. */
  static double number(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return Double.NaN;
      }
    }
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  String name() {
    return name;
  }

  /** Cells that are not empty and no usual sign for a missing value. */
  int present() {
    return rows - missing;
  }

  /** Cells that are missing, declared sentinels included. */
  int missing() {
    return missing + signs().stream().mapToInt(sign -> sentinels.getOrDefault(sign, 0)).sum();
  }

  double missingShare() {
    return rows == 0 ? 1 : (double) missing() / rows;
  }

  /** Whether cells are numbers, but for a few. */
  boolean isNumber() {
    return present() > 0 && numbers >= MOSTLY * present();
  }

  /** Whether cells are words, such as names and categories. */
  boolean isText() {
    return present() > 0 && numbers < (1 - MOSTLY) * present() && !isCompass();
  }

  /** Whether cells are points of the compass. */
  boolean isCompass() {
    return !isNumber() && directions > 0 && numbers + directions >= MOSTLY * present();
  }

  /** Whether it counts rows: each number is the one before plus one. */
  boolean isCounter() {
    return isNumber() && ascending > 0 && ascending >= MOSTLY * (rows - 1);
  }

  boolean varies() {
    return isNumber() ? least() < most() : texts.size() > 1;
  }

  /** Smallest number, without sentinels that mean missing. */
  double least() {
    return sentinels.keySet().stream().filter(s -> !signs().contains(s)).reduce(least, Math::min);
  }

  /** Largest number, without sentinels that mean missing. */
  double most() {
    return sentinels.keySet().stream().filter(s -> !signs().contains(s)).reduce(most, Math::max);
  }

  int zeros() {
    return zeros;
  }

  /** Different texts; more than {@link #MOST_TEXTS} where they were not all kept. */
  int different() {
    return texts.size();
  }

  Set<String> texts() {
    return texts.keySet();
  }

  /** Numbers that stand further outside all others than these are apart: they mean missing. */
  List<Double> signs() {
    if (numbers - sentinels.values().stream().mapToInt(n -> n).sum() < SentinelCheck.OTHERS) {
      return List.of();
    }
    return sentinels.keySet().stream()
        .filter(sign -> Math.max(least - sign, sign - most) > most - least)
        .sorted()
        .toList();
  }

  int sentinelCount(double sign) {
    return sentinels.getOrDefault(sign, 0);
  }
}
