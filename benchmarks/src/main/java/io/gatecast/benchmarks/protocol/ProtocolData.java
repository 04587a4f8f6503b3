package io.gatecast.benchmarks.protocol;

import io.gatecast.benchmarks.protocol.ProtocolSet.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.writable.Writable;

/**
 * A set as one matrix of standardised values, and its windows as views of it. Every channel is
 * standardised in double by the mean and the population deviation of its train part, {@code (v −
 * v̄) / √((1/n) Σ (v − v̄)²)}, and kept as float. Immutable; threads may share it.
 */
public final class ProtocolData {
  /** Deviation by mean of what is constant but for rounding. */
  private static final double CONSTANT = 1e-12;

  private final ProtocolSet set;

  /** {@code [row][channel]}, row-major. */
  private final float[] values;

  private final int channels;
  private final Split split;

  /** Rows that may be read: without the test part, all before it. */
  private final int rows;

  private ProtocolData(ProtocolSet set, float[] values, int channels, Split split, int rows) {
    this.set = set;
    this.values = values;
    this.channels = channels;
    this.split = split;
    this.rows = rows;
  }

  /**
   * Reads a set: every column but the first, which holds the time.
   *
   * @param set which
   * @param folder of all series
   * @throws IOException if its file cannot be read
   * @throws IllegalArgumentException if it is not there, has too few rows or a cell that is no
   *     number
   */
  public static ProtocolData read(ProtocolSet set, Path folder) throws IOException {
    Path file = set.file(folder);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          set.label() + ": expected the file " + file + ", found none; check GATECAST_DATA");
    }
    List<double[]> rows = new ArrayList<>();
    try (CSVRecordReader reader = new CSVRecordReader(1, ',')) {
      reader.initialize(new CollectionInputSplit(List.of(file.toUri())));
      while (reader.hasNext()) {
        rows.add(numbers(reader.next(), file, rows.size() + 2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(file + ": interrupted while it was read", e);
    }
    return of(set, rows.toArray(double[][]::new), set.split(rows.size()));
  }

  private static double[] numbers(List<Writable> record, Path file, int line) {
    double[] numbers = new double[record.size() - 1];
    for (int i = 0; i < numbers.length; i++) {
      String text = record.get(i + 1).toString();
      try {
        numbers[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            String.format(
                "%s, line %d, column %d: expected a number, found \"%s\"; check that the file is"
                    + " the one its README tells of",
                file, line, i + 2, text),
            e);
      }
    }
    return numbers;
  }

  /**
   * Standardises values.
   *
   * @param set whose they are
   * @param raw {@code [row][channel]}, at least to the end of the test part
   * @param split its parts
   * @throws IllegalArgumentException if rows differ in length or a channel does not vary in the
   *     train part
   */
  static ProtocolData of(ProtocolSet set, double[][] raw, Split split) {
    int channels = raw[0].length;
    float[] values = new float[split.testEnd() * channels];
    for (int row = 0; row < split.testEnd(); row++) {
      if (raw[row].length != channels) {
        throw new IllegalArgumentException(
            String.format(
                "%s, row %d: expected %d channels, found %d",
                set.label(), row, channels, raw[row].length));
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      double mean = 0;
      for (int row = 0; row < split.trainEnd(); row++) {
        mean += raw[row][channel];
      }
      mean /= split.trainEnd();
      double squares = 0;
      for (int row = 0; row < split.trainEnd(); row++) {
        double off = raw[row][channel] - mean;
        squares += off * off;
      }
      double deviation = Math.sqrt(squares / split.trainEnd());
      if (!(deviation > CONSTANT * Math.abs(mean))) {
        throw new IllegalArgumentException(
            set.label() + ", channel " + channel + ": expected one that varies, found a constant");
      }
      for (int row = 0; row < split.testEnd(); row++) {
        values[row * channels + channel] = (float) ((raw[row][channel] - mean) / deviation);
      }
    }
    return new ProtocolData(set, values, channels, split, split.testEnd());
  }

  /** Which set it is. */
  public ProtocolSet set() {
    return set;
  }

  /** Variables side by side. */
  public int channels() {
    return channels;
  }

  /** The parts. */
  public Split split() {
    return split;
  }

  /**
   * The same without its test part, whose rows are not in the matrix any more: what a model may
   * see.
   */
  public ProtocolData withoutTest() {
    float[] before = Arrays.copyOf(values, split.validationEnd() * channels);
    return new ProtocolData(set, before, channels, split, split.validationEnd());
  }

  /**
   * The windows of a part, one for each row that its last target may be, in the order of time. The
   * first targets of validation and test are those parts' first rows: their look-backs reach into
   * the part before.
   *
   * @param part which
   * @param lookback steps of a window's input
   * @param horizon steps of its target
   * @throws IllegalArgumentException if there is no window, or a look-back reaches beyond the first
   *     row
   * @throws IllegalStateException if it is the test part and that was taken off
   */
  public ProtocolWindows windows(ProtocolPart part, int lookback, int horizon) {
    int begin =
        switch (part) {
          case TRAIN -> 0;
          case VALIDATION -> split.trainEnd() - lookback;
          case TEST -> split.validationEnd() - lookback;
        };
    int end =
        switch (part) {
          case TRAIN -> split.trainEnd();
          case VALIDATION -> split.validationEnd();
          case TEST -> split.testEnd();
        };
    if (end > rows) {
      throw new IllegalStateException(
          set.label() + ": the test part is for scoring; models choose on the validation part");
    }
    int size = end - begin - lookback - horizon + 1;
    if (begin < 0 || size < 1) {
      throw new IllegalArgumentException(
          String.format(
              "%s, %s: expected look-back and horizon with at least one window, found %d and %d;"
                  + " the train part has %d rows, this one ends at %d",
              set.label(), part, lookback, horizon, split.trainEnd(), end));
    }
    return new ProtocolWindows(values, channels, begin, size, lookback, horizon);
  }

  /**
   * A standardised value.
   *
   * @param row from 0
   * @param channel from 0
   */
  public float value(int row, int channel) {
    return values[row * channels + channel];
  }
}
