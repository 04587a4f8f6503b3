package io.gatecast.forecasting.data;

import io.gatecast.forecasting.data.RowProblem.Kind;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/** Turns one record into a row of finite numbers, or rejects it with a reason. */
final class RowParser {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "null", "none", "-");
  private static final String DECIMAL = "0123456789+-.eE";
  private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");

  private final List<String> labels;
  private final int time;
  private final int series;
  private final int[] columns;
  private final String onlySeries;
  private final TimeParser times;
  private final ProblemLog log;

  /**
   * Prepares.
   *
   * @param labels names of the record's fields
   * @param time field of the time
   * @param series field of the series' name, or -1
   * @param onlySeries the name where there is no such field
   * @param columns fields of the numbers
   * @param times reads the time
   * @param log hears of rejected rows
   */
  RowParser(
      List<String> labels,
      int time,
      int series,
      String onlySeries,
      int[] columns,
      TimeParser times,
      ProblemLog log) {
    this.labels = labels;
    this.time = time;
    this.series = series;
    this.onlySeries = onlySeries;
    this.columns = columns.clone();
    this.times = times;
    this.log = log;
  }

  /** The row, or null where it was rejected. */
  @Nullable Row parse(List<Writable> record, long line) {
    if (record.size() != labels.size()) {
      log.reject(line, "", Kind.FIELDS, record.size() + " fields, header has " + labels.size());
      return null;
    }
    String name = series < 0 ? onlySeries : record.get(series).toString().trim();
    if (series >= 0 && MISSING.contains(name.toLowerCase(Locale.ROOT))) {
      log.reject(line, labels.get(series), Kind.MISSING, name);
      return null;
    }
    String written = record.get(time).toString();
    TimeParser.Moment moment;
    try {
      moment = times.parse(written);
    } catch (DateTimeException e) {
      log.reject(line, labels.get(time), Kind.BAD_TIME, written);
      return null;
    }
    double[] values = new double[columns.length];
    for (int i = 0; i < columns.length; i++) {
      String text = record.get(columns[i]).toString();
      Kind problem = number(text, values, i);
      if (problem != null) {
        log.reject(line, labels.get(columns[i]), problem, text);
        return null;
      }
    }
    return new Row(line, name, moment.seconds(), moment.day(), values);
  }

  private static @Nullable Kind number(String text, double[] values, int i) {
    String clean = text.trim();
    try {
      values[i] = Double.parseDouble(clean);
      if (!Double.isFinite(values[i])) {
        return Kind.NOT_FINITE;
      }
      // Java would also take 12d, 5f and 0x1p3, which no table means as numbers.
      return clean.chars().allMatch(c -> DECIMAL.indexOf(c) >= 0) ? null : Kind.NOT_A_NUMBER;
    } catch (NumberFormatException e) {
      String lower = clean.toLowerCase(Locale.ROOT);
      if (MISSING.contains(lower)) {
        return Kind.MISSING;
      }
      String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
      return NOT_FINITE.contains(unsigned) ? Kind.NOT_FINITE : Kind.NOT_A_NUMBER;
    }
  }
}
