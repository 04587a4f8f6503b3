package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.transform.MathOp;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.filter.FilterInvalidValues;
import org.datavec.api.transform.schema.Schema;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves sources on files as they came, with DuckDB's reader as the second opinion. */
class RealSourcesTest {
  private static final String MISSING = "NA";

  /** Rows of a source, and the exact sum of a column without its missing cells. */
  private record Totals(long rows, long cells, BigDecimal sum) {}

  private static Totals totals(CsvSpec spec, String column) throws IOException {
    long rows = 0;
    long cells = 0;
    BigDecimal sum = BigDecimal.ZERO;
    try (RecordReader reader = Reading.open(spec)) {
      int index = reader.getLabels().indexOf(column);
      assertTrue(index >= 0, () -> column + " in " + reader.getLabels());
      while (reader.hasNext()) {
        String cell = reader.next().get(index).toString();
        rows++;
        if (!cell.equals(MISSING)) {
          cells++;
          sum = sum.add(new BigDecimal(cell));
        }
      }
    }
    return new Totals(rows, cells, sum.stripTrailingZeros());
  }

  private static Totals duckdb(CsvSpec spec, String column) {
    String number = "CAST(\"" + column + "\" AS DECIMAL(38,20))";
    List<String> row =
        Reading.texts(
                JdbcSpec.of(
                    "jdbc:duckdb:",
                    "SELECT count(*), count("
                        + number
                        + "), CAST(sum("
                        + number
                        + ") AS VARCHAR) FROM read_csv('"
                        + spec.files().get(0)
                        + "', header = true, all_varchar = true, nullstr = '"
                        + MISSING
                        + "')"))
            .get(0);
    return new Totals(
        Long.parseLong(row.get(0)),
        Long.parseLong(row.get(1)),
        new BigDecimal(row.get(2)).stripTrailingZeros());
  }

  @ParameterizedTest
  @CsvSource({
    "stocks-36/*.csv, 36, 336561, Close",
    "prsa-beijing/*.csv, 4, 140256, PM2.5",
    "nycflights13-weather/weather.csv, 1, 26115, temp",
    "ett/ETTm1.csv, 1, 69680, OT",
  })
  void readsEveryRowOfEveryFile(String pattern, int files, int rows, String column)
      throws IOException {
    Path folder = Fixtures.real(pattern.replaceFirst("/.*", "")).toAbsolutePath();
    CsvSpec spec = CsvSpec.of(List.of(folder + pattern.replaceFirst("^[^/]*", "")));
    assertEquals(files, Sources.files(spec, key -> key).size());
    Totals read = totals(spec, column);
    assertEquals(rows, read.rows());
    assertEquals(duckdb(spec, column), read);
  }

  @Test
  void everyTickerStartsInItsOwnSecondLine() throws IOException {
    Path root = Fixtures.real("stocks-36");
    Map<String, Integer> last = new LinkedHashMap<>();
    try (RecordReader reader =
        Reading.open(CsvSpec.of(List.of(root.toAbsolutePath() + "/*.csv")))) {
      while (reader.hasNext()) {
        RecordMetaDataLine at =
            assertInstanceOf(RecordMetaDataLine.class, reader.nextRecord().getMetaData());
        String file = at.getURI().getPath().replaceFirst(".*/", "");
        assertEquals(last.getOrDefault(file, 1) + 1, at.getLineNumber());
        last.put(file, at.getLineNumber());
      }
    }
    assertEquals(36, last.size());
    assertEquals(14_060, last.get("ibm.us.csv"));
    assertEquals("aapl.us.csv", last.keySet().iterator().next());
  }

  @Test
  void theReplacementCharactersOfJenaAreTextLikeAnyOther() {
    Path file = Fixtures.real("weather-jena-2020/weather.csv");
    List<String> labels = Reading.labels(CsvSpec.of(file));
    assertTrue(labels.stream().anyMatch(label -> label.indexOf('\uFFFD') >= 0), labels::toString);
  }

  @Test
  void aProcessCleansBeijing(@TempDir Path folder) {
    Path root = Fixtures.real("prsa-beijing");
    CsvSpec spec = CsvSpec.of(List.of(root.toAbsolutePath() + "/*Dingling*.csv"));
    Schema.Builder schema = new Schema.Builder();
    for (String label : Reading.labels(spec)) {
      if (List.of("wd", "station").contains(label)) {
        schema.addColumnString(label);
      } else {
        schema.addColumnDouble(label);
      }
    }
    TransformProcess process =
        new TransformProcess.Builder(schema.build())
            .removeAllColumnsExceptFor("year", "TEMP")
            .filter(new FilterInvalidValues("TEMP"))
            .doubleMathOp("TEMP", MathOp.Multiply, 1.8)
            .build();
    Path json = Fixtures.file(folder, "beijing.json", process.toJson());
    List<Record> made = Reading.records(spec.withTransformProcess(json));
    List<Record> raw = Reading.records(spec);
    int temperature = Reading.labels(spec).indexOf("TEMP");
    int next = 0;
    for (Record row : raw) {
      Writable cell = row.getRecord().get(temperature);
      if (!cell.toString().equals(MISSING)) {
        assertEquals(cell.toDouble() * 1.8, made.get(next).getRecord().get(1).toDouble());
        assertEquals(row.getMetaData(), made.get(next).getMetaData());
        next++;
      }
    }
    assertEquals(made.size(), next);
    assertTrue(next < raw.size(), "some temperatures are missing");
  }

  @Test
  void stocksAsParquetAreTheStocks(@TempDir Path folder) throws IOException {
    Path root = Fixtures.real("stocks-36");
    CsvSpec csv = CsvSpec.of(List.of(root.toAbsolutePath() + "/*.csv"));
    Path file = folder.resolve("stocks.parquet");
    try (var connection = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_csv('"
              + csv.files().get(0)
              + "', filename = true) ORDER BY filename, Date) TO '"
              + file
              + "' (FORMAT parquet)");
    } catch (java.sql.SQLException e) {
      throw new IOException(e);
    }
    JdbcSpec parquet =
        new JdbcSpec(
            "jdbc:duckdb:",
            "SELECT Date, Close FROM '" + file + "' ORDER BY filename, Date",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (RecordReader theirs = Reading.open(parquet);
        RecordReader ours = Reading.open(csv)) {
      int close = ours.getLabels().indexOf("Close");
      int rows = 0;
      while (theirs.hasNext()) {
        List<Writable> expected = ours.next();
        List<Writable> found = theirs.next();
        assertEquals(expected.get(0).toString(), found.get(0).toString());
        assertEquals(expected.get(close).toDouble(), found.get(1).toDouble());
        rows++;
      }
      assertEquals(336_561, rows);
    }
  }
}
