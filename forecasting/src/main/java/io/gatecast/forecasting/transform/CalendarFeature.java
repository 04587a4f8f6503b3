package io.gatecast.forecasting.transform;

import io.gatecast.forecasting.Names;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cycle of the calendar as Fourier terms {@code sin(2πk·p), cos(2πk·p)} for k = 1..K, where p in
 * [0, 1) is the position in the cycle. Known for any time ahead. Harmonics beyond half the steps of
 * a cycle tell nothing that lower ones do not.
 *
 * @param cycle day, week or year
 * @param harmonics K, from 1
 */
public record CalendarFeature(Calendar cycle, int harmonics) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CalendarFeature {
    if (harmonics < 1) {
      throw new IllegalArgumentException("expected 1 harmonic or more, found " + harmonics);
    }
  }

  /** How many features a time has. */
  public int width() {
    return 2 * harmonics;
  }

  /** Names of the features, as {@link #apply} orders them: {@code day_sin_1, day_cos_1, …}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int k = 1; k <= harmonics; k++) {
      names.add(cycle.label() + "_sin_" + k);
      names.add(cycle.label() + "_cos_" + k);
    }
    return List.copyOf(names);
  }

  /**
   * The features of a time.
   *
   * @param time local
   * @return {@code [width]}: sine and cosine of the first harmonic, then of the next
   */
  public double[] apply(LocalDateTime time) {
    double turn = cycle.turn(time);
    double[] features = new double[width()];
    for (int k = 1; k <= harmonics; k++) {
      double position = k * turn;
      double angle = 2 * Math.PI * (position - Math.floor(position));
      features[2 * k - 2] = Math.sin(angle);
      features[2 * k - 1] = Math.cos(angle);
    }
    return features;
  }

  /** The name as job files write it: {@code day}, or {@code day(3)} with three harmonics. */
  public String label() {
    return harmonics == 1 ? cycle.label() : cycle.label() + "(" + harmonics + ")";
  }

  /**
   * Reads a name.
   *
   * @param label as {@link #label} gives it
   * @throws IllegalArgumentException if there is no such cycle, or the number is none
   */
  public static CalendarFeature of(String label) {
    Matcher parts =
        Pattern.compile("([a-z]+)\\s*(?:\\(\\s*(\\d{1,4})\\s*\\))?").matcher(label.strip());
    if (parts.matches()) {
      for (Calendar cycle : Calendar.values()) {
        if (cycle.label().equals(parts.group(1))) {
          String harmonics = parts.group(2);
          return new CalendarFeature(cycle, harmonics == null ? 1 : Integer.parseInt(harmonics));
        }
      }
    }
    throw new IllegalArgumentException(
        "expected a cycle such as day, or day(3) with three harmonics, found \""
            + label
            + "\": "
            + Names.nearest(label, Arrays.stream(Calendar.values()).map(Calendar::label).toList()));
  }
}
