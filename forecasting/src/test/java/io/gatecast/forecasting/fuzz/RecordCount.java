package io.gatecast.forecasting.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Counts the records of CSV text by the plainest reading of RFC 4180, apart from any library: what
 * a reader must not lose.
 */
final class RecordCount {
  private RecordCount() {}

  /** Text of bytes (one character each), by a byte order mark or else the encoding. */
  static String decoded(String bytes, Charset charset) {
    byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.startsWith("\u00ef\u00bb\u00bf")) {
      return new String(all, 3, all.length - 3, StandardCharsets.UTF_8);
    }
    if (bytes.startsWith("\u00fe\u00ff")) {
      return new String(all, 2, all.length - 2, StandardCharsets.UTF_16BE);
    }
    if (bytes.startsWith("\u00ff\u00fe")) {
      return new String(all, 2, all.length - 2, StandardCharsets.UTF_16LE);
    }
    return new String(all, charset);
  }

  /**
   * Records, the first line among them; lines without a character and comments are none.
   *
   * @param text of the file
   * @param delimiter between fields
   * @param comment what a comment begins with; a blank for none
   */
  static int of(String text, char delimiter, char comment) {
    int count = 0;
    int at = 0;
    while (at < text.length()) {
      char first = text.charAt(at);
      if (first == '\n' || first == '\r') {
        at++;
      } else if (first == comment && comment != ' ') {
        at = lineEnd(text, at);
      } else {
        count++;
        at = recordEnd(text, at, delimiter);
      }
    }
    return count;
  }

  private static int lineEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int recordEnd(String text, int from, char delimiter) {
    boolean fieldBegins = true;
    boolean quoted = false;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && (quoted || fieldBegins)) {
        quoted = !quoted;
        // Two quotes in quotes are one: the next opens again.
        fieldBegins = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        return at;
      } else {
        fieldBegins = !quoted && c == delimiter;
      }
    }
    return text.length();
  }
}
