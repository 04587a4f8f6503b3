package io.gatecast.forecasting.window;

import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A table of three ragged daily series with gaps and cells of every sort that a job can read, one
 * series after the other; and the same with other values after a day.
 */
final class LeakTable {
  /** Steps of a window, and steps after it. */
  static final int LOOKBACK = 5;

  static final int HORIZON = 3;

  /** The days that the table spans. */
  static final int DAYS = 120;

  private static final long FIRST = LocalDate.of(2021, 1, 1).toEpochDay();
  private static final String HEADER =
      "date,place,y,x1,x2,open,high,low,close,speed,dir,sky,plan,alt,soil";
  private static final List<String> SKIES = List.of("sun", "rain", "fog");

  private final List<String[]> rows;

  private LeakTable(List<String[]> rows) {
    this.rows = rows;
  }

  /** A day as the axis counts it. */
  static long day(int day) {
    return FIRST + day;
  }

  static LeakTable of(long seed) {
    Random random = new Random(seed);
    List<String[]> rows = new ArrayList<>();
    int[][] spans = {{0, DAYS}, {10, DAYS - 18}, {30, DAYS}};
    for (int place = 0; place < spans.length; place++) {
      double level = 100;
      for (int day = spans[place][0]; day < spans[place][1]; day++) {
        level *= Math.exp(0.03 * random.nextGaussian());
        if (random.nextDouble() < 0.03 && day > spans[place][0]) {
          continue;
        }
        String name = String.valueOf((char) ('A' + place));
        rows.add(row(day, name, level, random));
      }
    }
    return new LeakTable(rows);
  }

  private static String[] row(int day, String place, double level, Random random) {
    boolean gappy = random.nextDouble() < 0.04;
    double open = level * Math.exp(0.01 * random.nextGaussian());
    double high = Math.max(open, level) * (1 + 0.01 * random.nextDouble());
    double low = Math.min(open, level) * (1 - 0.01 * random.nextDouble());
    return new String[] {
      LocalDate.ofEpochDay(day(day)).toString(),
      place,
      number(level),
      gappy ? "" : number(5 * random.nextGaussian()),
      number(50 + 10 * random.nextDouble()),
      number(open),
      number(high),
      number(low),
      number(level),
      number(10 * random.nextDouble()),
      number(360 * random.nextDouble()),
      SKIES.get(random.nextInt(SKIES.size())),
      number(20 + random.nextInt(9)),
      String.valueOf(100 * (1 + place.charAt(0) - 'A')),
      place.equals("B") ? "clay" : "sand"
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private long time(String[] row) {
    return LocalDate.parse(row[0]).toEpochDay();
  }

  /** The same until a day, with about a share of the cells after it replaced or taken out. */
  LeakTable changedAfter(long day, double share, Random random) {
    List<String[]> changed = new ArrayList<>();
    for (String[] row : rows) {
      String[] copy = row.clone();
      for (int column = 2; time(row) > day && column < 13; column++) {
        if (random.nextDouble() < share) {
          copy[column] = another(column, random);
        }
      }
      changed.add(copy);
    }
    return new LeakTable(changed);
  }

  private static String another(int column, Random random) {
    if (random.nextInt(6) == 0) {
      return "";
    }
    if (column == 11) {
      return List.of("sun", "fog", "rain", "aa", "zz").get(random.nextInt(5));
    }
    double size = Math.exp(4 * random.nextGaussian());
    return number(column == 3 ? random.nextGaussian() * size : Math.max(0.001, size));
  }

  /** The same with one column's value at one day replaced in all series. */
  LeakTable with(String column, long day, String value) {
    int index = Arrays.asList(HEADER.split(",")).indexOf(column);
    List<String[]> changed = new ArrayList<>();
    for (String[] row : rows) {
      String[] copy = row.clone();
      if (time(row) == day) {
        copy[index] = value;
      }
      changed.add(copy);
    }
    return new LeakTable(changed);
  }

  /** A job on the table. */
  static JobSpec job(Path folder, String settings) {
    return JobFile.parse(
        "job: leak\nsource: {csv: leak.csv, time: date, series: place}\ntarget: y\nhorizon: "
            + HORIZON
            + "\nnetwork: {lookback: "
            + LOOKBACK
            + "}\n"
            + settings,
        "leak.yaml",
        folder);
  }

  /** The table through the contract. */
  Dataset read(Path folder, JobSpec job) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    rows.forEach(row -> csv.append(String.join(",", row)).append('\n'));
    Fixtures.bytes(folder, "leak.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
    return Contract.read(job.data());
  }
}
