package io.gatecast.forecasting.data.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Local times of one zone as instants. It remembers the span of local times around the last one in
 * which the offset stays the same, so that neighbours cost a comparison. Not thread-safe.
 */
final class LocalClock {
  private static final long DAY_SECONDS = 86_400;

  private final ZoneRules rules;
  private long plainFrom = 1; // empty
  private long plainBefore;
  private int plainOffset;

  LocalClock(ZoneId zone) {
    this.rules = zone.getRules();
  }

  /**
   * Sets the moment of a local time; the earlier one where clocks show it twice.
   *
   * @param local seconds from 1970-01-01T00:00 of the local clock
   * @param into what is set
   * @throws DateTimeException if clocks skip it. Midnight is excepted, as it may stand for its day:
   *     where a day begins without one, it is read by the offset from before the change.
   */
  void read(long local, Moment into) {
    long day = Math.floorDiv(local, DAY_SECONDS);
    if (local >= plainFrom && local < plainBefore) {
      into.set(local - plainOffset, day, 0);
      return;
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.size() == 1) {
      plainOffset = offsets.get(0).getTotalSeconds();
      remember(Instant.ofEpochSecond(local - plainOffset));
      into.set(local - plainOffset, day, 0);
      return;
    }
    ZoneOffsetTransition change = rules.getTransition(time);
    int before = change.getOffsetBefore().getTotalSeconds();
    if (change.isOverlap()) {
      into.set(local - before, day, before - change.getOffsetAfter().getTotalSeconds());
    } else if (Math.floorMod(local, DAY_SECONDS) == 0) {
      into.set(local - before, day, 0);
    } else {
      throw new DateTimeException("a time that clocks skip: " + time);
    }
  }

  /** The local times around an unambiguous one that are unambiguous too and of its offset. */
  private void remember(Instant instant) {
    ZoneOffsetTransition last = rules.previousTransition(instant.plusSeconds(1));
    ZoneOffsetTransition next = rules.nextTransition(instant);
    plainFrom = last == null ? Long.MIN_VALUE : Math.max(local(last, true), local(last, false));
    plainBefore = next == null ? Long.MAX_VALUE : Math.min(local(next, true), local(next, false));
  }

  private static long local(ZoneOffsetTransition change, boolean before) {
    LocalDateTime time = before ? change.getDateTimeBefore() : change.getDateTimeAfter();
    return time.toEpochSecond(ZoneOffset.UTC);
  }
}
