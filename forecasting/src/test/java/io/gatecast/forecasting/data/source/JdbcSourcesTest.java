package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.BooleanWritable;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that rows come from databases in files: SQLite, and Parquet through DuckDB. */
class JdbcSourcesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static void run(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private String sqlite() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("weather.db");
    run(
        url,
        "CREATE TABLE weather (date TIMESTAMP, y REAL, n INTEGER, town TEXT)",
        "INSERT INTO weather VALUES ('2024-01-31 23:00', 0.1, 9007199254740993, 'Zürich')",
        // SQLite keeps what does not fit a column's type; it must not turn into 0.
        "INSERT INTO weather VALUES ('2024-02-01 00:00', 'broken', 2, NULL)");
    return url;
  }

  @Test
  void readsSqliteByTheValuesAndNotByTheDeclaredTypes() throws SQLException {
    JdbcSpec spec = JdbcSpec.of(sqlite(), "SELECT * FROM weather ORDER BY date");
    assertEquals(List.of("date", "y", "n", "town"), Reading.labels(spec));
    assertEquals(
        List.of(
            List.<Writable>of(
                new Text("2024-01-31 23:00"),
                new DoubleWritable(0.1),
                new LongWritable(9_007_199_254_740_993L),
                new Text("Zürich")),
            List.<Writable>of(
                new Text("2024-02-01 00:00"),
                new Text("broken"),
                new LongWritable(2),
                NullWritable.INSTANCE)),
        Reading.values(spec));
    assertEquals(List.of("weather.db:1", "weather.db:2"), Reading.places(Reading.records(spec)));
  }

  @Test
  void doesNotMakeASqliteOrDuckdbFileThatIsNotThere() {
    for (String kind : List.of("sqlite", "duckdb")) {
      Path missing = folder.resolve("missing." + kind);
      JobFault fault =
          Reading.fault(ExitCode.DATA, JdbcSpec.of("jdbc:" + kind + ":" + missing, "SELECT 1"));
      assertEquals("job:source.jdbc.url", fault.where());
      assertFalse(Files.exists(missing), "reading must not create the file");
    }
  }

  @Test
  void cannotChangeASqliteFile() throws SQLException {
    String url = sqlite();
    JobFault fault = Reading.fault(ExitCode.USAGE, JdbcSpec.of(url, "DELETE FROM weather"));
    assertEquals("job:source.jdbc.query", fault.where());
    assertEquals(2, Reading.records(JdbcSpec.of(url, "SELECT * FROM weather")).size());
  }

  @Test
  void readsAParquetFileThroughDuckdb() throws SQLException {
    Path file = folder.resolve("x.parquet");
    run(
        "jdbc:duckdb:",
        "COPY (SELECT DATE '2024-01-31' AS day, TIMESTAMP '2024-01-31 23:00:00' AS at,"
            + " TIMESTAMPTZ '2024-01-31 23:00:00+01' AS instant, 0.1::DOUBLE AS y, 7::BIGINT AS n,"
            + " 12.5::DECIMAL(9,2) AS price, true AS ok, 'Zürich' AS town, NULL::DOUBLE AS gap)"
            + " TO '"
            + file
            + "' (FORMAT parquet)");
    JdbcSpec spec = JdbcSpec.of("jdbc:duckdb:", "SELECT * FROM '" + file + "'");
    assertEquals(
        List.of("day", "at", "instant", "y", "n", "price", "ok", "town", "gap"),
        Reading.labels(spec));
    List<Writable> row = Reading.values(spec).get(0);
    assertEquals(new Text("2024-01-31"), row.get(0));
    assertEquals(new Text("2024-01-31T23:00:00"), row.get(1));
    assertEquals(
        java.time.Instant.parse("2024-01-31T22:00:00Z"),
        java.time.OffsetDateTime.parse(row.get(2).toString()).toInstant());
    assertEquals(
        List.<Writable>of(
            new DoubleWritable(0.1),
            new LongWritable(7),
            new DoubleWritable(12.5),
            new BooleanWritable(true),
            new Text("Zürich"),
            NullWritable.INSTANCE),
        row.subList(3, 9));
  }

  @Test
  void readsADuckdbFileAndStreamsIt() throws SQLException, IOException {
    String url = "jdbc:duckdb:" + folder.resolve("weather.duckdb");
    run(url, "CREATE TABLE t AS SELECT range AS n FROM range(1000)");
    // 10^15 rows cannot be collected before the first.
    JdbcSpec spec = JdbcSpec.of(url, "SELECT a.n FROM t a, t b, t c, t d, t e");
    try (RecordReader reader = Reading.open(spec)) {
      for (int row = 0; row < 100_000; row++) {
        assertTrue(reader.hasNext());
        reader.next();
      }
    }
    JdbcSpec all = JdbcSpec.of(url, "SELECT n FROM t ORDER BY n");
    assertEquals(1000, Reading.records(all).size());
  }

  @Test
  void aUrlWithoutADriverIsAFaultThatHidesTheUrl() {
    JobFault fault =
        Reading.fault(
            ExitCode.USAGE, JdbcSpec.of("jdbc:nosuch://me:secret@host/db?x=y", "SELECT 1"));
    assertEquals("job:source.jdbc.url", fault.where());
    assertEquals("a JDBC driver for jdbc:nosuch:***@host/db", fault.expected());
    assertNull(fault.getCause());
  }

  @Test
  void aPasswordVariableThatIsNotSetIsAFault() {
    JobFault fault =
        Reading.fault(
            ExitCode.USAGE,
            JdbcSpec.of("jdbc:sqlite:" + folder.resolve("a.db"), "SELECT 1")
                .withPasswordVariable("GATECAST_NO_SUCH_VARIABLE"));
    assertTrue(fault.expected().contains("GATECAST_NO_SUCH_VARIABLE"), fault::getMessage);
    assertEquals("job:source.jdbc.password_variable", fault.where());
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://host:5432/db, jdbc:postgresql://host:5432/db",
    "jdbc:postgresql://host/db?user=a&password=b, jdbc:postgresql://host/db",
    "jdbc:postgresql://host/db?password=a@b, jdbc:postgresql:***",
    "jdbc:mysql://me:p?w@host/db, jdbc:mysql:***",
    "jdbc:mysql://me:pw@host/db, jdbc:mysql:***@host/db",
    "jdbc:mysql:loadbalance://(host=a)(password=b)/db, jdbc:mysql:***",
    "jdbc:sqlserver://host;databaseName=x;password=y, jdbc:sqlserver://host",
    "jdbc:oracle:thin:me/pw@//host:1521/x, jdbc:oracle:***@//host:1521/x",
    "jdbc:db2://host:50000/db:password=y;, jdbc:db2:***",
    "jdbc:h2:mem:x;PASSWORD=y, jdbc:h2:mem:x",
    "jdbc:sqlite:/data/weather.db, jdbc:sqlite:/data/weather.db",
    "jdbc:duckdb:, jdbc:duckdb:",
    "jdbc:strange, jdbc:***",
  })
  void aDescriptionKeepsSecrets(String url, String shown) {
    assertEquals(shown, JdbcSpec.of(url, "SELECT 1").description());
  }

  @Test
  void aSpecificationChecksItself() {
    assertThrows(IllegalArgumentException.class, () -> JdbcSpec.of("postgres://x", "SELECT 1"));
    assertThrows(IllegalArgumentException.class, () -> JdbcSpec.of("jdbc:sqlite:x", " "));
  }
}
