package io.gatecast.core.interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.provider.Arguments;

/** Safetensors files in memory: put together by hand, damaged, written and read. */
final class SafetensorsFiles {
  private SafetensorsFiles() {}

  /** A file of this header, as it is, and so many bytes of data. */
  static byte[] of(String header, int dataBytes) {
    return of(header.getBytes(StandardCharsets.UTF_8), dataBytes);
  }

  /** A file of this header, as it is, and so many bytes of data. */
  static byte[] of(byte[] header, int dataBytes) {
    byte[] file = new byte[8 + header.length + dataBytes];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    return file;
  }

  /** What the class writes. */
  static byte[] written(Safetensors content) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try {
      content.write(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stream.toByteArray();
  }

  /** What the class reads, the file being called {@code w}. */
  static Safetensors read(byte[] file) {
    try {
      return Safetensors.read(new ByteArrayInputStream(file), "w");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of this header and 64 bytes of data; a ^ in the header marks the byte to be named. */
  static Arguments damagedHeader(
      String what, String header, String expected, String found, String where, String action) {
    byte[] file = of(header.replace("^", ""), 64);
    int mark = header.indexOf('^');
    if (mark < 0) {
      return damage(what, file, expected, found, where, action);
    }
    int at = 8 + header.substring(0, mark).getBytes(StandardCharsets.UTF_8).length;
    String place = (where.isEmpty() ? "" : where + ", ") + "byte " + at;
    return damage(what, file, expected, found, place, action);
  }

  /** What is wrong, the file, and the message that reading it must give. */
  static Arguments damage(
      String what, byte[] file, String expected, String found, String where, String action) {
    String message = "expected %s, found %s (w, %s): %s".formatted(expected, found, where, action);
    return Arguments.of(what, file, message);
  }
}
