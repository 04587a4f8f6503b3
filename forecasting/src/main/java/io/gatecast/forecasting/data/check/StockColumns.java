package io.gatecast.forecasting.data.check;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which column of a stock file plays which role: guessed from the header, or said explicitly. A
 * role without a column is left out, and the checks that need it stay silent.
 *
 * @param names the columns' names by role
 */
public record StockColumns(Map<Role, String> names) {
  /** What a column of a stock file can be. Prices are in one unit, volume in shares. */
  public enum Role implements ColumnRoles.Role {
    /** The session's first price. */
    OPEN("open", "openprice"),
    /** The session's highest price. */
    HIGH("high", "highprice"),
    /** The session's lowest price. */
    LOW("low", "lowprice"),
    /** The session's last price. */
    CLOSE("close", "closeprice", "closelast", "last", "lastprice", "settle", "price"),
    /** The last price, adjusted for splits and dividends. */
    ADJUSTED("adjclose", "adjustedclose", "adjcloseprice", "closeadj", "closeadjusted", "adjusted"),
    /** Shares traded. */
    VOLUME("volume", "vol", "tradedvolume"),
    /** Dividend for a share, in the prices' unit, on its ex-date; 0 elsewhere. */
    DIVIDENDS("dividends", "dividend", "dividendamount", "divcash"),
    /** New shares for an old one on the day of a split; 0 or 1 elsewhere. */
    SPLITS(
        "stocksplits",
        "stocksplit",
        "splits",
        "split",
        "splitratio",
        "splitfactor",
        "splitcoefficient");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> usual;

    Role(String... usual) {
      this.usual = List.of(usual);
    }

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> usual() {
      return usual;
    }
  }

  /** Copies the names. */
  public StockColumns {
    names = Collections.unmodifiableMap(ColumnRoles.copy(Role.class, names));
  }

  /**
   * Guesses from the header. Case, blanks and punctuation do not matter: "Adj Close", "adj_close"
   * and "adjClose" are the same. Where several fit, the more usual name wins.
   *
   * @param header column names
   * @return the roles that were recognised
   */
  public static StockColumns guess(List<String> header) {
    return new StockColumns(
        ColumnRoles.guess(Role.class, header, StockColumns::plain, (usual, column) -> true));
  }

  /**
   * The same with one role said explicitly.
   *
   * @param role which
   * @param column the column's name
   */
  public StockColumns with(Role role, String column) {
    return with(Map.of(role.label(), column));
  }

  /**
   * The same with roles said explicitly, as a job file does.
   *
   * @param overrides column names by {@link Role#label()}
   * @throws IllegalArgumentException if a role is unknown
   */
  public StockColumns with(Map<String, String> overrides) {
    return new StockColumns(ColumnRoles.with(Role.class, names, overrides));
  }

  /**
   * A role's column.
   *
   * @param role which
   * @return the column's name, or empty where the file has none
   */
  public Optional<String> name(Role role) {
    return Optional.ofNullable(names.get(role));
  }

  /** Lower-case letters alone: Alpha Vantage's "5. volume" is "volume". */
  private static String plain(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
