package io.gatecast.forecasting.data.time;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.gatecast.forecasting.Names;
import java.time.LocalDate;
import java.time.Year;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Days off of an exchange or a country, from the calendars of Jollyday. Days on which business ends
 * early are no holidays; what is only observed, such as Valentine's Day, neither.
 *
 * <p>Exchanges: {@code NYSE}, {@code LME}, {@code NYSE_EURONEXT}; euro payments: {@code TARGET};
 * countries by their ISO 3166 code, regions after a dash: {@code US}, {@code GB-ENG}, {@code
 * DE-BY}. Xetra and the London Stock Exchange have no calendar of their own; {@code TARGET} and
 * {@code GB-ENG} come near.
 *
 * <p>Where the calendars err: {@code NYSE}, against real sessions since 1990, has Martin Luther
 * King's day also in 1990 to 1997, when the exchange was open, and lacks the closure of 1994-04-27
 * for President Nixon; its rules do not hold before 1971. {@code JP} lacks the equinoxes and the
 * days off that replace a holiday on a Sunday, and has the birthday of the former emperor. There is
 * none for China and Korea.
 *
 * <p>Two of the same name are equal. Thread-safe.
 */
public final class Holidays {
  /** Letters of a country's code; an exchange has more. */
  private static final int COUNTRY = 2;

  private final String name;
  private final HolidayManager manager;
  private final String[] region;
  private final Map<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

  private Holidays(String name, HolidayManager manager, String[] region) {
    this.name = name;
    this.manager = manager;
    this.region = region;
  }

  /**
   * The calendar of a name, in capitals or not.
   *
   * @param name of an exchange or a country, and perhaps of its region
   * @throws IllegalArgumentException if there is none of that name; it says which there are
   */
  public static Holidays of(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    String[] parts = upper.split("-", -1);
    if (!names().contains(parts[0])) {
      throw unknown(upper, parts[0], names());
    }
    HolidayManager manager =
        HolidayManager.getInstance(ManagerParameters.create(parts[0].toLowerCase(Locale.ROOT)));
    CalendarHierarchy level = manager.getCalendarHierarchy();
    String[] region = new String[parts.length - 1];
    String above = parts[0] + "-";
    for (int i = 0; i < region.length; i++) {
      region[i] = parts[i + 1].toLowerCase(Locale.ROOT);
      CalendarHierarchy below = level.getChildren().get(region[i]);
      if (below == null) {
        String prefix = above;
        throw unknown(
            upper,
            above + parts[i + 1],
            level.getChildren().keySet().stream()
                .map(code -> prefix + code.toUpperCase(Locale.ROOT))
                .sorted()
                .toList());
      }
      level = below;
      above += parts[i + 1] + "-";
    }
    return new Holidays(upper, manager, region);
  }

  /** The names of exchanges, and then those of countries; regions are left out. */
  public static List<String> names() {
    return HolidayManager.getSupportedCalendarCodes().stream()
        .map(code -> code.toUpperCase(Locale.ROOT))
        .sorted(
            Comparator.<String, Boolean>comparing(code -> code.length() == COUNTRY)
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static IllegalArgumentException unknown(String name, String part, List<String> valid) {
    return new IllegalArgumentException(
        "holidays: expected the calendar of an exchange or a country, found \""
            + name
            + "\": "
            + (valid.isEmpty() ? "it has no regions" : Names.nearest(part, valid)));
  }

  /** The name in capitals. */
  public String name() {
    return name;
  }

  /**
   * Whether a day is a holiday. A Saturday or Sunday is none for being one.
   *
   * @param day a day
   */
  public boolean isHoliday(LocalDate day) {
    return years.computeIfAbsent(day.getYear(), this::ofYear).contains(day);
  }

  private Set<LocalDate> ofYear(int year) {
    // A neighbouring year's holiday may be moved into this one: New Year's Day to 31 December.
    return IntStream.rangeClosed(year - 1, year + 1)
        .boxed()
        .flatMap(near -> manager.getHolidays(Year.of(near), region).stream())
        .filter(holiday -> holiday.getType() != HolidayType.OBSERVANCE)
        .map(Holiday::getDate)
        .filter(day -> day.getYear() == year)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Holidays holidays && name.equals(holidays.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
