package io.gatecast.forecasting.data.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * CSV files, plain or packed with gzip, whose first lines name the same columns.
 *
 * @param files absolute paths; from some part on they may be patterns ({@code *}, {@code ?}, {@code
 *     [a-z]}, {@code {a,b}}, {@code **}), resolved when opened
 * @param delimiter between fields
 * @param quote around a field that holds delimiters, quotes (twice) or line breaks
 * @param encoding of files without a byte order mark
 * @param comment what a line begins with that is no row, or empty
 * @param transformProcess a DataVec {@code TransformProcess} as JSON, or empty
 */
public record CsvSpec(
    List<String> files,
    char delimiter,
    char quote,
    Charset encoding,
    Optional<Character> comment,
    Optional<Path> transformProcess)
    implements SourceSpec {

  /** Checks that there is a file, that paths are absolute and that no character has two tasks. */
  public CsvSpec {
    files = FilePatterns.checked(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files: expected at least one, found none");
    }
    CsvFormat.check(delimiter, quote, comment);
  }

  /** How the files are written. */
  CsvFormat format() {
    return new CsvFormat(delimiter, quote, encoding, comment);
  }

  /**
   * A file with commas, double quotes and no comments, in UTF-8.
   *
   * @param file absolute or of the working directory; never a pattern where a file has this name
   * @return how to read it
   */
  public static CsvSpec of(Path file) {
    return of(List.of(file.toAbsolutePath().toString()));
  }

  /**
   * Files with commas, double quotes and no comments, in UTF-8.
   *
   * @param files absolute paths or patterns
   * @return how to read them
   */
  public static CsvSpec of(List<String> files) {
    return new CsvSpec(files, ',', '"', StandardCharsets.UTF_8, Optional.empty(), Optional.empty());
  }

  /** The same with another delimiter. */
  public CsvSpec withDelimiter(char other) {
    return new CsvSpec(files, other, quote, encoding, comment, transformProcess);
  }

  /** The same with another quote. */
  public CsvSpec withQuote(char other) {
    return new CsvSpec(files, delimiter, other, encoding, comment, transformProcess);
  }

  /** The same in another encoding. */
  public CsvSpec withEncoding(Charset other) {
    return new CsvSpec(files, delimiter, quote, other, comment, transformProcess);
  }

  /** The same with lines that are comments. */
  public CsvSpec withComment(char start) {
    return new CsvSpec(files, delimiter, quote, encoding, Optional.of(start), transformProcess);
  }

  /** The same with a process to run on the records. */
  public CsvSpec withTransformProcess(Path json) {
    return new CsvSpec(files, delimiter, quote, encoding, comment, Optional.of(json));
  }

  @Override
  public String description() {
    return String.join(", ", files);
  }
}
