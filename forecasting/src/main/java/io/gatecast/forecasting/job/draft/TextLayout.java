package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.source.CsvSpec;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * How CSV files are written, from their bytes: the encoding of all of them, delimiter and comments
 * of the first. Byte order marks and gzip need no guess: the reader knows them.
 *
 * @param encoding UTF-8 where all bytes are, else latin-1, which every byte is
 * @param delimiter the one that cuts the first lines into the most fields, equally many in each
 * @param comment {@code #} where lines before the header begin with it
 */
record TextLayout(Charset encoding, char delimiter, Optional<Character> comment) {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int LINES = 100;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final int BLOCK = 1 << 16;

  static TextLayout of(List<Path> files) {
    Charset encoding = StandardCharsets.UTF_8;
    for (Path file : files) {
      if (!isUtf8(file)) {
        encoding = StandardCharsets.ISO_8859_1;
        break;
      }
    }
    List<String> lines = firstLines(files.get(0), encoding);
    boolean comments = !lines.isEmpty() && lines.get(0).startsWith("#");
    List<String> rows = lines.stream().filter(l -> !comments || !l.startsWith("#")).toList();
    return new TextLayout(
        encoding, delimiter(rows), comments ? Optional.of('#') : Optional.empty());
  }

  /** The source that reads the files so. */
  CsvSpec source(List<Path> files) {
    List<String> paths = files.stream().map(Path::toString).toList();
    CsvSpec spec = CsvSpec.of(paths).withDelimiter(delimiter).withEncoding(encoding);
    return comment.isPresent() ? spec.withComment(comment.get()) : spec;
  }

  private static boolean isUtf8(Path file) {
    try (InputStream bytes = open(file)) {
      bytes.mark(2);
      int first = bytes.read();
      int second = bytes.read();
      bytes.reset();
      if ((first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe)) {
        return true; // UTF-16, which its mark tells
      }
      InputStreamReader text =
          new InputStreamReader(
              bytes,
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      char[] block = new char[BLOCK];
      int read = 0;
      while (read >= 0) {
        read = text.read(block);
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BLOCK);
    int first = bytes.read();
    int second = bytes.read();
    byte[] head =
        second >= 0
            ? new byte[] {(byte) first, (byte) second}
            : first >= 0 ? new byte[] {(byte) first} : new byte[0];
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), bytes);
    boolean packed = first == GZIP_FIRST && second == GZIP_SECOND;
    return new BufferedInputStream(packed ? new GZIPInputStream(whole, BLOCK) : whole, BLOCK);
  }

  private static List<String> firstLines(Path file, Charset encoding) {
    try (InputStream bytes = open(file)) {
      byte[] head = bytes.readNBytes(BLOCK);
      boolean wide =
          head.length > 1
              && (((head[0] & 0xff) == 0xfe && (head[1] & 0xff) == 0xff)
                  || ((head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xfe));
      String text = new String(head, wide ? StandardCharsets.UTF_16 : encoding);
      List<String> lines =
          new ArrayList<>(
              text.replace("\uFEFF", "").lines().filter(l -> !l.isBlank()).limit(LINES).toList());
      if (head.length == BLOCK && lines.size() > 1 && lines.size() < LINES) {
        lines.remove(lines.size() - 1); // cut in its middle
      }
      return lines;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static JobFault unreadable(Path file, IOException e) {
    String found =
        Files.isDirectory(file) ? "a folder" : Files.exists(file) ? e.toString() : "no such file";
    return new JobFault(
            ExitCode.USAGE, "a readable CSV file", found, file.toString(), "check the path")
        .because(e);
  }

  private static char delimiter(List<String> lines) {
    char best = ',';
    long most = 0;
    for (char candidate : DELIMITERS) {
      if (lines.isEmpty()) {
        break;
      }
      int header = fields(lines.get(0), candidate);
      long same = lines.stream().filter(line -> fields(line, candidate) == header).count();
      long score = header > 1 ? same * 1000 / lines.size() * 100 + header : 0;
      if (score > most) {
        most = score;
        best = candidate;
      }
    }
    return best;
  }

  private static int fields(String line, char delimiter) {
    int fields = 1;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      fields += !quoted && c == delimiter ? 1 : 0;
    }
    return fields;
  }
}
