package io.gatecast.forecasting.data.time;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** How a time is written. */
public sealed interface TimeForm {

  /** The name in a job file. */
  String label();

  /**
   * The form that a job file names.
   *
   * @param label {@code iso}, {@code epoch-seconds}, {@code epoch-millis} or a pattern of {@link
   *     DateTimeFormatter} such as {@code yyyyMMdd HH}
   * @throws IllegalArgumentException if it is neither a name nor a pattern
   */
  static TimeForm of(String label) {
    return switch (label) {
      case "iso" -> new Iso();
      case "epoch-seconds" -> new EpochSeconds();
      case "epoch-millis" -> new EpochMillis();
      case "parts" -> new Parts();
      default -> new Pattern(label);
    };
  }

  /** {@code 2024-01-31}, or {@code 2024-01-31 23:00[:00][+01:00]} with a blank or T between. */
  record Iso() implements TimeForm {
    @Override
    public String label() {
      return "iso";
    }
  }

  /**
   * A pattern of {@link DateTimeFormatter} with English names; {@code yyyy} is the year of our era.
   *
   * @param pattern the pattern
   */
  record Pattern(String pattern) implements TimeForm {
    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Pattern {
      DateTimeFormatter unused = formatter(pattern);
    }

    @Override
    public String label() {
      return pattern;
    }

    /** Strict: a day that is not in the calendar is an error, not the last one of its month. */
    DateTimeFormatter formatter() {
      return formatter(pattern);
    }

    private static DateTimeFormatter formatter(String pattern) {
      try {
        return new DateTimeFormatterBuilder()
            .appendPattern(pattern)
            .parseDefaulting(ChronoField.ERA, 1) // for a year written as yyyy
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "time form: expected iso, epoch-seconds, epoch-millis or a pattern such as yyyyMMdd HH,"
                + " found \""
                + pattern
                + "\" ("
                + e.getMessage()
                + ")",
            e);
      }
    }
  }

  /** Whole seconds since 1970-01-01T00:00Z. */
  record EpochSeconds() implements TimeForm {
    @Override
    public String label() {
      return "epoch-seconds";
    }
  }

  /** Milliseconds since 1970-01-01T00:00Z, of whole seconds. */
  record EpochMillis() implements TimeForm {
    @Override
    public String label() {
      return "epoch-millis";
    }
  }

  /** Year, month, day, and perhaps hour, minute and second, each a number in its own column. */
  record Parts() implements TimeForm {
    @Override
    public String label() {
      return "parts";
    }
  }
}
