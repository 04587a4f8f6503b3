package io.gatecast.forecasting.fuzz;

import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobSpec;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;

/** Sound CSV files of several sorts, each with the job that reads it. */
public enum CsvShape {
  /** Daily weather of two places in one file. */
  WEATHER(
      "source: {csv: data.csv, time: date, series: place}\npreset: weather\ntarget: temp_max\n"
          + "inputs: [precipitation, wind]") {
    @Override
    String row(int row, Random random) {
      String place = row % 2 == 0 ? "Seattle" : "New York";
      String wind = row % 17 == 0 ? "4" : number(4, random);
      return join(day(row / 2), place, number(15, random), number(2, random), wind);
    }

    @Override
    String header() {
      return "date,place,temp_max,precipitation,wind";
    }
  },
  /** Prices with volumes, newest first. */
  PRICES(
      "source: {csv: data.csv, time: Date}\npreset: stock\ntarget: Close\n"
          + "derive: [{parkinson: [High, Low], steps: 5}]\ninputs: [parkinson_5, Volume]") {
    @Override
    String row(int row, Random random) {
      double close = 100 + random.nextInt(100) / 10.0;
      int volume = 1000 + random.nextInt(9000);
      return join(day(ROWS - row), close, close + 2, close - 2, close + 0.5, volume);
    }

    @Override
    String header() {
      return "Date,Open,High,Low,Close,Volume";
    }
  },
  /** Hours, with year, month, day and hour in columns of their own. */
  HOURS(
      "source: {csv: data.csv, time: [year, month, day, hour], zone: Asia/Shanghai}\n"
          + "target: pm\ninputs: [sky]\ncolumns: {sky: {type: text}}") {
    @Override
    String row(int row, Random random) {
      LocalDate day = FIRST.plusDays(row / 24);
      String sky = row % 5 == 0 ? "rain" : "sun";
      int hour = row % 24;
      return join(
          day.getYear(), day.getMonthValue(), day.getDayOfMonth(), hour, number(80, random), sky);
    }

    @Override
    String header() {
      return "year,month,day,hour,pm,sky";
    }
  },
  /** Semicolons, Latin 1, day first. */
  SEMICOLONS(
      "source: {csv: data.csv, time: Tag, time_format: dd.MM.yyyy, delimiter: \";\","
          + " encoding: latin-1, series: Ort}\ntarget: H\u00f6he") {
    @Override
    String row(int row, Random random) {
      LocalDate day = FIRST.plusDays(row);
      String written =
          String.format(
              Locale.ROOT, "%02d.%02d.%d", day.getDayOfMonth(), day.getMonthValue(), day.getYear());
      return join(written, "M\u00fcnchen", number(500, random)).replace(',', ';');
    }

    @Override
    String header() {
      return "Tag;Ort;H\u00f6he";
    }

    @Override
    Charset charset() {
      return StandardCharsets.ISO_8859_1;
    }
  },
  /** Fields in quotes that hold line breaks, delimiters and quotes. */
  QUOTES("source: {csv: data.csv, time: time}\ntarget: y\ninputs: [x]") {
    @Override
    String row(int row, Random random) {
      String note = row % 3 == 0 ? "\"two\nlines, \"\"said\"\" he\"" : "\"\"";
      return join("\"" + day(row) + "\"", note, number(5, random), "\"" + row + "\"");
    }

    @Override
    String header() {
      return "time,note,y,\"x\"";
    }
  },
  /** Seconds since 1970, tabs, and comments between the rows. */
  COMMENTS(
      "source: {csv: data.csv, time: t, time_format: epoch-seconds, delimiter: \"\\t\","
          + " comment: \"#\"}\ntarget: load") {
    @Override
    String row(int row, Random random) {
      String comment = row % 40 == 7 ? "# a comment, here\n" : "";
      return comment + join(1_600_000_000 + 600L * row, number(3, random)).replace(',', '\t');
    }

    @Override
    String header() {
      return "t\tload";
    }
  },
  /** When rows became known, some of them twice. */
  VINTAGES(
      "source: {csv: data.csv, time: date, known_at: known}\ntarget: y\n"
          + "contract: {conflict: repair}") {
    @Override
    String row(int row, Random random) {
      // Three days, then another value of the third, known a day later.
      int of = 3 * (row / 4) + Math.min(row % 4, 2);
      return join(day(of), number(7, random), day(row % 4 == 3 ? of + 1 : of));
    }

    @Override
    String header() {
      return "date,y,known";
    }
  };

  /** Rows of each file. */
  static final int ROWS = 300;

  static final LocalDate FIRST = LocalDate.of(2020, 2, 20);

  private final String job;

  CsvShape(String job) {
    this.job = job;
  }

  abstract String row(int row, Random random);

  abstract String header();

  Charset charset() {
    return StandardCharsets.UTF_8;
  }

  /** What a job file says of it, without its name. */
  public final String job() {
    return job;
  }

  /** The job that reads {@code data.csv} in a folder. */
  final JobSpec job(Path folder) {
    return JobFile.parse("job: fuzz\n" + job + "\n", "fuzz.yaml", folder);
  }

  /** The file, one character a byte. */
  public final String file() {
    Random random = new Random(job.length());
    StringBuilder text = new StringBuilder(header()).append('\n');
    for (int row = 0; row < ROWS; row++) {
      text.append(row(row, random)).append('\n');
    }
    return new String(text.toString().getBytes(charset()), StandardCharsets.ISO_8859_1);
  }

  private static String day(int day) {
    return FIRST.plusDays(day).toString();
  }

  private static String number(double scale, Random random) {
    return String.format(Locale.ROOT, "%.3f", scale * (1 + random.nextDouble()));
  }

  private static String join(Object... fields) {
    StringBuilder text = new StringBuilder();
    for (Object field : fields) {
      text.append(text.isEmpty() ? "" : ",").append(field);
    }
    return text.toString();
  }
}
