package io.gatecast.forecasting.data.time;

import java.time.LocalDate;
import org.datavec.api.writable.Text;

/**
 * Reads the common ISO forms straight from a cell's bytes: {@code yyyy-MM-dd}; the same with a
 * blank or T and {@code HH:mm} or {@code HH:mm:ss}; and that with {@code Z} or {@code +HH:mm}. What
 * it does not know, it leaves to the formatter of {@link TimeParser}, with which it agrees on all
 * that it reads.
 */
final class PlainIso {
  private static final int DATE = 10;
  private static final int TO_MINUTE = 16;
  private static final int TO_SECOND = 19;
  private static final int WITH_UTC = 20;
  private static final int WITH_OFFSET = 25;
  private static final int LAST_MONTH = 12;
  private static final int SHORTEST_MONTH = 28;
  private static final int LAST_HOUR = 23;
  private static final int LAST_SIXTIETH = 59;
  private static final int LARGEST_OFFSET = 18 * 3600;

  private long day;
  private int secondOfDay;
  private boolean hasOffset;
  private int offset;

  /** Days since 1970-01-01 of what was read last. */
  long day() {
    return day;
  }

  /** Seconds since midnight, or -1 where it was a date alone. */
  int secondOfDay() {
    return secondOfDay;
  }

  /** Whether an offset was written. */
  boolean hasOffset() {
    return hasOffset;
  }

  /** The offset in seconds, where one was written. */
  int offset() {
    return offset;
  }

  /** Reads a cell; false where the formatter has to. */
  boolean read(Text cell) {
    byte[] text = cell.getBytes();
    int from = 0;
    int to = cell.getLength();
    while (from < to && blank(text[to - 1])) {
      to--;
    }
    while (from < to && blank(text[from])) {
      from++;
    }
    int length = to - from;
    return switch (length) {
      case DATE -> date(text, from) && noClock();
      case TO_MINUTE, TO_SECOND -> date(text, from) && clock(text, from, length) && noOffset();
      case WITH_UTC, WITH_OFFSET ->
          date(text, from) && clock(text, from, TO_SECOND) && offset(text, from + TO_SECOND, to);
      default -> false;
    };
  }

  private boolean date(byte[] text, int from) {
    int century = two(text, from);
    int year = two(text, from + 2);
    int month = two(text, from + 5);
    int dayOfMonth = two(text, from + 8);
    if ((century | year | month | dayOfMonth) < 0
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || month < 1
        || month > LAST_MONTH
        || dayOfMonth < 1) {
      return false;
    }
    int fullYear = century * 100 + year;
    if (dayOfMonth > SHORTEST_MONTH) {
      LocalDate first = LocalDate.of(fullYear, month, 1);
      if (dayOfMonth > first.lengthOfMonth()) {
        return false;
      }
    }
    day = LocalDate.of(fullYear, month, dayOfMonth).toEpochDay();
    return true;
  }

  private boolean noClock() {
    secondOfDay = -1;
    return noOffset();
  }

  private boolean noOffset() {
    hasOffset = false;
    return true;
  }

  private boolean offset(byte[] text, int at, int to) {
    hasOffset = true;
    offset = 0;
    if (at + 1 == to) {
      return text[at] == 'Z';
    }
    int hours = two(text, at + 1);
    int minutes = two(text, at + 4);
    offset = (hours * 60 + minutes) * 60 * (text[at] == '-' ? -1 : 1);
    return (text[at] == '+' || text[at] == '-')
        && text[at + 3] == ':'
        && (hours | minutes) >= 0
        && minutes <= LAST_SIXTIETH
        && Math.abs(offset) <= LARGEST_OFFSET;
  }

  private boolean clock(byte[] text, int from, int length) {
    int hour = two(text, from + 11);
    int minute = two(text, from + 14);
    int second = length == TO_SECOND ? two(text, from + 17) : 0;
    boolean between = text[from + DATE] == ' ' || text[from + DATE] == 'T';
    boolean colons = text[from + 13] == ':' && (length == TO_MINUTE || text[from + 16] == ':');
    if ((hour | minute | second) < 0
        || !between
        || !colons
        || hour > LAST_HOUR
        || minute > LAST_SIXTIETH
        || second > LAST_SIXTIETH) {
      return false;
    }
    secondOfDay = (hour * 60 + minute) * 60 + second;
    return true;
  }

  /** Two digits as a number; negative where one is none. */
  private static int two(byte[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  /** As {@link String#trim} has it. */
  private static boolean blank(byte letter) {
    return letter >= 0 && letter <= ' ';
  }
}
