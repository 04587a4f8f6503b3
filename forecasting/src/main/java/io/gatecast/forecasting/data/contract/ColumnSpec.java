package io.gatecast.forecasting.data.contract;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a column holds.
 *
 * @param name in the source
 * @param type how its cells are read
 * @param unit for people, such as {@code m/s}; nothing is converted
 * @param least smallest value allowed, minus infinity where any is
 * @param most largest value allowed, infinity where any is
 * @param missing what stands for a missing value in this column beside the usual signs, such as
 *     {@code -9999}; compared as a number where it is one
 * @param required whether a row without it is left out
 */
public record ColumnSpec(
    String name,
    Type type,
    Optional<String> unit,
    double least,
    double most,
    Set<String> missing,
    boolean required) {

  /** How cells are read. */
  public enum Type {
    /** A decimal number. */
    NUMBER,
    /** Words; each different one is a category. */
    TEXT,
    /** A direction in degrees, or as a point of the compass such as {@code NNW}. */
    COMPASS;

    /** The name as job files write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the range and copies the set.
   *
   * @throws IllegalArgumentException if no value could lie in the range
   */
  public ColumnSpec {
    if (!(least <= most)) {
      throw new IllegalArgumentException(
          "column "
              + name
              + ": expected a range with least at most most, found "
              + least
              + " and "
              + most);
    }
    // In an order of its own: a job is known by its settings as text.
    missing = Collections.unmodifiableSet(new TreeSet<>(missing));
  }

  /**
   * A number of any size that each row must have.
   *
   * @param name in the source
   */
  public static ColumnSpec number(String name) {
    return new ColumnSpec(
        name,
        Type.NUMBER,
        Optional.empty(),
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Set.of(),
        true);
  }

  /** The same column, which rows may lack. */
  public ColumnSpec optional() {
    return new ColumnSpec(name, type, unit, least, most, missing, false);
  }

  /**
   * The same column of another type.
   *
   * @param other how cells are read
   */
  public ColumnSpec of(Type other) {
    return new ColumnSpec(name, other, unit, least, most, missing, required);
  }

  /**
   * The same column with a range.
   *
   * @param from smallest value allowed
   * @param to largest value allowed
   */
  public ColumnSpec within(double from, double to) {
    return new ColumnSpec(name, type, unit, from, to, missing, required);
  }

  /**
   * The same column with further signs for a missing value.
   *
   * @param signs such as {@code -9999}
   */
  public ColumnSpec missing(String... signs) {
    return new ColumnSpec(name, type, unit, least, most, Set.of(signs), required);
  }
}
