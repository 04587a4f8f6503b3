package io.gatecast.core.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatecast.core.weights.WeightTensor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors header says: where the numbers of each tensor lie, and free text. It writes
 * itself as JSON; {@link SafetensorsHeaderReader} reads it.
 *
 * @param entries the tensors, in the order of their data, without gap or overlap from byte 0 on
 * @param metadata free text by key
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  /** The key that is no tensor's name. */
  static final String METADATA = "__metadata__";

  /** Bytes before the JSON: its length. */
  static final int LENGTH_BYTES = Long.BYTES;

  /**
   * The most JSON that is read or written. The format allows 100 MB; 8 MiB is room for some 60,000
   * tensors.
   */
  static final int LARGEST = 8 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * One tensor's place.
   *
   * @param name of the tensor
   * @param shape one or two sizes, at least 1
   * @param begin first byte, counted from the end of the header
   */
  record Entry(String name, List<Integer> shape, long begin) {
    /** The shape as an array. */
    int[] sizes() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many bytes its numbers take. */
    int bytes() {
      return shape.stream().reduce(Float.BYTES, Math::multiplyExact);
    }

    /** The byte after the last. */
    long end() {
      return begin + bytes();
    }
  }

  /** The header of these tensors, whose data follow each other in the map's order. */
  static SafetensorsHeader of(Map<String, WeightTensor> tensors, Map<String, String> metadata) {
    Entry[] entries = new Entry[tensors.size()];
    int count = 0;
    long begin = 0;
    for (Map.Entry<String, WeightTensor> tensor : tensors.entrySet()) {
      List<Integer> shape = Arrays.stream(tensor.getValue().shape()).boxed().toList();
      Entry entry = new Entry(tensor.getKey(), shape, begin);
      entries[count++] = entry;
      begin = entry.end();
    }
    return new SafetensorsHeader(List.of(entries), metadata);
  }

  /** The JSON in UTF-8, filled up with spaces so that the data begin at a multiple of 8 bytes. */
  byte[] encoded() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> item : metadata.entrySet()) {
          json.writeStringField(item.getKey(), item.getValue());
        }
        json.writeEndObject();
      }
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", "F32");
        json.writeFieldName("shape");
        int[] shape = entry.sizes();
        json.writeArray(shape, 0, shape.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    byte[] unpadded = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(unpadded, (unpadded.length + 7) / 8 * 8);
    Arrays.fill(padded, unpadded.length, padded.length, (byte) ' ');
    if (padded.length > LARGEST) {
      throw new IllegalArgumentException(
          "header: expected at most "
              + LARGEST
              + " bytes of names, shapes and metadata, found "
              + padded.length
              + "; write fewer tensors or less metadata");
    }
    return padded;
  }
}
