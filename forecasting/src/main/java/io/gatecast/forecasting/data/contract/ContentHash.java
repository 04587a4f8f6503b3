package io.gatecast.forecasting.data.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of rows as they are read, so that the data is known by its content, not by its file. */
final class ContentHash {
  private final MessageDigest digest;
  private ByteBuffer buffer = ByteBuffer.allocate(8192);
  private String series = "";

  ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected a JDK with SHA-256", e);
    }
  }

  void row(String name, long seconds, double[] values) {
    if (!name.equals(series)) {
      series = name;
      flush();
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    reserve(Double.BYTES * (1 + values.length));
    buffer.putLong(seconds);
    for (double value : values) {
      buffer.putLong(Double.doubleToLongBits(value));
    }
  }

  /** What the codes of a text column stand for. */
  void names(List<String> names) {
    flush();
    for (String name : names) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
  }

  /** When the last row became known, where the source tells it. */
  void known(long seconds) {
    reserve(Long.BYTES);
    buffer.putLong(seconds);
  }

  private void reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
      if (buffer.capacity() < bytes) {
        buffer = ByteBuffer.allocate(bytes);
      }
    }
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** What it is so far; rows may follow no more. */
  String text() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }
}
