package io.gatecast.forecasting.data.check;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Which column of a header plays which role: what stock and weather columns have in common. */
final class ColumnRoles {
  private ColumnRoles() {}

  /** What a column can be. */
  interface Role {
    /** The role's key in a job file. */
    String label();

    /** Plain names that columns of this role usually have, the most usual first. */
    List<String> usual();
  }

  /**
   * Guesses from the header. Where several columns fit, the more usual name wins.
   *
   * @param roles all of them
   * @param header column names
   * @param plain a column's name without what does not matter
   * @param counts whether a usual name is enough for a column
   * @return the roles that were recognised
   */
  static <R extends Enum<R> & Role> Map<R, String> guess(
      Class<R> roles,
      List<String> header,
      UnaryOperator<String> plain,
      BiPredicate<String, String> counts) {
    Map<R, String> names = new EnumMap<>(roles);
    List<String> bare = header.stream().map(plain).toList();
    for (R role : roles.getEnumConstants()) {
      for (String usual : role.usual()) {
        int at = bare.indexOf(usual);
        if (at >= 0 && counts.test(usual, header.get(at))) {
          names.put(role, header.get(at));
          break;
        }
      }
    }
    return names;
  }

  /**
   * The same with roles said explicitly.
   *
   * @param roles all of them
   * @param names the columns' names by role
   * @param overrides column names by {@link Role#label()}
   * @throws IllegalArgumentException if a role is unknown
   */
  static <R extends Enum<R> & Role> Map<R, String> with(
      Class<R> roles, Map<R, String> names, Map<String, String> overrides) {
    Map<R, String> changed = copy(roles, names);
    overrides.forEach((label, column) -> changed.put(role(roles, label), column));
    return changed;
  }

  /** A copy in the order of the roles. */
  static <R extends Enum<R>> Map<R, String> copy(Class<R> roles, Map<R, String> names) {
    Map<R, String> copy = new EnumMap<>(roles);
    copy.putAll(names);
    return copy;
  }

  private static <R extends Enum<R> & Role> R role(Class<R> roles, String label) {
    List<R> all = Arrays.asList(roles.getEnumConstants());
    return all.stream()
        .filter(role -> role.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "columns of checks: no role '"
                        + label
                        + "'; expected one of "
                        + all.stream().map(Role::label).toList()));
  }
}
