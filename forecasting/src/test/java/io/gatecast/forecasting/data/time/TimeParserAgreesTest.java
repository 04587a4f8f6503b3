package io.gatecast.forecasting.data.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.DataOutput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.datavec.api.writable.WritableType;
import org.junit.jupiter.api.Test;

/** Proves on random times, sound and broken, that the quick paths say what java.time says. */
class TimeParserAgreesTest {
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneOffset.UTC,
          Times.NEW_YORK,
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kolkata"),
          ZoneId.of("America/Havana"),
          ZoneId.of("Pacific/Apia"));
  private static final String ODD = "0123456789-:TZ+ .x\u0663é\t";

  /** Text in a cell that is no {@link Text}: only the formatter reads it. */
  private record Plain(String text) implements Writable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      return text;
    }

    @Override
    public void write(DataOutput out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readFields(DataInput in) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writeType(DataOutput out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double toDouble() {
      throw new UnsupportedOperationException();
    }

    @Override
    public float toFloat() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int toInt() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long toLong() {
      throw new UnsupportedOperationException();
    }

    @Override
    public WritableType getType() {
      return WritableType.Text;
    }
  }

  private static String outcome(ZoneId zone, Writable cell) {
    TimeParser parser = Times.iso(zone);
    try {
      Moment moment = Times.read(parser, cell);
      return moment.seconds() + " " + moment.day() + " " + moment.laterBy() + " " + parser.unit();
    } catch (DateTimeException e) {
      return "refused";
    }
  }

  private static String random(Random random) {
    LocalDate date = LocalDate.of(1500, 1, 1).plusDays(random.nextInt(250_000));
    if (random.nextInt(4) == 0) { // where clocks change
      date = LocalDate.of(2013, random.nextBoolean() ? 3 : 11, 1 + random.nextInt(10));
    }
    String text = date.toString();
    if (random.nextInt(8) > 0) {
      text += random.nextBoolean() ? " " : "T";
      text += "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60));
      text += random.nextBoolean() ? ":%02d".formatted(random.nextInt(60)) : "";
      text +=
          switch (random.nextInt(6)) {
            case 0 -> "Z";
            case 1 -> "%s%02d:%02d".formatted(sign(random), random.nextInt(20), random.nextInt(60));
            case 2 -> "%s%02d".formatted(sign(random), random.nextInt(20));
            default -> "";
          };
    }
    StringBuilder odd = new StringBuilder(text);
    for (int i = random.nextInt(3) - 1; i > 0; i--) {
      char letter = ODD.charAt(random.nextInt(ODD.length()));
      int at = random.nextInt(odd.length());
      switch (random.nextInt(3)) {
        case 0 -> odd.setCharAt(at, letter);
        case 1 -> odd.insert(at, letter);
        default -> odd.deleteCharAt(at);
      }
    }
    return " ".repeat(random.nextInt(3)) + odd + "\t".repeat(random.nextInt(2));
  }

  private static String sign(Random random) {
    return random.nextBoolean() ? "+" : "-";
  }

  @Test
  void plainIsoIsReadAsTheFormatterReadsIt() {
    Random random = new Random(1);
    int plain = 0;
    int refused = 0;
    PlainIso quick = new PlainIso();
    for (int i = 0; i < 60_000; i++) {
      String text = random(random);
      ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
      String expected = outcome(zone, new Plain(text));
      assertEquals(expected, outcome(zone, new Text(text)), () -> text + " in " + zone);
      refused += expected.equals("refused") ? 1 : 0;
      plain += quick.read(new Text(text)) ? 1 : 0;
    }
    assertTrue(plain > 20_000 && refused > 5_000, plain + " quick, " + refused + " refused");
  }

  @Test
  void localTimesOfEveryZoneAreInstantsAsJavaTimeHasThem() {
    Random random = new Random(2);
    Moment moment = new Moment();
    for (String id : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(id);
      LocalClock clock = new LocalClock(zone);
      LocalDateTime near = LocalDateTime.of(1880, 1, 1, 0, 0);
      for (int i = 0; i < 400; i++) {
        near =
            random.nextInt(5) == 0
                ? LocalDateTime.of(1880, 1, 1, 0, 0).plusSeconds(random.nextLong(5_400_000_000L))
                : near.plusSeconds(random.nextInt(4_000_000));
        if (random.nextInt(4) == 0) {
          Instant change = nextChange(zone, near);
          near = LocalDateTime.ofInstant(change, zone).plusSeconds(random.nextInt(-7200, 7200));
        }
        if (random.nextInt(4) == 0) {
          near = near.with(LocalTime.MIDNIGHT);
        }
        LocalDateTime time = near;
        check(zone, clock, time, moment);
      }
    }
  }

  private static Instant nextChange(ZoneId zone, LocalDateTime near) {
    var change = zone.getRules().nextTransition(near.toInstant(ZoneOffset.UTC));
    return change == null ? near.toInstant(ZoneOffset.UTC) : change.getInstant();
  }

  private static void check(ZoneId zone, LocalClock clock, LocalDateTime time, Moment moment) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    String where = String.format(Locale.ROOT, "%s in %s", time, zone);
    boolean skipped = offsets.isEmpty() && !time.toLocalTime().equals(LocalTime.MIDNIGHT);
    try {
      clock.read(time.toEpochSecond(ZoneOffset.UTC), moment);
      assertTrue(!skipped, where);
    } catch (DateTimeException e) {
      assertTrue(skipped, where);
      return;
    }
    ZonedDateTime expected = time.atZone(zone);
    assertEquals(expected.toEpochSecond(), moment.seconds(), where);
    assertEquals(time.toLocalDate().toEpochDay(), moment.day(), where);
    long later = expected.withLaterOffsetAtOverlap().toEpochSecond();
    assertEquals(later - expected.toEpochSecond(), moment.laterBy(), where);
  }
}
