package io.gatecast.forecasting.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.datavec.api.records.Record;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.writable.BooleanWritable;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.LongWritable;
import org.datavec.api.writable.NullWritable;
import org.datavec.api.writable.Text;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Proves on a PostgreSQL server that rows stream, keep their types and never tell a password. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTest {
  private static final String PASSWORD = "corr:ect/h@rse";

  private @Nullable EmbeddedPostgres server;

  @BeforeAll
  void start() throws SQLException, IOException {
    try {
      server = EmbeddedPostgres.builder().start();
    } catch (IOException | RuntimeException e) {
      String reason = "no PostgreSQL server starts here: " + e;
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
    run(
        "CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'",
        "CREATE TABLE weather (day date, at timestamp, instant timestamptz, clock time, n2 int2,"
            + " n4 int4, n8 int8, f4 real, f8 double precision, exact numeric(20,4), ok boolean,"
            + " town text)",
        "INSERT INTO weather VALUES ('2024-01-31', '2024-01-31 23:00', '2024-01-31 23:00+01',"
            + " '07:30', 1, -2, 9007199254740993, 0.5, 0.1, 12.3456, true, 'Zürich')",
        "INSERT INTO weather VALUES ('2024-03-31', '2024-03-31 02:30', '2024-03-31 02:30:01.5+00',"
            + " '23:59:59', 0, 0, 0, 0, 'NaN', 'NaN', false, '')",
        "INSERT INTO weather DEFAULT VALUES",
        "GRANT SELECT ON weather TO reader");
    askTheReaderForItsPassword();
  }

  /** The server comes without passwords; the one user gets his asked for, as in real life. */
  private void askTheReaderForItsPassword() throws IOException, SQLException {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      ResultSet result = statement.executeQuery("SHOW hba_file");
      assertTrue(result.next());
      Files.writeString(
          Path.of(result.getString(1)),
          """
          local all all trust
          host all reader all scram-sha-256
          host all all all trust
          """);
      statement.execute("SELECT pg_reload_conf()");
      String loaded = "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL";
      assertEquals(0, count(loaded));
    }
    for (int tries = 0; isLetIn("wrong"); tries++) {
      assertTrue(tries < 10_000, "the server still asks for no password");
    }
    assertTrue(isLetIn(PASSWORD));
  }

  private boolean isLetIn(String password) {
    try (Connection connection = DriverManager.getConnection(url(), "reader", password)) {
      return connection.isValid(60);
    } catch (SQLException e) {
      return false;
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private EmbeddedPostgres server() {
    if (server == null) {
      throw new AssertionError("the tests run only with a server");
    }
    return server;
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private long count(String query) throws SQLException {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertTrue(result.next());
      return result.getLong(1);
    }
  }

  private String url() {
    return "jdbc:postgresql://localhost:" + server().getPort() + "/postgres";
  }

  private JdbcSpec spec(String query) {
    return JdbcSpec.of(url(), query).withUser("postgres");
  }

  @Test
  void keepsTypesAndNamesColumnsAsTheQueryLabelsThem() {
    JdbcSpec spec = spec("SELECT *, n4 + 1 AS more FROM weather ORDER BY day");
    assertEquals(
        List.of(
            "day", "at", "instant", "clock", "n2", "n4", "n8", "f4", "f8", "exact", "ok", "town",
            "more"),
        Reading.labels(spec));
    // 02:30 of 2024-03-31 is an hour that this zone skips.
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Zurich"));
    try {
      List<List<Writable>> rows = Reading.values(spec);
      assertEquals(
          List.<Writable>of(
              new Text("2024-01-31"),
              new Text("2024-01-31T23:00:00"),
              new Text("2024-01-31T22:00:00Z"),
              new Text("07:30"),
              new LongWritable(1),
              new LongWritable(-2),
              new LongWritable(9_007_199_254_740_993L),
              new DoubleWritable(0.5),
              new DoubleWritable(0.1),
              new DoubleWritable(12.3456),
              new BooleanWritable(true),
              new Text("Zürich"),
              new LongWritable(-1)),
          rows.get(0));
      assertEquals("2024-03-31T02:30:00", rows.get(1).get(1).toString());
      assertEquals("2024-03-31T02:30:01.5Z", rows.get(1).get(2).toString());
      assertTrue(Double.isNaN(rows.get(1).get(8).toDouble()));
      assertTrue(Double.isNaN(rows.get(1).get(9).toDouble()));
      assertEquals(new Text(""), rows.get(1).get(11));
      for (Writable value : rows.get(2)) {
        assertEquals(NullWritable.INSTANCE, value);
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void countsRowsFromOneAndNamesTheDatabase() {
    List<Record> records = Reading.records(spec("SELECT day FROM weather"));
    assertEquals(List.of("postgres:1", "postgres:2", "postgres:3"), Reading.places(records));
    assertEquals(url(), records.get(0).getMetaData().getURI().toString());
  }

  @Test
  void runsTheQueryAgainAfterAReset() throws IOException {
    try (RecordReader reader = Reading.open(spec("SELECT g FROM generate_series(1, 5000) g"))) {
      assertEquals(5000, Reading.records(reader).size());
      reader.reset();
      reader.next();
      reader.reset();
      assertEquals(5000, Reading.records(reader).size());
    }
  }

  @Test
  void streamsTheFirstRowsOfMoreThanAnyHeapHolds() throws IOException {
    // Some 300^4 rows; the server joins them as they are asked for.
    JdbcSpec spec = spec("SELECT 1 FROM pg_class a, pg_class b, pg_class c, pg_class d");
    try (RecordReader reader = Reading.open(spec)) {
      for (int row = 0; row < 100_000; row++) {
        assertEquals(1, reader.next().get(0).toLong());
      }
    }
  }

  @Test
  void freesTheConnectionWhenClosed() throws IOException, SQLException {
    String connections =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%now_reading%'"
            + " AND pid <> pg_backend_pid()";
    RecordReader reader = Reading.open(spec("SELECT 1 AS now_reading"));
    reader.next();
    assertEquals(1, count(connections));
    reader.reset();
    assertEquals(1, count(connections), "a reset leaves nothing behind");
    reader.close();
    reader.close();
    for (int tries = 0; count(connections) > 0; tries++) {
      assertTrue(tries < 10_000, "the server still has the connection");
    }
  }

  @Test
  void aQueryThatWouldChangeSomethingChangesNothing() throws SQLException {
    JobFault fault = Reading.fault(ExitCode.USAGE, spec("DELETE FROM weather RETURNING day"));
    assertTrue(fault.found().contains("read-only"), fault::getMessage);
    assertEquals(3, count("SELECT count(*) FROM weather"));
  }

  @Test
  void aQueryThatFailsSaysWhyAndWhichKey() {
    for (String query : List.of("SELECT day FROM nowhere", "SELEC 1", "SET search_path TO x")) {
      JobFault fault = Reading.fault(ExitCode.USAGE, spec(query));
      assertEquals("job:source.jdbc.query", fault.where());
    }
    assertTrue(
        Reading.fault(ExitCode.USAGE, spec("SELECT day FROM nowhere")).found().contains("nowhere"));
  }

  @Test
  void aRowThatFailsFarBelowSaysItsPlace() {
    JobFault fault =
        Reading.fault(ExitCode.DATA, spec("SELECT 1 / (3000 - g) FROM generate_series(1, 5000) g"));
    assertTrue(fault.found().contains("division by zero"), fault::getMessage);
    assertTrue(fault.where().startsWith(url() + ", row "), fault::getMessage);
  }

  @Test
  void readsWithAPasswordFromTheEnvironment() throws SQLException, IOException {
    JdbcSpec spec =
        JdbcSpec.of(url(), "SELECT current_user").withUser("reader").withPasswordVariable("PW");
    try (JdbcRecordReader reader =
        new JdbcRecordReader(spec, key -> "job:" + key, Map.of("PW", PASSWORD)::get)) {
      reader.open();
      assertEquals("reader", reader.next().get(0).toString());
    }
  }

  @Test
  void noFaultHoldsAPassword() {
    String secret = url() + "?user=reader&password=" + PASSWORD + "2";
    String refused = "jdbc:postgresql://localhost:1/postgres?password=" + PASSWORD;
    String unknown = "jdbc:nosuchdatabase://reader:" + PASSWORD + "@localhost/x";
    String noHost = "jdbc:postgresql://reader:" + PASSWORD + "@localhost/x";
    for (String url : List.of(secret, refused, unknown, noHost)) {
      JdbcSpec spec = JdbcSpec.of(url, "SELECT 1").withUser("reader").withPasswordVariable("PW");
      assertFalse(spec.toString().contains("h@rse"), spec::toString);
      assertFalse(spec.description().contains("h@rse"), spec::description);
      try (JdbcRecordReader reader =
          new JdbcRecordReader(spec, key -> "job:" + key, Map.of("PW", PASSWORD + "2")::get)) {
        JobFault fault = assertThrows(JobFault.class, reader::open);
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("h@rse"), trace::toString);
        assertFalse(trace.toString().contains("corr:ect"), trace::toString);
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsAFault() {
    JobFault fault =
        Reading.fault(
            ExitCode.DATA, JdbcSpec.of("jdbc:postgresql://localhost:1/postgres", "SELECT 1"));
    assertTrue(fault.found().contains("refused"), fault::getMessage);
    assertEquals("job:source.jdbc.url", fault.where());
  }
}
