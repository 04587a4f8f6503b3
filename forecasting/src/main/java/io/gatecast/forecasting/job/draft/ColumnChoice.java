package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.check.StockColumns;
import io.gatecast.forecasting.data.check.WeatherColumns;
import io.gatecast.forecasting.job.Preset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of data it is, what to forecast, and what else a network might read. Stock files read
 * few columns, as prices of one session tell the same; others read some that vary.
 *
 * @param preset the kind of data
 * @param presetBecause why
 * @param target the column to forecast
 * @param targetBecause why
 * @param inputs columns beside it, as they are
 * @param wind speed and direction to read as a vector, or nothing
 * @param inputsBecause why these
 */
record ColumnChoice(
    Preset preset,
    String presetBecause,
    String target,
    String targetBecause,
    List<String> inputs,
    List<String> wind,
    String inputsBecause) {
  private static final int MOST_INPUTS = 6;
  private static final int MOST_CATEGORIES = 8;
  private static final double MOST_MISSING = 0.3;
  private static final List<String> TARGETS =
      List.of("ot", "target", "y", "value", "close", "price", "load", "demand", "sales");
  private static final Set<String> PARTS =
      Set.of("year", "month", "day", "hour", "minute", "second", "weekday", "week");
  private static final String WEATHER =
      "(temp|tmax|tmin|tavg|tmean|precip|prcp|rain|dew|humid|snow).*";
  private static final Set<String> TEXTS_OF_WEATHER = Set.of("weather", "condition", "conditions");

  static ColumnChoice of(TableProfile table, Set<String> taken) {
    StockColumns stock = StockColumns.guess(table.names());
    boolean prices =
        stock
            .names()
            .keySet()
            .containsAll(
                List.of(
                    StockColumns.Role.OPEN,
                    StockColumns.Role.HIGH,
                    StockColumns.Role.LOW,
                    StockColumns.Role.CLOSE));
    if (prices && table.column(stock.name(StockColumns.Role.CLOSE).orElseThrow()).isNumber()) {
      return stock(table, stock);
    }
    WeatherColumns weather = WeatherColumns.guess(table.names());
    List<String> known =
        table.names().stream()
            .filter(
                name ->
                    weather.names().containsValue(name)
                        || name.toLowerCase(Locale.ROOT).matches(WEATHER))
            .filter(name -> !taken.contains(name))
            .toList();
    List<ColumnProfile> usable = usable(table, taken);
    return !weather.names().isEmpty() && known.size() > 1
        ? weather(table, weather, known, usable)
        : other(table, usable);
  }

  private static ColumnChoice stock(TableProfile table, StockColumns roles) {
    Optional<String> adjusted =
        roles
            .name(StockColumns.Role.ADJUSTED)
            .filter(name -> table.column(name).isNumber() && table.column(name).least() > 0);
    String target = adjusted.orElseGet(() -> roles.name(StockColumns.Role.CLOSE).orElseThrow());
    Optional<ColumnProfile> volume = roles.name(StockColumns.Role.VOLUME).map(table::column);
    boolean read =
        volume.isPresent()
            && volume.get().isNumber()
            && volume.get().varies()
            && volume.get().least() > 0;
    return new ColumnChoice(
        Preset.STOCK,
        "columns of open, high, low and close",
        target,
        adjusted.isPresent()
            ? "the adjusted close, which splits and dividends do not move"
            : "the close",
        read ? List.of(volume.get().name()) : List.of(),
        List.of(),
        read
            ? "volume is never zero, so that its log return exists"
            : volume.isEmpty()
                ? "no volume"
                : "no volume: " + volume.get().zeros() + " of it zero, no log return exists");
  }

  private static ColumnChoice weather(
      TableProfile table, WeatherColumns roles, List<String> known, List<ColumnProfile> usable) {
    List<String> numbers =
        usable.stream().filter(ColumnProfile::isNumber).map(ColumnProfile::name).toList();
    Optional<String> temperature =
        roles
            .name(WeatherColumns.Role.TEMPERATURE)
            .filter(numbers::contains)
            .or(
                () ->
                    numbers.stream()
                        .filter(n -> n.toLowerCase(Locale.ROOT).matches("(temp|tmax|tavg).*"))
                        .findFirst());
    String target = temperature.orElseGet(() -> last(table, numbers));
    List<String> wind = wind(table, roles, target);
    Set<String> inputs = new LinkedHashSet<>();
    for (WeatherColumns.Role role :
        List.of(WeatherColumns.Role.PRESSURE, WeatherColumns.Role.HUMIDITY)) {
      roles.name(role).filter(numbers::contains).ifPresent(inputs::add);
    }
    usable.stream()
        .filter(c -> c.isNumber() || TEXTS_OF_WEATHER.contains(c.name().toLowerCase(Locale.ROOT)))
        .map(ColumnProfile::name)
        .filter(name -> !wind.contains(name))
        .filter(name -> !roles.name(WeatherColumns.Role.WIND_DIRECTION).equals(Optional.of(name)))
        .forEach(inputs::add);
    inputs.remove(target);
    return new ColumnChoice(
        Preset.WEATHER,
        "columns of weather: " + String.join(", ", known),
        target,
        temperature.isPresent() ? "the temperature" : "the last column of numbers",
        limited(inputs),
        wind,
        because(inputs) + (wind.isEmpty() ? "" : "; wind speed and direction go in as a vector"));
  }

  /** Speed and direction, where both are what they should be. */
  private static List<String> wind(TableProfile table, WeatherColumns roles, String target) {
    Optional<ColumnProfile> speed = roles.name(WeatherColumns.Role.WIND_SPEED).map(table::column);
    Optional<ColumnProfile> direction =
        roles.name(WeatherColumns.Role.WIND_DIRECTION).map(table::column);
    boolean both =
        speed.isPresent()
            && direction.isPresent()
            && !speed.get().name().equals(target)
            && speed.get().isNumber()
            && speed.get().least() >= 0
            && speed.get().missingShare() <= MOST_MISSING
            && direction.get().missingShare() <= MOST_MISSING
            && (direction.get().isCompass()
                || (direction.get().isNumber()
                    && direction.get().least() >= 0
                    && direction.get().most() <= 360));
    return both ? List.of(speed.get().name(), direction.get().name()) : List.of();
  }

  private static ColumnChoice other(TableProfile table, List<ColumnProfile> usable) {
    List<String> numbers =
        usable.stream().filter(ColumnProfile::isNumber).map(ColumnProfile::name).toList();
    Optional<String> named =
        TARGETS.stream()
            .flatMap(wanted -> numbers.stream().filter(name -> name.equalsIgnoreCase(wanted)))
            .findFirst();
    String target = named.orElseGet(() -> last(table, numbers));
    Set<String> inputs = new LinkedHashSet<>(numbers);
    inputs.remove(target);
    return new ColumnChoice(
        Preset.NONE,
        "neither stock nor weather columns",
        target,
        named.isPresent() ? "its name" : "the last column of numbers that vary",
        limited(inputs),
        List.of(),
        because(inputs));
  }

  private static String last(TableProfile table, List<String> numbers) {
    if (numbers.isEmpty()) {
      throw new JobFault(
          ExitCode.DATA,
          "a column of numbers that vary, to forecast",
          "none among " + String.join(", ", table.names()),
          table.files().get(0).toString(),
          "check the delimiter and the decimal sign: numbers are written like 12.5");
    }
    return numbers.get(numbers.size() - 1);
  }

  private static List<String> limited(Set<String> inputs) {
    return inputs.stream().limit(MOST_INPUTS).toList();
  }

  private static String because(Set<String> inputs) {
    return inputs.isEmpty()
        ? "no other column varies"
        : inputs.size() > MOST_INPUTS
            ? "the first " + MOST_INPUTS + " of " + inputs.size() + " columns that vary"
            : "columns that vary";
  }

  private static List<ColumnProfile> usable(TableProfile table, Set<String> taken) {
    List<ColumnProfile> usable = new ArrayList<>();
    for (ColumnProfile column : table.columns()) {
      boolean number = column.isNumber() && !column.isCounter();
      boolean category = column.isText() && column.different() <= MOST_CATEGORIES;
      if ((number || category)
          && column.varies()
          && column.missingShare() <= MOST_MISSING
          && !taken.contains(column.name())
          && !PARTS.contains(column.name().toLowerCase(Locale.ROOT))) {
        usable.add(column);
      }
    }
    return usable;
  }
}
