package io.gatecast.forecasting.data.source;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.api.split.CollectionInputSplit;

/**
 * Opens sources. A DataVec {@code RecordReader} is the only way in, and nothing here judges a row:
 * that is the contract's task.
 *
 * <p>The keys of a job file that faults name: {@code source.csv}, {@code source.encoding}, {@code
 * source.jdbc.url}, {@code source.jdbc.query}, {@code source.jdbc.password_variable}, {@code
 * source.reader}, {@code source.files}, {@code source.transform_process}.
 */
public final class Sources {
  private Sources() {}

  /**
   * Opens a source.
   *
   * @param spec where records come from
   * @param whereKey tells where the job file has a key, for errors
   * @return an initialised reader whose labels name the columns, as many as a whole record has
   *     values; {@code nextRecord} says the file and the line, counted from 1, in a {@code
   *     RecordMetaDataLine}; closing it frees everything
   * @throws JobFault if it cannot be opened; the reader throws them too
   */
  public static RecordReader open(SourceSpec spec, UnaryOperator<String> whereKey) {
    RecordReader reader = reader(spec, whereKey);
    if (spec.transformProcess().isEmpty()) {
      return reader;
    }
    try {
      return TransformedRecordReader.over(reader, spec.transformProcess().get(), whereKey);
    } catch (RuntimeException e) {
      close(reader);
      throw e;
    }
  }

  private static RecordReader reader(SourceSpec spec, UnaryOperator<String> whereKey) {
    if (spec instanceof CsvSpec csv) {
      return csv(csv, whereKey);
    }
    if (spec instanceof JdbcSpec jdbc) {
      JdbcRecordReader reader = new JdbcRecordReader(jdbc, whereKey);
      reader.open();
      return reader;
    }
    return datavec((DataVecSpec) spec, whereKey);
  }

  private static RecordReader csv(CsvSpec spec, UnaryOperator<String> whereKey) {
    List<Path> files = files(spec, whereKey);
    CsvRecordReader reader = new CsvRecordReader(spec.format());
    try {
      // Not DataVec's FileSplit: it creates a file that is not there.
      reader.initialize(new CollectionInputSplit(files.stream().map(Path::toUri).toList()));
      return reader;
    } catch (IOException e) {
      throw csvFiles(whereKey).unreadable(files.get(0), e.toString()).because(e);
    }
  }

  private static RecordReader datavec(DataVecSpec spec, UnaryOperator<String> whereKey) {
    DataVecRecordReader reader = new DataVecRecordReader(spec, files(spec, whereKey), whereKey);
    if (reader.getLabels().isEmpty() && spec.transformProcess().isEmpty()) {
      close(reader);
      throw new JobFault(
          ExitCode.USAGE,
          "a reader that names the columns",
          spec.readerClass() + ", whose getLabels gives no names",
          whereKey.apply("source.reader"),
          "give source.transform_process a DataVec TransformProcess whose initial schema names them");
    }
    return reader;
  }

  private static void close(RecordReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The files behind a source, patterns resolved.
   *
   * @param spec where records come from
   * @param whereKey tells where the job file has a key, for errors
   * @return each file once, in the order of their paths, in which they are read; empty where there
   *     are none
   * @throws JobFault if one is not there or cannot be read, or a pattern matches none
   */
  public static List<Path> files(SourceSpec spec, UnaryOperator<String> whereKey) {
    if (spec instanceof CsvSpec csv) {
      return csvFiles(whereKey).resolve(csv.files());
    }
    if (spec instanceof DataVecSpec datavec) {
      return new FilePatterns("file", whereKey.apply("source.files")).resolve(datavec.files());
    }
    return List.of();
  }

  private static FilePatterns csvFiles(UnaryOperator<String> whereKey) {
    return new FilePatterns("CSV file", whereKey.apply("source.csv"));
  }

  /**
   * The encoding of a name, as people write it.
   *
   * @param name such as {@code UTF-8}, {@code latin-1} or {@code windows-1252}
   * @param whereKey tells where the job file has a key, for errors
   * @return the encoding
   * @throws JobFault if there is none of this name
   */
  public static Charset encoding(String name, UnaryOperator<String> whereKey) {
    // The name that most languages but Java know.
    if (name.toLowerCase(Locale.ROOT).matches("latin[-_ ]?1")) {
      return StandardCharsets.ISO_8859_1;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new JobFault(
              ExitCode.USAGE,
              "an encoding such as UTF-8, latin-1, windows-1252 or UTF-16",
              "\"" + name + "\"",
              whereKey.apply("source.encoding"),
              "name one that Java has, or convert the file: iconv -t UTF-8")
          .because(e);
    }
  }
}
