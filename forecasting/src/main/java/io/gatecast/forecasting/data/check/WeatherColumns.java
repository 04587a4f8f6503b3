package io.gatecast.forecasting.data.check;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
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
  public enum Role {
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

    /** The role's key in a job file. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the names. */
  public WeatherColumns {
    names = Collections.unmodifiableMap(copy(names));
  }

  /**
   * Guesses from the header. Case, punctuation and units in brackets do not matter: "rh (%)", "RH"
   * and "rh_pct" are the same. One letter alone counts only beside a unit: "T (degC)", not "t".
   *
   * @param header column names
   * @return the roles that were recognised
   */
  public static WeatherColumns guess(List<String> header) {
    Map<Role, String> names = new EnumMap<>(Role.class);
    List<String> plain = header.stream().map(WeatherColumns::plain).toList();
    for (Role role : Role.values()) {
      for (String usual : role.usual) {
        int at = plain.indexOf(usual);
        if (at >= 0 && (usual.length() > 1 || header.get(at).contains("("))) {
          names.put(role, header.get(at));
          break;
        }
      }
    }
    return new WeatherColumns(names);
  }

  /**
   * The same with one role said explicitly.
   *
   * @param role which
   * @param column the column's name
   */
  public WeatherColumns with(Role role, String column) {
    Map<Role, String> changed = copy(names);
    changed.put(role, column);
    return new WeatherColumns(changed);
  }

  /**
   * The same with roles said explicitly, as a job file does.
   *
   * @param overrides column names by {@link Role#label()}
   * @throws IllegalArgumentException if a role is unknown
   */
  public WeatherColumns with(Map<String, String> overrides) {
    WeatherColumns result = this;
    for (Map.Entry<String, String> entry : overrides.entrySet()) {
      result = result.with(role(entry.getKey()), entry.getValue());
    }
    return result;
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

  private static Role role(String label) {
    for (Role role : Role.values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "weather columns: no role '"
            + label
            + "'; expected one of "
            + Arrays.stream(Role.values()).map(Role::label).toList());
  }

  private static Map<Role, String> copy(Map<Role, String> names) {
    Map<Role, String> copy = new EnumMap<>(Role.class);
    copy.putAll(names);
    return copy;
  }

  /** Without what stands in brackets, without a unit at the end, letters and digits alone. */
  private static String plain(String column) {
    String bare = column.toLowerCase(Locale.ROOT).replaceAll("\\(.*?\\)|\\[.*?]", "").strip();
    bare = bare.replaceAll("[ _](c|f|k|degc|degf|pct|percent|deg|ms|mps|kmh|mph|hpa|mbar|mb)$", "");
    return bare.replaceAll("[^a-z0-9]", "");
  }
}
