package io.gatecast.forecasting.data.contract;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Wind directions as text: the compass' 16 points and the 32 between them ("NbE"), in any case,
 * with or without full words ("north-northwest"), and numbers from 0 to 360. Degrees from which the
 * wind comes, clockwise from north.
 */
public final class Compass {
  private static final String[] POINTS = {
    "n", "nbe", "nne", "nebn", "ne", "nebe", "ene", "ebn", "e", "ebs", "ese", "sebe", "se", "sebs",
    "sse", "sbe", "s", "sbw", "ssw", "swbs", "sw", "swbw", "wsw", "wbs", "w", "wbn", "wnw", "nwbw",
    "nw", "nwbn", "nnw", "nbw"
  };

  private static final double CIRCLE = 360;

  private static final Map<String, Double> DEGREES = degrees();

  private Compass() {}

  /**
   * Reads a direction.
   *
   * @param text of the cell
   * @return degrees as they stand or those of the point (0 and 360 are both north), not a number
   *     where there is no direction ({@link #isCalm}, or "VRB", variable), and empty where the text
   *     is no direction at all
   */
  public static OptionalDouble degrees(String text) {
    String plain = plain(text);
    if (isCalm(text) || plain.equals("vrb") || plain.equals("variable")) {
      return OptionalDouble.of(Double.NaN);
    }
    Double point = DEGREES.get(plain);
    if (point != null) {
      return OptionalDouble.of(point);
    }
    try {
      double number = Double.parseDouble(text.strip());
      return number >= 0 && number <= CIRCLE ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * Whether a direction says that there is no wind: "calm" or "C". The speed is 0 then.
   *
   * @param text of the cell
   */
  public static boolean isCalm(String text) {
    String plain = plain(text);
    return plain.equals("calm") || plain.equals("c");
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_-]", "")
        .replace("north", "n")
        .replace("east", "e")
        .replace("south", "s")
        .replace("west", "w")
        .replace("by", "b");
  }

  private static Map<String, Double> degrees() {
    Map<String, Double> degrees = new HashMap<>();
    for (int i = 0; i < POINTS.length; i++) {
      degrees.put(POINTS[i], i * CIRCLE / POINTS.length);
    }
    return Map.copyOf(degrees);
  }
}
