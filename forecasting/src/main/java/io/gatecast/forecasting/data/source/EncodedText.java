package io.gatecast.forecasting.data.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A file of text, open: gzip is unpacked, whatever the file is called, and a byte order mark tells
 * the encoding and is left out. Bytes that the encoding does not have are an error, not question
 * marks in a series' name.
 */
final class EncodedText implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Reader reader;
  private final Charset charset;

  private EncodedText(Reader reader, Charset charset) {
    this.reader = reader;
    this.charset = charset;
  }

  /**
   * Opens a file.
   *
   * @param file to read
   * @param charset where no byte order mark tells it
   * @return its text
   * @throws IOException if it cannot be opened
   */
  static EncodedText open(Path file, Charset charset) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      if (begins(bytes, 0x1f, 0x8b)) {
        bytes = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
      }
      Charset found = charset;
      if (begins(bytes, 0xef, 0xbb, 0xbf)) {
        found = StandardCharsets.UTF_8;
        bytes.skipNBytes(3);
      } else if (begins(bytes, 0xfe, 0xff)) {
        found = StandardCharsets.UTF_16BE;
        bytes.skipNBytes(2);
      } else if (begins(bytes, 0xff, 0xfe)) {
        found = StandardCharsets.UTF_16LE;
        bytes.skipNBytes(2);
      }
      Reader text =
          new InputStreamReader(
              bytes,
              found
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      return new EncodedText(text, found);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  private static boolean begins(InputStream bytes, int... mark) throws IOException {
    bytes.mark(mark.length);
    byte[] head = bytes.readNBytes(mark.length);
    bytes.reset();
    byte[] wanted = new byte[mark.length];
    for (int i = 0; i < mark.length; i++) {
      wanted[i] = (byte) mark[i];
    }
    return Arrays.equals(head, wanted);
  }

  /** The text. */
  Reader reader() {
    return reader;
  }

  /** What it is decoded with. */
  Charset charset() {
    return charset;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
