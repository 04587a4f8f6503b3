package io.gatecast.core.interop;

import static io.gatecast.core.interop.SafetensorsFiles.damage;
import static io.gatecast.core.interop.SafetensorsFiles.damagedHeader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a header that is no JSON, is not of the format, or has other tensors than weights is
 * refused with what was expected, what was found, where, and what to do. A ^ in a header is not
 * part of it: it marks the byte that the message names.
 */
class SafetensorsHeaderReaderTest {
  private static final String AGAIN = "the file is damaged; fetch or write it again";
  private static final String NO_FILE = "check that it is a safetensors file, or fetch it again";
  private static final String FORM =
      "{\"dtype\": \"F32\", \"shape\": [..], \"data_offsets\": [begin, end]}";
  private static final String CUT_SHORT = "the file is cut short; fetch or write it again";
  private static final String CONVERT =
      "convert it where the file is made, in PyTorch with tensor.float()";

  /** What is wrong, the file, and what reading it must say. */
  static List<Arguments> damages() {
    List<Arguments> all = new ArrayList<>();
    ofTheJson(all);
    ofAnEntry(all);
    ofAShape(all);
    ofThePlaces(all);
    return all;
  }

  private static void ofTheJson(List<Arguments> all) {
    String object = "a JSON object after the header's length";
    String none = "a header that does not begin with {";
    all.add(damagedHeader("array", "^[]", object, none, "", NO_FILE));
    all.add(damagedHeader("space in front", "^ {}", object, none, "", NO_FILE));
    byte[] overlong = "{\"温__\":1}".getBytes(StandardCharsets.UTF_8);
    overlong[5] = (byte) 0xc0; // begins an overlong form
    all.add(
        damage(
            "no UTF-8",
            SafetensorsFiles.of(overlong, 0),
            "a header in UTF-8",
            "a byte that is not",
            "byte 13",
            AGAIN));
    byte[] half = Arrays.copyOf("{温".getBytes(StandardCharsets.UTF_8), 3);
    all.add(
        damage(
            "half a character at the end",
            SafetensorsFiles.of(half, 0),
            "a header in UTF-8",
            "a byte that is not",
            "byte 9",
            AGAIN));
    all.add(
        damage(
            "UTF-16",
            SafetensorsFiles.of("{}".getBytes(StandardCharsets.UTF_16LE), 0),
            "JSON",
            "Illegal character ((CTRL-CHAR, code 0)): only regular white space (\\r, \\n, \\t) is allowed between tokens",
            "byte 10",
            AGAIN));
    all.add(
        damagedHeader(
            "no JSON",
            "{\"温\" ^1}",
            "JSON",
            "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
            "",
            AGAIN));
    all.add(
        damagedHeader(
            "second object",
            "{}^{}",
            "only spaces after the header's object",
            "an object",
            "",
            AGAIN));
    String twice = "each key once";
    all.add(
        damagedHeader(
            "name twice",
            "{" + entry("a", "F32", "1", "0,4") + ",^" + entry("a", "F32", "1", "4,8") + "}",
            twice,
            "\"a\" again",
            "",
            AGAIN));
    all.add(
        damagedHeader(
            "metadata twice",
            "{\"__metadata__\":{},^\"__metadata__\":{}}",
            twice,
            "\"__metadata__\" again",
            "",
            AGAIN));
    String metadata = "tensor \"__metadata__\"";
    all.add(
        damagedHeader(
            "metadata key twice",
            "{\"__metadata__\":{\"k\":\"\",^\"\\u006b\":\"\"}}",
            twice,
            "\"k\" again",
            metadata,
            AGAIN));
    all.add(
        damagedHeader(
            "metadata no object",
            "{\"__metadata__\":^null}",
            "an object of texts",
            "null",
            metadata,
            AGAIN));
    all.add(
        damagedHeader(
            "metadata no text",
            "{\"__metadata__\":{\"k\":^{}}}",
            "a text for the key \"k\"",
            "an object",
            metadata,
            AGAIN));
    all.add(
        damagedHeader(
            "metadata with half a pair",
            "{\"__metadata__\":{\"k\":^\"\\ude00\"}}",
            "text in Unicode",
            "half a surrogate pair",
            metadata,
            AGAIN));
    all.add(
        damagedHeader(
            "name with half a pair",
            "{^\"\\ud83d\":{}}",
            "text in Unicode",
            "half a surrogate pair",
            "",
            AGAIN));
  }

  private static void ofAnEntry(List<Arguments> all) {
    all.add(damagedHeader("number for an entry", "{\"a\":^5}", FORM, "5", "tensor \"a\"", AGAIN));
    all.add(
        damagedHeader(
            "deep nesting",
            "{\"a\":^" + "[".repeat(100_000) + "}",
            FORM,
            "an array",
            "tensor \"a\"",
            AGAIN));
    all.add(
        damagedHeader(
            "dtype left out",
            "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]^}}",
            FORM,
            "only the keys [shape, data_offsets]",
            "tensor \"a\"",
            AGAIN));
    all.add(
        damagedHeader(
            "shape left out",
            "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]^}}",
            FORM,
            "only the keys [dtype, data_offsets]",
            "tensor \"a\"",
            AGAIN));
    all.add(
        damagedHeader(
            "offsets left out",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]^}}",
            FORM,
            "only the keys [dtype, shape]",
            "tensor \"a\"",
            AGAIN));
    all.add(
        damagedHeader(
            "unknown key",
            "{\"a\":{\"strides\":^[1]}}",
            FORM,
            "the key \"strides\"",
            "tensor \"a\"",
            "remove it"));
    all.add(
        damagedHeader(
            "key twice",
            "{\"a\":{\"dtype\":\"F32\",^\"dtype\":\"F32\"}}",
            "each key once",
            "\"dtype\" again",
            "tensor \"a\"",
            AGAIN));
    all.add(
        damagedHeader(
            "dtype no text",
            "{\"a\":{\"dtype\":^32}}",
            "a dtype in quotes",
            "32",
            "tensor \"a\"",
            AGAIN));
    for (String type : List.of("F64", "F16", "BF16", "I64", "F8_E4M3", "f32")) {
      all.add(
          damagedHeader(
              "dtype " + type,
              "{\"a\":{\"dtype\":^\"" + type + "\"}}",
              "dtype F32",
              "\"" + type + "\"",
              "tensor \"a\"",
              CONVERT));
    }
    all.add(
        damagedHeader(
            "name on two lines",
            "{\"a\\nb\":{\"dtype\":^\"I64\"}}",
            "dtype F32",
            "\"I64\"",
            "tensor \"a\\nb\"",
            CONVERT));
    all.add(
        damagedHeader(
            "long name",
            "{\"" + "n".repeat(100_000) + "\":^1}",
            FORM,
            "1",
            "tensor \"" + "n".repeat(80) + "…\"",
            AGAIN));
  }

  private static void ofAShape(List<Arguments> all) {
    String rank = "a shape of one or two sizes";
    String other = "it is no weight of a recurrent network or its head; leave it out of the file";
    shape(all, "1,2,3^", rank, "a shape of 3 sizes", other);
    shape(all, "^", rank, "a scalar, shape []", other);
    String whole = "shape of whole numbers from 0 to 2^63 - 1";
    shape(all, "^-1", whole, "-1", AGAIN);
    shape(all, "1,^1.0", whole, "1.0", AGAIN);
    shape(all, "^1e2", whole, "1e2", AGAIN);
    shape(all, "^\"1\"", whole, "\"1\"", AGAIN);
    shape(all, "^[1]", whole, "an array", AGAIN);
    shape(all, "^null", whole, "null", AGAIN);
    shape(all, "^9223372036854775808", whole, "9223372036854775808", AGAIN);
    String most = "sizes of at least 1, and at most 536870909 values in all";
    String empty = "leave the empty tensor out of the file";
    shape(all, "0^", most, "shape [0]", empty);
    shape(all, "4,0^", most, "shape [4, 0]", empty);
    shape(all, "536870910^", most, "shape [536870910]", AGAIN);
    shape(all, "65536,65536^", most, "shape [65536, 65536]", AGAIN);
    shape(all, "4294967296,4294967296^", most, "shape [4294967296, 4294967296]", AGAIN);
    all.add(
        damagedHeader(
            "shape no array",
            "{\"a\":{\"shape\":^7}}",
            "shape as an array",
            "7",
            "tensor \"a\"",
            AGAIN));
  }

  private static void ofThePlaces(List<Arguments> all) {
    String pair = "data_offsets [begin, end]";
    offsets(all, "0", pair, "data_offsets [0]");
    offsets(all, "0,4,8", pair, "data_offsets [0, 4, 8]");
    String four = "4 bytes of data for shape [1]";
    offsets(all, "0,8", four, "data_offsets [0, 8], which are 8");
    offsets(all, "4,0", four, "data_offsets [4, 0], which are -4");
    String most = "9223372036854775807";
    offsets(all, most + ",0", four, "data_offsets [" + most + ", 0], which are -" + most);
    String first = "{" + entry("a", "F32", "2", "0,8") + ",";
    String begin = "data_offsets from 0, where the data begin";
    String next = "data_offsets from 8, where the data of \"a\" end";
    all.add(
        damagedHeader(
            "gap in front",
            "{" + entry("a", "F32", "2", "4,12") + "}",
            begin,
            "4, a gap of 4 bytes",
            "tensor \"a\"",
            AGAIN));
    all.add(
        damagedHeader(
            "gap between",
            first + entry("b", "F32", "1", "12,16") + "}",
            next,
            "12, a gap of 4 bytes",
            "tensor \"b\"",
            AGAIN));
    all.add(
        damagedHeader(
            "overlap",
            first + entry("b", "F32", "1", "4,8") + "}",
            next,
            "4, an overlap of 4 bytes",
            "tensor \"b\"",
            AGAIN));
    all.add(
        damagedHeader(
            "same place twice",
            first + entry("b", "F32", "2", "0,8") + "}",
            next,
            "0, an overlap of 8 bytes",
            "tensor \"b\"",
            AGAIN));
    String beyond = first + entry("b", "F32", "500000000", "8,2000000008") + "}";
    all.add(
        damagedHeader(
            "beyond the file",
            beyond,
            "2000000000 bytes of data",
            "the file's end after 56",
            "tensor \"b\", byte " + (8 + beyond.length() + 8),
            CUT_SHORT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void damageIsNamed(String what, byte[] file, String message) {
    String found = Messages.of(SafetensorsException.class, () -> SafetensorsFiles.read(file));

    assertEquals(message, found, what);
  }

  private static String entry(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s]}"
        .formatted(name, type, shape, offsets);
  }

  private static void shape(
      List<Arguments> all, String shape, String expected, String found, String action) {
    String header = "{" + entry("a", "F32", shape, "0,4") + "}";
    all.add(damagedHeader("shape " + shape, header, expected, found, "tensor \"a\"", action));
  }

  private static void offsets(List<Arguments> all, String offsets, String expected, String found) {
    String header = "{" + entry("a", "F32", "1", offsets).replace("}", "^}") + "}";
    all.add(damagedHeader("offsets " + offsets, header, expected, found, "tensor \"a\"", AGAIN));
  }
}
