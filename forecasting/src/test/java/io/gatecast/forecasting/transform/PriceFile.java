package io.gatecast.forecasting.transform;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/** A real file of prices, the oldest first; without GATECAST_DATA the test ends and says so. */
record PriceFile(List<NamedCsvRecord> rows) {

  static PriceFile read(String relative) {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().ofNamedCsvRecord(Fixtures.real(relative))) {
      return new PriceFile(
          reader.stream().sorted(Comparator.comparing(row -> row.getField(0))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers of a column; {@code null} and nothing are absent. */
  double[] column(String name) {
    return rows.stream()
        .map(row -> row.getField(name))
        .mapToDouble(
            text -> text.isEmpty() || text.equals("null") ? Double.NaN : Double.parseDouble(text))
        .toArray();
  }

  /** The day of a step. */
  String date(int step) {
    return rows.get(step).getField(0).substring(0, 10);
  }

  /** The step of a day. */
  int step(String date) {
    for (int step = 0; step < rows.size(); step++) {
      if (date(step).equals(date)) {
        return step;
      }
    }
    throw new AssertionError("no row of " + date);
  }
}
