package io.gatecast.forecasting.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** A JDBC URL, what of it may be shown, and what its database needs in order not to be changed. */
final class JdbcUrl {
  private static final String HIDDEN = "***";
  private static final List<String> SECRET = List.of("pass", "pwd", "secret", "token", "key");

  private final String url;

  JdbcUrl(String url) {
    this.url = url;
  }

  /**
   * The URL without user, password and properties. Where it is not sure where those begin and end,
   * it is the database's name alone.
   */
  String description() {
    int scheme = url.indexOf(':', "jdbc:".length()) + 1;
    if (scheme == 0) {
      return "jdbc:" + HIDDEN;
    }
    String start = url.substring(0, scheme);
    String rest = url.substring(scheme);
    int properties = firstOf(rest, "?;");
    String head = rest.substring(0, properties);
    boolean at = rest.indexOf('@', properties) >= 0;
    if (at || head.indexOf('=') >= 0) {
      return start + HIDDEN;
    }
    int user = head.lastIndexOf('@');
    return user < 0 ? start + head : start + HIDDEN + head.substring(user);
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** A driver's message without what the URL or the password keeps secret. */
  String redacted(String message, String password) {
    String clean = message.replace(url, description());
    for (String secret : secrets()) {
      clean = clean.replace(secret, HIDDEN);
    }
    return password.isEmpty() ? clean : clean.replace(password, HIDDEN);
  }

  private List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    for (String property : url.split("[?&;:,()]", -1)) {
      int equal = property.indexOf('=');
      String key = property.substring(0, Math.max(equal, 0)).toLowerCase(Locale.ROOT);
      if (SECRET.stream().anyMatch(key::contains)) {
        secrets.add(property.substring(equal + 1));
      }
    }
    int at = url.lastIndexOf('@');
    if (at >= 0) {
      String user = url.substring(0, at);
      // user:password@ in most URLs, user/password@ in Oracle's
      secrets.add(user.substring(Math.max(user.lastIndexOf(':'), user.lastIndexOf('/')) + 1));
    }
    secrets.removeIf(String::isEmpty);
    return secrets;
  }

  /**
   * Properties with which a file database is opened to be read: without them SQLite and DuckDB make
   * a file that is not there, and DuckDB collects a result before it gives the first row.
   */
  Properties properties() {
    Properties properties = new Properties();
    if (url.startsWith("jdbc:sqlite:")) {
      properties.setProperty("open_mode", "1");
    } else if (url.startsWith("jdbc:duckdb:")) {
      properties.setProperty("jdbc_stream_results", "true");
      String path = url.substring("jdbc:duckdb:".length());
      path = path.substring(0, firstOf(path, "?;"));
      if (!path.isEmpty() && !path.startsWith(":memory:")) {
        properties.setProperty("duckdb.read_only", "true");
      }
    }
    return properties;
  }
}
