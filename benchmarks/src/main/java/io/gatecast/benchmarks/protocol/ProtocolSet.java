package io.gatecast.benchmarks.protocol;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The sets of the published long-horizon tables: where each lies in the data folder, and where its
 * parts begin and end. Rows are taken as they come: a repeated time stays, a gap is no gap, and
 * sentinels such as -9999 are values, as in the published runs.
 */
public enum ProtocolSet {
  /** Electricity transformer, hourly, 7 channels (Zhou et al., Informer, AAAI 2021). */
  ETTH1("ETTh1", "ett/ETTh1.csv", 1),
  /** The same transformer each quarter of an hour. */
  ETTM1("ETTm1", "ett/ETTm1.csv", 4),
  /** Roof station in Jena, 2020, every ten minutes, 21 channels (Wu et al., Autoformer, 2021). */
  WEATHER("Weather", "weather-jena-2020/weather.csv", 0),
  /** Eight currencies by day (Lai et al., LSTNet, 2018). */
  EXCHANGE("Exchange", "exchange-rate/exchange_rate.csv", 0);

  /** Hours in twelve, and in four, months of thirty days. */
  private static final int YEAR = 12 * 30 * 24;

  private static final int FOUR_MONTHS = 4 * 30 * 24;

  private final String label;
  private final String file;
  private final int rowsAnHour;

  ProtocolSet(String label, String file, int rowsAnHour) {
    this.label = label;
    this.file = file;
    this.rowsAnHour = rowsAnHour;
  }

  /** The name in tables. */
  public String label() {
    return label;
  }

  /**
   * Its file.
   *
   * @param folder of all series
   */
  public Path file(Path folder) {
    return folder.resolve(file);
  }

  /**
   * Where its parts end. Transformers: twelve months of thirty days to train, four to validate,
   * four to test, what is left unused. Others: 7 rows of 10 to train, 2 of 10 to test, both rounded
   * down, what lies between to validate.
   *
   * @param rows of the file
   * @throws IllegalArgumentException if there are too few
   */
  public Split split(int rows) {
    Split split;
    if (rowsAnHour > 0) {
      int train = rowsAnHour * YEAR;
      int part = rowsAnHour * FOUR_MONTHS;
      split = new Split(train, train + part, train + 2 * part);
    } else {
      int test = (int) (rows * 2L / 10);
      split = new Split((int) (rows * 7L / 10), rows - test, rows);
    }
    if (rows < split.testEnd()) {
      throw new IllegalArgumentException(
          label + ": expected at least " + split.testEnd() + " rows, found " + rows);
    }
    return split;
  }

  /**
   * Finds a set by its label, in any case.
   *
   * @param text as typed
   * @throws IllegalArgumentException if there is none
   */
  public static ProtocolSet named(String text) {
    return Arrays.stream(values())
        .filter(set -> set.label.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--set: expected any of [ETTh1, ETTm1, Weather, Exchange], found \""
                        + text
                        + "\""));
  }

  /**
   * Where parts end; each begins where the one before ends, the first at row 0.
   *
   * @param trainEnd first row after the train part
   * @param validationEnd first row after the validation part
   * @param testEnd first row after the test part
   */
  public record Split(int trainEnd, int validationEnd, int testEnd) {
    /** Checks the order. */
    public Split {
      if (trainEnd < 1 || validationEnd <= trainEnd || testEnd <= validationEnd) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "split: expected 0 < train < validation < test, found ends %d, %d, %d",
                trainEnd,
                validationEnd,
                testEnd));
      }
    }
  }
}
