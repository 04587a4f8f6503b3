package io.gatecast.core.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a safetensors header and trusts nothing in it. Beyond JSON it demands what the format does
 * (each key once, data without gap or overlap), and what this project's weights are: float32, of
 * one or two sizes. It reads none of the data and allocates nothing of a size that the header says.
 */
final class SafetensorsHeaderReader {
  private static final String MAKE_AGAIN = "the file is damaged; fetch or write it again";
  private static final String FORM =
      "{\"dtype\": \"F32\", \"shape\": [..], \"data_offsets\": [begin, end]}";

  /** Bytes of one tensor are to fit one Java array. */
  private static final int MOST_VALUES = (Integer.MAX_VALUE - 8) / Float.BYTES;

  // The size of the header bounds names and texts; interned names would outlive the file.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(SafetensorsHeader.LARGEST)
                  .maxStringLength(SafetensorsHeader.LARGEST)
                  .maxNestingDepth(4)
                  .build())
          .build();

  private final String file;
  private final String text;
  private final JsonParser parser;

  private SafetensorsHeaderReader(String file, String text, JsonParser parser) {
    this.file = file;
    this.text = text;
    this.parser = parser;
  }

  /**
   * Reads.
   *
   * @param header the JSON, all of it
   * @param file the file's name, for errors
   * @throws SafetensorsException saying what is wrong, and where
   */
  static SafetensorsHeader read(byte[] header, String file) {
    if (header.length == 0 || header[0] != '{') {
      throw new SafetensorsException(
          "a JSON object after the header's length",
          header.length == 0 ? "a header of no bytes" : "a header that does not begin with {",
          file + ", byte " + SafetensorsHeader.LENGTH_BYTES,
          Safetensors.NOT_THE_FORMAT);
    }
    String text = decoded(header, file);
    try (JsonParser parser = JSON.createParser(text)) {
      return new SafetensorsHeaderReader(file, text, parser).document();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      long offset = at == null ? 0 : Math.max(0, at.getCharOffset());
      String found = String.valueOf(e.getOriginalMessage()).replaceAll("\\s+", " ");
      SafetensorsException fault =
          new SafetensorsException(
              "JSON", found, file + ", byte " + byteOf(text, offset), MAKE_AGAIN);
      fault.initCause(e);
      throw fault;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
  }

  private static String decoded(byte[] header, String file) {
    ByteBuffer bytes = ByteBuffer.wrap(header);
    CharBuffer chars = CharBuffer.allocate(header.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(bytes, chars, true);
    if (result.isError()) {
      int at = SafetensorsHeader.LENGTH_BYTES + bytes.position();
      throw new SafetensorsException(
          "a header in UTF-8", "a byte that is not", file + ", byte " + at, MAKE_AGAIN);
    }
    return chars.flip().toString();
  }

  private SafetensorsHeader document() throws IOException {
    parser.nextToken();
    List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = newKey(seen, null);
      parser.nextToken();
      if (name.equals(SafetensorsHeader.METADATA)) {
        readMetadata(metadata);
      } else {
        entries.add(entry(name));
      }
    }
    if (parser.nextToken() != null) {
      throw fault("only spaces after the header's object", description(), null, MAKE_AGAIN);
    }
    entries.sort(Comparator.comparingLong(SafetensorsHeader.Entry::begin));
    requireContiguous(entries);
    return new SafetensorsHeader(List.copyOf(entries), metadata);
  }

  private void readMetadata(Map<String, String> metadata) throws IOException {
    String name = SafetensorsHeader.METADATA;
    require(JsonToken.START_OBJECT, "an object of texts", name);
    Set<String> seen = new LinkedHashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = newKey(seen, name);
      parser.nextToken();
      require(JsonToken.VALUE_STRING, "a text for the key " + Quoted.of(key), name);
      metadata.put(key, encodable(parser.getText(), name));
    }
  }

  private SafetensorsHeader.Entry entry(String tensor) throws IOException {
    require(JsonToken.START_OBJECT, FORM, tensor);
    boolean typed = false;
    List<Integer> shape = null;
    List<Long> offsets = null;
    Set<String> seen = new LinkedHashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = newKey(seen, tensor);
      parser.nextToken();
      switch (key) {
        case "dtype" -> {
          requireFloat32(tensor);
          typed = true;
        }
        case "shape" -> shape = sizes(numbers("shape", tensor), tensor);
        case "data_offsets" -> offsets = numbers("data_offsets", tensor);
        default -> throw fault(FORM, "the key " + Quoted.of(key), tensor, "remove it");
      }
    }
    if (!typed || shape == null || offsets == null) {
      throw fault(FORM, "only the keys " + seen, tensor, MAKE_AGAIN);
    }
    if (offsets.size() != 2) {
      throw fault(
          "data_offsets [begin, end]",
          Quoted.shortened("data_offsets " + offsets),
          tensor,
          MAKE_AGAIN);
    }
    SafetensorsHeader.Entry entry = new SafetensorsHeader.Entry(tensor, shape, offsets.get(0));
    // Subtracted, as a sum might overflow; both are at least 0.
    if (offsets.get(1) - offsets.get(0) != entry.bytes()) {
      throw fault(
          entry.bytes() + " bytes of data for shape " + shape,
          "data_offsets " + offsets + ", which are " + (offsets.get(1) - offsets.get(0)),
          tensor,
          MAKE_AGAIN);
    }
    return entry;
  }

  private void requireFloat32(String tensor) throws IOException {
    require(JsonToken.VALUE_STRING, "a dtype in quotes", tensor);
    if (!parser.getText().equals("F32")) {
      throw fault(
          "dtype F32",
          Quoted.of(parser.getText()),
          tensor,
          "convert it where the file is made, in PyTorch with tensor.float()");
    }
  }

  /** An array of whole numbers that are not negative. */
  private List<Long> numbers(String what, String tensor) throws IOException {
    require(JsonToken.START_ARRAY, what + " as an array", tensor);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean fits =
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() >= 0;
      if (!fits) {
        throw fault(
            what + " of whole numbers from 0 to 2^63 - 1", description(), tensor, MAKE_AGAIN);
      }
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private List<Integer> sizes(List<Long> shape, String tensor) {
    if (shape.isEmpty() || shape.size() > 2) {
      throw fault(
          "a shape of one or two sizes",
          shape.isEmpty() ? "a scalar, shape []" : "a shape of " + shape.size() + " sizes",
          tensor,
          "it is no weight of a recurrent network or its head; leave it out of the file");
    }
    long values = 1;
    for (long size : shape) {
      if (size < 1 || size > MOST_VALUES / values) {
        throw fault(
            "sizes of at least 1, and at most " + MOST_VALUES + " values in all",
            "shape " + shape,
            tensor,
            size < 1 ? "leave the empty tensor out of the file" : MAKE_AGAIN);
      }
      values *= size;
    }
    return shape.stream().map(Long::intValue).toList();
  }

  /** Every byte of the data belongs to one tensor: nothing can hide in between, or lie twice. */
  private void requireContiguous(List<SafetensorsHeader.Entry> entries) {
    long end = 0;
    String before = "the data begin";
    for (SafetensorsHeader.Entry entry : entries) {
      if (entry.begin() != end) {
        String by = entry.begin() > end ? "a gap of " : "an overlap of ";
        throw new SafetensorsException(
            "data_offsets from " + end + ", where " + before,
            entry.begin() + ", " + by + Math.abs(entry.begin() - end) + " bytes",
            file + ", tensor " + Quoted.of(entry.name()),
            MAKE_AGAIN);
      }
      end = entry.end();
      before = "the data of " + Quoted.of(entry.name()) + " end";
    }
  }

  private String newKey(Set<String> seen, @Nullable String tensor) throws IOException {
    String key = encodable(parser.currentName(), tensor);
    if (!seen.add(key)) {
      throw fault("each key once", Quoted.of(key) + " again", tensor, MAKE_AGAIN);
    }
    return key;
  }

  /** Half a surrogate pair, which an escape can say, could not be written again. */
  private String encodable(String found, @Nullable String tensor) {
    if (!Quoted.isUnicode(found)) {
      throw fault("text in Unicode", "half a surrogate pair", tensor, MAKE_AGAIN);
    }
    return found;
  }

  private void require(JsonToken token, String expected, String tensor) throws IOException {
    if (parser.currentToken() != token) {
      throw fault(expected, description(), tensor, MAKE_AGAIN);
    }
  }

  private String description() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> Quoted.of(parser.getText());
      default -> Quoted.shortened(parser.getText());
    };
  }

  private SafetensorsException fault(
      String expected, String found, @Nullable String tensor, String action) {
    long at = byteOf(text, parser.currentTokenLocation().getCharOffset());
    String of = tensor == null ? "" : ", tensor " + Quoted.of(tensor);
    return new SafetensorsException(expected, found, file + of + ", byte " + at, action);
  }

  /** Where in the file a character of the header is. */
  private static long byteOf(String text, long character) {
    int end = (int) Math.min(text.length(), character);
    return SafetensorsHeader.LENGTH_BYTES
        + (long) text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
  }
}
