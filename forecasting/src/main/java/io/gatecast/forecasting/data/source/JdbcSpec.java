package io.gatecast.forecasting.data.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The rows of a query, read through any JDBC driver on the class path. DuckDB's reads Parquet files
 * so: {@code jdbc:duckdb:} with {@code SELECT * FROM 'weather.parquet'}.
 *
 * <p>Rows are streamed where the driver can. MySQL's own needs {@code useCursorFetch=true} in the
 * URL for that.
 *
 * @param url the JDBC URL; better without a password
 * @param query one that gives rows; nothing that it changes is committed
 * @param user of the database, or empty where the URL names one or none is needed
 * @param passwordVariable the environment variable with the password, or empty
 * @param transformProcess a DataVec {@code TransformProcess} as JSON, or empty
 */
public record JdbcSpec(
    String url,
    String query,
    Optional<String> user,
    Optional<String> passwordVariable,
    Optional<Path> transformProcess)
    implements SourceSpec {

  /** Checks that there is a URL and a query. */
  public JdbcSpec {
    if (!url.startsWith("jdbc:")) {
      // Without the URL itself: what is no JDBC URL may be a password in the wrong place.
      throw new IllegalArgumentException("url: expected one that begins with jdbc:, found another");
    }
    if (query.isBlank()) {
      throw new IllegalArgumentException("query: expected SQL, found nothing");
    }
  }

  /**
   * A query without user, password and process.
   *
   * @param url the JDBC URL
   * @param query one that gives rows
   * @return how to read it
   */
  public static JdbcSpec of(String url, String query) {
    return new JdbcSpec(url, query, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same as a user. */
  public JdbcSpec withUser(String name) {
    return new JdbcSpec(url, query, Optional.of(name), passwordVariable, transformProcess);
  }

  /** The same with the password in an environment variable. */
  public JdbcSpec withPasswordVariable(String variable) {
    return new JdbcSpec(url, query, user, Optional.of(variable), transformProcess);
  }

  /** The same with a process to run on the records. */
  public JdbcSpec withTransformProcess(Path json) {
    return new JdbcSpec(url, query, user, passwordVariable, Optional.of(json));
  }

  @Override
  public String description() {
    return new JdbcUrl(url).description();
  }

  /** Without what {@link #url} may keep secret. */
  @Override
  public String toString() {
    return "JdbcSpec[" + description() + ", " + query + "]";
  }
}
