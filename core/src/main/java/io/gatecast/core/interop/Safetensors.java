package io.gatecast.core.interop;

import io.gatecast.core.weights.WeightTensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights and a few texts about them, as one file in the safetensors format: a length of 8 bytes,
 * little-endian; a JSON header with name, shape and place of every tensor; the numbers.
 *
 * <p>It holds float32 of one or two sizes, as weights are, under any names, canonical ones or
 * another library's. The same content always gives the same bytes. Reading runs no code of the
 * file's, reads no more than the header promises, and refuses a file that breaks the format
 * anywhere, or holds another type of number. It does not know which tensors a network needs; that
 * is {@link io.gatecast.core.weights.NamedWeights#of}.
 *
 * <p>Format: <a href="https://github.com/huggingface/safetensors#format">Hugging Face,
 * safetensors</a>.
 *
 * @param tensors by name, in the order of the names; unmodifiable
 * @param metadata texts by key, in the order of the keys; unmodifiable
 */
public record Safetensors(Map<String, WeightTensor> tensors, Map<String, String> metadata) {
  private static final String CUT_SHORT = "the file is cut short; fetch or write it again";
  static final String NOT_THE_FORMAT = "check that it is a safetensors file, or fetch it again";

  /**
   * Copies and orders both maps.
   *
   * @throws IllegalArgumentException if a tensor has the reserved name {@code __metadata__}, or a
   *     name or text is no Unicode
   */
  public Safetensors {
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          SafetensorsHeader.METADATA
              + ": expected a tensor's name, found the key that the format reserves; rename it");
    }
    metadata.forEach((key, text) -> requireUnicode("metadata " + Quoted.of(key), text));
    tensors = ordered(tensors);
    metadata = ordered(metadata);
  }

  /**
   * Tensors without metadata.
   *
   * @param tensors by name
   * @return what a file with them holds
   * @throws IllegalArgumentException as the constructor
   */
  public static Safetensors of(Map<String, WeightTensor> tensors) {
    return new Safetensors(tensors, Map.of());
  }

  /**
   * Writes the file's bytes.
   *
   * @param stream where to; neither flushed nor closed
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the header would be larger than 8 MiB
   */
  public void write(OutputStream stream) throws IOException {
    byte[] header = SafetensorsHeader.of(tensors, metadata).encoded();
    byte[] length = new byte[SafetensorsHeader.LENGTH_BYTES];
    littleEndian(length).putLong(header.length);
    stream.write(length);
    stream.write(header);
    for (WeightTensor tensor : tensors.values()) {
      float[] values = tensor.values();
      byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, values.length)];
      littleEndian(bytes).asFloatBuffer().put(values);
      stream.write(bytes);
    }
  }

  /**
   * Writes a file that appears whole or not at all: under a temporary name in the same folder,
   * forced to disk, renamed.
   *
   * @param file replaced if it exists; its folder must exist
   * @throws IOException if the file cannot be written; what was there before still is
   * @throws IllegalArgumentException if the header would be larger than 8 MiB
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, this::write);
  }

  /**
   * Reads a file.
   *
   * @param file of the safetensors format, with float32 only
   * @return its content
   * @throws IOException if it cannot be opened or read
   * @throws SafetensorsException if it breaks the format, or has tensors that are not float32 of
   *     one or two sizes; names the file, the tensor and the byte
   */
  public static Safetensors read(Path file) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
      return read(stream, file.toString());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param stream of the safetensors format, with float32 only; not closed
   * @param name what to call it in errors
   * @return its content
   * @throws IOException if the stream fails
   * @throws SafetensorsException as {@link #read(Path)}
   */
  public static Safetensors read(InputStream stream, String name) throws IOException {
    byte[] headerBytes = headerBytes(stream, name);
    SafetensorsHeader header = SafetensorsHeaderReader.read(headerBytes, name);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    long at = SafetensorsHeader.LENGTH_BYTES + (long) headerBytes.length;
    for (SafetensorsHeader.Entry entry : header.entries()) {
      // Grows with what comes, not with what the header says.
      byte[] bytes = stream.readNBytes(entry.bytes());
      if (bytes.length < entry.bytes()) {
        throw new SafetensorsException(
            entry.bytes() + " bytes of data",
            "the file's end after " + bytes.length,
            name + ", tensor " + Quoted.of(entry.name()) + ", byte " + at,
            CUT_SHORT);
      }
      at += bytes.length;
      float[] values = new float[bytes.length / Float.BYTES];
      littleEndian(bytes).asFloatBuffer().get(values);
      tensors.put(entry.name(), WeightTensor.of(values, entry.sizes()));
    }
    if (stream.read() != -1) {
      throw new SafetensorsException(
          "the file's end after the last tensor",
          "more",
          name + ", byte " + at,
          "the file is damaged or carries something else; fetch or write it again");
    }
    return new Safetensors(tensors, header.metadata());
  }

  private static byte[] headerBytes(InputStream stream, String name) throws IOException {
    byte[] bytes = stream.readNBytes(SafetensorsHeader.LENGTH_BYTES);
    if (bytes.length < SafetensorsHeader.LENGTH_BYTES) {
      throw new SafetensorsException(
          "the header's length in 8 bytes",
          "a file of " + bytes.length,
          name + ", byte 0",
          NOT_THE_FORMAT);
    }
    long length = littleEndian(bytes).getLong();
    if (length < 0 || length > SafetensorsHeader.LARGEST) {
      throw new SafetensorsException(
          "a header of at most " + SafetensorsHeader.LARGEST + " bytes",
          "the length " + Long.toUnsignedString(length),
          name + ", byte 0",
          NOT_THE_FORMAT);
    }
    byte[] header = stream.readNBytes((int) length);
    if (header.length < length) {
      throw new SafetensorsException(
          "a header of " + length + " bytes",
          "the file's end after " + header.length,
          name + ", byte " + SafetensorsHeader.LENGTH_BYTES,
          CUT_SHORT);
    }
    return header;
  }

  /** Ordered as the format's own library does, by the bytes of the names. */
  private static <T> Map<String, T> ordered(Map<String, T> map) {
    Map<String, T> ordered = new LinkedHashMap<>();
    map.keySet().forEach(name -> requireUnicode("name", name));
    map.entrySet().stream()
        .sorted((a, b) -> Arrays.compareUnsigned(utf8(a.getKey()), utf8(b.getKey())))
        .forEach(item -> ordered.put(item.getKey(), item.getValue()));
    return Collections.unmodifiableMap(ordered);
  }

  private static void requireUnicode(String what, String text) {
    if (!Quoted.isUnicode(text)) {
      throw new IllegalArgumentException(
          what + ": expected Unicode, found half a surrogate pair in " + Quoted.of(text));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
