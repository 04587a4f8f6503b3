package io.gatecast.forecasting.data.check;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which column of a weather file plays which role: guessed from the header and the units in it, or
 * said explicitly. Air temperature is meant, not the dew point; the wind's mean speed, not its
 * gusts.
 *
 * @param names the columns' names by role
 */
public record WeatherColumns(Map<Role, String> names) {
  /** What a column of a weather file can be. */
  public enum Role implements ColumnRoles.Role {
    /** Air temperature, any unit. */
    TEMPERATURE("temp", "temperature", "airtemp", "airtemperature", "t", "ta", "tair", "t2m"),
    /** Relative humidity in percent. */
    HUMIDITY("rh", "humid", "humidity", "relhumidity", "relhum", "relativehumidity", "hum"),
    /** Mean wind speed, any unit. */
    WIND_SPEED("windspeed", "wv", "wspm", "ws", "wspd", "windvelocity", "windspd", "wind", "ff"),
    /** Direction from which the wind comes, in degrees. */
    WIND_DIRECTION("winddir", "winddirection", "wd", "wdir", "dd"),
    /** Air pressure, any unit. */
    PRESSURE("pressure", "pres", "press", "p", "airpressure", "slp", "mslp", "barometer");

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
  public WeatherColumns {
    names = Collections.unmodifiableMap(ColumnRoles.copy(Role.class, names));
  }

  /**
   * Guesses from the header. Case, punctuation and units in brackets do not matter: "rh (%)", "RH"
   * and "rh_pct" are the same. One letter alone counts only beside a unit: "T (degC)", not "t".
   *
   * @param header column names
   * @return the roles that were recognised
   */
  public static WeatherColumns guess(List<String> header) {
    return new WeatherColumns(
        ColumnRoles.guess(
            Role.class,
            header,
            WeatherColumns::plain,
            (usual, column) -> usual.length() > 1 || column.contains("(")));
  }

  /**
   * The same with one role said explicitly.
   *
   * @param role which
   * @param column the column's name
   */
  public WeatherColumns with(Role role, String column) {
    return with(Map.of(role.label(), column));
  }

  /**
   * The same with roles said explicitly, as a job file does.
   *
   * @param overrides column names by {@link Role#label()}
   * @throws IllegalArgumentException if a role is unknown
   */
  public WeatherColumns with(Map<String, String> overrides) {
    return new WeatherColumns(ColumnRoles.with(Role.class, names, overrides));
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

  /** Without what stands in brackets, without a unit at the end, letters and digits alone. */
  private static String plain(String column) {
    String bare = column.toLowerCase(Locale.ROOT).replaceAll("\\(.*?\\)|\\[.*?]", "").strip();
    bare = bare.replaceAll("[ _](c|f|k|degc|degf|pct|percent|deg|ms|mps|kmh|mph|hpa|mbar|mb)$", "");
    return bare.replaceAll("[^a-z0-9]", "");
  }
}
