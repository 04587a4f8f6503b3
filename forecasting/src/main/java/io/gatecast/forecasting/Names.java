package io.gatecast.forecasting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that somebody probably meant. It corrects nothing by itself. */
public final class Names {
  private Names() {}

  /**
   * A hint for an error's action.
   *
   * @param found the name that is not there
   * @param valid the names that are, at least one
   * @return {@code use "temp_max"} and the others, the nearest first
   */
  public static String nearest(String found, Collection<String> valid) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String wanted = found.toLowerCase(Locale.ROOT);
    String nearest =
        valid.stream()
            .min(
                Comparator.comparingInt(
                    name -> distance.apply(wanted, name.toLowerCase(Locale.ROOT))))
            .orElse("");
    return "did you mean \"" + nearest + "\"? Valid here: " + String.join(", ", valid);
  }
}
