package io.gatecast.forecasting.data.source;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.DataInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataLine;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A DataVec reader of a query's rows; M2.1 has none. It reads forward, some thousand rows at a
 * time, in a transaction that is never committed. A record's line is its row, counted from 1. No
 * fault of it holds a password. One thread at a time.
 */
public final class JdbcRecordReader extends SourceRecordReader {
  private static final long serialVersionUID = 1L;

  /** Rows that a driver may hold; more are not faster over a network of today. */
  private static final int FETCH = 2048;

  private final transient JdbcSpec spec;
  private final transient JdbcUrl url;
  private final transient URI location;
  private final transient UnaryOperator<String> whereKey;
  private final transient Environment environment;
  private transient @Nullable Connection connection;
  private transient @Nullable ResultSet rows;
  private transient SqlValues values = new SqlValues(0);
  private transient List<String> labels = List.of();
  private transient String password = "";
  private transient boolean onRow;
  private transient int row;

  /** Where passwords are: {@code System.getenv}. */
  @FunctionalInterface
  interface Environment {
    /** The variable's value, or null where it is not set. */
    @Nullable String get(String variable);
  }

  /**
   * Makes a reader; {@link #open()} or {@link #initialize(InputSplit)} runs the query.
   *
   * @param spec what to read
   * @param whereKey tells where the job file has a key, for errors
   */
  public JdbcRecordReader(JdbcSpec spec, UnaryOperator<String> whereKey) {
    this(spec, whereKey, System::getenv);
  }

  JdbcRecordReader(JdbcSpec spec, UnaryOperator<String> whereKey, Environment environment) {
    this.spec = spec;
    this.whereKey = whereKey;
    this.environment = environment;
    url = new JdbcUrl(spec.url());
    try {
      location = new URI("jdbc", spec.description().substring("jdbc:".length()), null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url: expected a URL, found " + spec.description(), e);
    }
  }

  /** Runs the query; what the split says is not read. */
  @Override
  public void initialize(InputSplit split) {
    inputSplit = split;
    open();
  }

  @Override
  public void initialize(Configuration conf, InputSplit split) {
    setConf(conf);
    initialize(split);
  }

  /**
   * Connects and runs the query.
   *
   * @throws JobFault if there is no driver, no connection or no result
   */
  public void open() {
    close();
    Connection opened = connect();
    connection = opened;
    try {
      try {
        opened.setReadOnly(true);
      } catch (SQLException ignored) {
        // SQLite settles this when it connects, by a property. Nothing is committed in any case.
      }
      // PostgreSQL streams only inside a transaction.
      opened.setAutoCommit(false);
      Statement statement =
          opened.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
      statement.setFetchSize(FETCH);
      ResultSet result = statement.executeQuery(spec.query());
      rows = result;
      labels = labels(result.getMetaData());
      values = new SqlValues(labels.size());
      row = 0;
      onRow = false;
    } catch (SQLException e) {
      close();
      throw new JobFault(
          isOutage(e) ? ExitCode.DATA : ExitCode.USAGE,
          "a query that " + spec.description() + " answers with rows",
          message(e),
          whereKey.apply("source.jdbc.query"),
          "mend the query, or check that its tables and columns are there");
    }
  }

  private Connection connect() {
    Properties properties = url.properties();
    spec.user().ifPresent(user -> properties.setProperty("user", user));
    spec.passwordVariable()
        .ifPresent(
            variable -> {
              password = password(variable);
              properties.setProperty("password", password);
            });
    try {
      DriverManager.getDriver(spec.url());
    } catch (SQLException e) {
      // Its message holds the URL: it is no cause to show.
      throw new JobFault(
          ExitCode.USAGE,
          "a JDBC driver for " + spec.description(),
          "none on the class path",
          whereKey.apply("source.jdbc.url"),
          "put the database's driver on the class path (GATECAST_CLASSPATH), or mend how the URL begins");
    }
    try {
      return DriverManager.getConnection(spec.url(), properties);
    } catch (SQLException e) {
      throw new JobFault(
          ExitCode.DATA,
          "a connection to " + spec.description(),
          message(e),
          whereKey.apply("source.jdbc.url"),
          "check that the database is up, its address and name, and user and password");
    }
  }

  private String password(String variable) {
    String value = environment.get(variable);
    if (value == null) {
      throw new JobFault(
          ExitCode.USAGE,
          "the password of " + spec.description() + " in the environment variable " + variable,
          "no such variable",
          whereKey.apply("source.jdbc.password_variable"),
          "set it for the process that runs the job: export " + variable + "=...");
    }
    return value;
  }

  /** Connection lost, resources or the server gone: the job file is not to blame. */
  private static boolean isOutage(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57"));
  }

  /** What the driver says, in one line; its exception is never a cause, for it may hold secrets. */
  private String message(SQLException e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return url.redacted(message.strip().replaceAll("\\s+", " "), password);
  }

  private static List<String> labels(ResultSetMetaData columns) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(columns.getColumnLabel(i));
    }
    return List.copyOf(labels);
  }

  @Override
  public boolean hasNext() {
    if (!onRow && rows != null) {
      try {
        onRow = rows.next();
        if (onRow) {
          row = Math.incrementExact(row);
        } else {
          rows.close();
          rows = null;
        }
      } catch (SQLException e) {
        throw broken(e, row + 1);
      }
    }
    return onRow;
  }

  @Override
  public List<Writable> next() {
    if (!hasNext() || rows == null) {
      throw new NoSuchElementException("no row is left of " + spec.description());
    }
    onRow = false;
    try {
      return values.read(rows);
    } catch (SQLException e) {
      throw broken(e, row);
    }
  }

  @Override
  public Record nextRecord() {
    List<Writable> record = next();
    return new org.datavec.api.records.impl.Record(
        record, new RecordMetaDataLine(row, location, JdbcRecordReader.class));
  }

  private JobFault broken(SQLException e, int at) {
    return new JobFault(
        ExitCode.DATA,
        "rows to the end of the query",
        message(e),
        spec.description() + ", row " + at,
        "run the query in the database's own client to see what it says there");
  }

  /** The columns as the query labels them. */
  @Override
  public List<String> getLabels() {
    return labels;
  }

  /** Runs the query again. */
  @Override
  public void reset() {
    open();
  }

  @Override
  public List<Writable> record(URI uri, DataInputStream stream) {
    throw new UnsupportedOperationException("a query has no file: use open and next");
  }

  @Override
  public Record loadFromMetaData(RecordMetaData metaData) {
    throw new UnsupportedOperationException("a query's rows may come in another order next time");
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
    throw new UnsupportedOperationException("a query's rows may come in another order next time");
  }

  /** Gives the query up and closes the connection; a database that is gone already is no fault. */
  @Override
  public void close() {
    rows = null;
    onRow = false;
    if (connection == null) {
      return;
    }
    try (Connection closing = connection) {
      connection = null;
      closing.rollback();
    } catch (SQLException ignored) {
      // Nothing was to be kept.
    }
  }
}
