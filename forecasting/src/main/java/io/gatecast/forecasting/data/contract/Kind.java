package io.gatecast.forecasting.data.contract;

import static io.gatecast.forecasting.data.contract.Policy.DROP;
import static io.gatecast.forecasting.data.contract.Policy.FAIL;
import static io.gatecast.forecasting.data.contract.Policy.REPAIR;
import static io.gatecast.forecasting.data.contract.Policy.WARN;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The kinds of problems that the contract knows, each with what may be done about it. */
public enum Kind {
  /** Another number of fields than the header has. */
  FIELDS("another number of fields than the header", DROP, FAIL),
  /** A time that cannot be read. */
  BAD_TIME("a time of another form", DROP, FAIL),
  /** No value in a required column; the repair keeps the row without it. */
  MISSING("a missing value", DROP, FAIL, REPAIR),
  /** Text where a number belongs; the repair keeps the row without the value. */
  NOT_A_NUMBER("text in a number", DROP, FAIL, REPAIR),
  /** NaN or an infinity; the repair keeps the row without the value. */
  NOT_FINITE("a number that is not finite", DROP, FAIL, REPAIR),
  /** Outside its column's range; the repair keeps the row without the value. */
  OUT_OF_RANGE("a value outside its column's range", DROP, FAIL, REPAIR, WARN),
  /** The same row again. */
  DUPLICATE("a row that was there already", DROP, FAIL),
  /** Another row of the same time; dropped, the first one stands, repaired, the last one. */
  CONFLICT("another row of the same time", FAIL, DROP, REPAIR),
  /** A row that came late; the repair puts it in order. */
  UNSORTED("a row out of order", REPAIR, FAIL, DROP),
  /** A time between the steps of the axis. */
  OFF_AXIS("a time between the steps", DROP, FAIL),
  /** Open or close outside low to high. */
  OHLC("open or close outside low to high", DROP, FAIL, REPAIR, WARN),
  /** A volume below zero. */
  NEGATIVE_VOLUME("a volume below zero", DROP, FAIL, REPAIR, WARN),
  /** A price of zero or less, whose log return does not exist. */
  NON_POSITIVE_PRICE("a price of zero or less", WARN, FAIL, DROP, REPAIR),
  /** A value some 100 times too large or too small, as of another unit. */
  OUTLIER("a value some 100 times off", WARN, FAIL, DROP, REPAIR),
  /** Prices that jump as by a split that was not adjusted for. */
  SPLIT("a suspected unadjusted split", WARN, FAIL, DROP, REPAIR),
  /** A dividend that the adjusted close does not show, or shows wrongly. */
  DIVIDEND("a suspected wrong or missing dividend adjustment", WARN, FAIL, DROP, REPAIR),
  /** A price that does not move for long. */
  STALE("a price that stands still", WARN, FAIL, DROP),
  /** A sensor that gives the same value for long. */
  STUCK("a sensor that stands still", WARN, FAIL, DROP, REPAIR),
  /** A day that the exchange's calendar has and the data has not. */
  MISSING_SESSION("a session that the calendar has and the data has not", WARN, FAIL);

  private final String text;
  private final Policy usual;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<Policy> allowed;

  Kind(String text, Policy usual, Policy... others) {
    this.text = text;
    this.usual = usual;
    this.allowed = EnumSet.of(usual, others);
  }

  /** The kind in words. */
  public String text() {
    return text;
  }

  /** What is done where a job says nothing. */
  public Policy usual() {
    return usual;
  }

  /** What a job may choose. */
  public List<Policy> allowed() {
    return List.copyOf(allowed);
  }

  /** The key of a job file's contract. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
