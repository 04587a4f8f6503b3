package io.gatecast.forecasting.data.source;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipException;

/**
 * One CSV file, open: the columns that its first line names and the rows after it. Whatever is
 * wrong in it is a fault that names it.
 */
final class CsvFile implements Closeable {
  private final URI location;
  private final Path path;
  private final Charset charset;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> columns;

  /**
   * Opens a file and reads its first line.
   *
   * @param location of the file
   * @param format how it is written
   * @throws IOException if it cannot be opened
   * @throws JobFault if it has no columns and rows, or is no text
   */
  CsvFile(URI location, CsvFormat format) throws IOException {
    this.location = location;
    // Also of a URI that DataVec's splits leave unescaped, as for a name that is not ASCII.
    path = new File(location).toPath();
    EncodedText text;
    try {
      text = EncodedText.open(path, format.encoding());
    } catch (EOFException | ZipException e) {
      throw damaged(e);
    }
    try {
      charset = text.charset();
      CsvReader.CsvReaderBuilder builder =
          CsvReader.builder()
              .fieldSeparator(format.delimiter())
              .quoteCharacter(format.quote())
              .skipEmptyLines(true)
              // FastCSV would take the rest of the file for one field.
              .allowUnclosedQuote(false)
              // A row of another length is the contract's to reject, not the end of the file.
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
      format
          .comment()
          .ifPresent(
              start -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(start));
      reader = builder.ofCsvRecord(text.reader());
      records = reader.iterator();
      columns = readColumns();
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private List<String> readColumns() {
    if (!hasNext()) {
      throw cut("a header line and rows", "an empty file");
    }
    List<String> names = List.copyOf(next().getFields());
    for (String name : names) {
      if (name.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
        throw notText("control characters in its first line");
      }
    }
    if (!hasNext()) {
      throw cut("rows after the header", "a header only");
    }
    return names;
  }

  /** Where it is. */
  URI location() {
    return location;
  }

  /** The names of the columns, at least one. */
  List<String> columns() {
    return columns;
  }

  /** Whether a row is left. */
  boolean hasNext() {
    try {
      return records.hasNext();
    } catch (CsvParseException | UncheckedIOException e) {
      throw fault(e);
    }
  }

  /** The next row; its line is where it begins. */
  CsvRecord next() {
    try {
      return records.next();
    } catch (CsvParseException | UncheckedIOException e) {
      throw fault(e);
    }
  }

  /** FastCSV wraps what the stream throws; what it means is said here. */
  private JobFault fault(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return notText("bytes that are no " + charset.name()).because(e);
      }
      if (cause instanceof EOFException || cause instanceof ZipException) {
        return damaged((IOException) cause);
      }
    }
    return new JobFault(
            ExitCode.DATA,
            "a CSV file",
            "one that cannot be parsed: " + e.getMessage(),
            path.toString(),
            "look for a quote that is opened and never closed, or another delimiter")
        .because(e);
  }

  private JobFault notText(String found) {
    String convert =
        charset.equals(StandardCharsets.UTF_8) ? ", or convert it: iconv -t UTF-8" : "";
    return new JobFault(
        ExitCode.DATA,
        "a CSV text file in " + charset.name(),
        found,
        path.toString(),
        "check that source.csv names the right file, name the file's encoding in source.encoding"
            + " (latin-1, windows-1252, UTF-16)"
            + convert);
  }

  private JobFault damaged(IOException e) {
    return new JobFault(
            ExitCode.DATA,
            "a gzip file that can be unpacked",
            e instanceof EOFException
                ? "one that ends too early"
                : "a damaged one: " + e.getMessage(),
            path.toString(),
            "check that it was delivered whole: gzip -t")
        .because(e);
  }

  private JobFault cut(String expected, String found) {
    return new JobFault(
        ExitCode.DATA, expected, found, path.toString(), "check that it was delivered whole");
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
