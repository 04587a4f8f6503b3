package io.gatecast.forecasting.data.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How CSV files are written.
 *
 * @param delimiter between fields
 * @param quote around a field that holds delimiters, quotes (twice) or line breaks
 * @param encoding of files without a byte order mark
 * @param comment what a line begins with that is no row, or empty
 */
record CsvFormat(char delimiter, char quote, Charset encoding, Optional<Character> comment) {
  /** Checks that no character has two tasks. */
  CsvFormat {
    check(delimiter, quote, comment);
  }

  static void check(char delimiter, char quote, Optional<Character> comment) {
    List<Character> used =
        comment.isPresent() ? List.of(delimiter, quote, comment.get()) : List.of(delimiter, quote);
    if (used.stream().distinct().count() < used.size()) {
      throw new IllegalArgumentException(
          "delimiter, quote, comment: expected different characters, found " + used);
    }
    if (used.contains('\n') || used.contains('\r') || used.contains('\0')) {
      throw new IllegalArgumentException(
          "delimiter, quote, comment: expected neither line break nor NUL, found one");
    }
  }

  /** Double quotes, UTF-8, no comments. */
  static CsvFormat of(char delimiter) {
    return new CsvFormat(delimiter, '"', StandardCharsets.UTF_8, Optional.empty());
  }
}
