package io.gatecast.benchmarks.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A published result, errors on standardised values. All of them are in {@code published.csv}.
 *
 * @param set which series
 * @param model as its authors call it
 * @param lookback steps it reads; none where any gives the same
 * @param horizon steps it forecasts
 * @param mse mean squared error
 * @param mae mean absolute error; none where none was given
 * @param counting rule; none where none was stated
 * @param source paper or page, and table
 * @param note what else is known of it; may be empty
 */
public record Published(
    ProtocolSet set,
    String model,
    OptionalInt lookback,
    int horizon,
    double mse,
    OptionalDouble mae,
    Optional<Counting> counting,
    String source,
    String note) {
  private static final String RESOURCE = "published.csv";
  private static final int FIELDS = 9;

  /** All, in the order of the file. */
  public static List<Published> all() {
    try (InputStream stream = Published.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + ": expected it beside the class, found none");
      }
      return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
          .lines()
          .skip(1)
          .map(Published::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Published parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS) {
      throw new IllegalStateException(
          RESOURCE + ": expected " + FIELDS + " fields, found " + fields.length + " in " + line);
    }
    int lookback = Integer.parseInt(fields[2]);
    return new Published(
        ProtocolSet.named(fields[0]),
        fields[1],
        lookback == 0 ? OptionalInt.empty() : OptionalInt.of(lookback),
        Integer.parseInt(fields[3]),
        Double.parseDouble(fields[4]),
        fields[5].isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(fields[5])),
        fields[6].equals("not stated") ? Optional.empty() : Optional.of(Counting.named(fields[6])),
        fields[7],
        fields[8]);
  }
}
