package io.gatecast.benchmarks.ingest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * DuckDB's {@code read_csv} through JDBC, in this process and with as many threads as it takes by
 * itself: the columns that our side reads, the numbers declared as doubles, fetched row by row into
 * arrays of Java. It checks nothing, puts nothing in order, and makes no windows.
 */
final class DuckDbReading implements AutoCloseable {
  private final Connection connection;

  DuckDbReading() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB: expected a database in memory", e);
    }
  }

  /** Reads everything; what is no number comes as a string and is let go. */
  NumberTable numbers(IngestWork work) {
    List<String> numbers = work.numbers();
    List<String> others = work.others();
    NumberTable table = new NumberTable(numbers);
    long letters = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query(work))) {
      while (rows.next()) {
        table.row();
        for (int i = 0; i < numbers.size(); i++) {
          double value = rows.getDouble(i + 1);
          table.set(i, value == 0 && rows.wasNull() ? Double.NaN : value);
        }
        for (int i = 0; i < others.size(); i++) {
          letters +=
              numeric(work, others.get(i))
                  ? (long) rows.getDouble(numbers.size() + i + 1)
                  : String.valueOf(rows.getString(numbers.size() + i + 1)).length();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB: " + query(work), e);
    }
    if (letters == 0) {
      throw new IllegalStateException(work.name() + ": expected times and names, found none");
    }
    return table;
  }

  private static boolean numeric(IngestWork work, String column) {
    return work.data().time().columns().contains(column);
  }

  /** Times as seconds; where they stand in several columns, each as a number. */
  static String query(IngestWork work) {
    List<String> parts = new ArrayList<>();
    work.numbers().forEach(name -> parts.add(quoted(name)));
    boolean whole = work.data().time().columns().size() == 1;
    for (String name : work.others()) {
      boolean time = numeric(work, name);
      parts.add(
          !time
              ? quoted(name)
              : whole ? "epoch(" + quoted(name) + ")" : "CAST(" + quoted(name) + " AS DOUBLE)");
    }
    String files =
        work.files().stream().map(file -> text(file.toString())).collect(Collectors.joining(", "));
    List<String> types = new ArrayList<>();
    work.numbers().forEach(name -> types.add(text(name) + ": 'DOUBLE'"));
    if (whole) {
      types.add(text(work.data().time().columns().get(0)) + ": 'TIMESTAMP'");
    }
    return "SELECT "
        + String.join(", ", parts)
        + " FROM read_csv(["
        + files
        + "], header = true, nullstr = ['', ' ', 'NA'], types = {"
        + String.join(", ", types)
        + "})";
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB: expected to close", e);
    }
  }
}
