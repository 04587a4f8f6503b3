package io.gatecast.core.interop;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static io.gatecast.core.interop.SafetensorsFiles.read;
import static io.gatecast.core.interop.SafetensorsFiles.written;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.RandomWeights;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that what is written is the format, comes back bit for bit whatever the names, and is on
 * disk as a whole or not at all.
 */
class SafetensorsTest {
  private static final List<String> PARTS_OF_NAMES =
      List.of(
          "a", "Z", ".", "0", " ", "\"", "\\", "/", "{", "\n", "\t", "\u0000", "\u001f", "\u007f",
          "ß", "温", "\u2028", "\uffff", "😀", "𝔘", "é");
  private static final int[] SIZES = {1, 2, 3, 13, 207};

  @Test
  void bytesAreThoseOfTheFormat() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    tensors.put("b", WeightTensor.of(new float[] {1, -2, 0.5f}, 3));
    tensors.put("a", WeightTensor.of(new float[] {3}, 1, 1));

    byte[] file = written(new Safetensors(tensors, Map.of("by", "hand \"made\"")));

    String header =
        "{\"__metadata__\":{\"by\":\"hand \\\"made\\\"\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[4,16]}}";
    byte[] expected = SafetensorsFiles.of(header + " ".repeat(-header.length() & 7), 16);
    byte[] data = {0, 0, 64, 64, 0, 0, -128, 63, 0, 0, 0, -64, 0, 0, 0, 63};
    System.arraycopy(data, 0, expected, expected.length - data.length, data.length);
    assertArrayEquals(expected, file);
  }

  @Test
  void emptyMapIsAnEmptyObject() {
    Safetensors empty = Safetensors.of(Map.of());

    byte[] file = written(empty);

    assertArrayEquals(SafetensorsFiles.of("{}      ", 0), file);
    assertEquals(empty, read(file));
  }

  @Test
  void randomContentComesBackBitForBit() {
    Random random = new Random(11);
    for (int trial = 0; trial < 300; trial++) {
      Map<String, WeightTensor> tensors = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      for (int count = random.nextInt(6); count > 0; count--) {
        tensors.put(text(random), tensor(random));
        metadata.put(text(random), text(random));
      }
      Safetensors content = new Safetensors(tensors, metadata);

      byte[] file = written(content);
      Safetensors found = read(file);

      assertEquals(tensors, found.tensors());
      assertEquals(metadata, found.metadata());
      assertArrayEquals(file, written(found));
    }
  }

  @Test
  void everyBitPatternOfAFloatComesBack() {
    int[] bits = {0, 1 << 31, 1, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7fc12345};
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }

    Safetensors found =
        read(written(Safetensors.of(Map.of("t", WeightTensor.of(values, bits.length)))));

    float[] back = found.tensors().values().iterator().next().values();
    for (int i = 0; i < bits.length; i++) {
      assertEquals(bits[i], Float.floatToRawIntBits(back[i]));
    }
  }

  @Test
  void orderOfTheMapDoesNotMatter() {
    WeightTensor tensor = WeightTensor.of(new float[] {1}, 1);
    List<String> names = List.of("", "a", "a.", "b", "\uffff", "😀"); // by UTF-8, not by UTF-16
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    Map<String, WeightTensor> reversed = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      tensors.put(names.get(i), tensor);
      reversed.put(names.get(names.size() - 1 - i), tensor);
    }

    assertArrayEquals(written(Safetensors.of(tensors)), written(Safetensors.of(reversed)));
    assertEquals(names, List.copyOf(Safetensors.of(reversed).tensors().keySet()));
  }

  @Test
  void orderInTheFileDoesNotMatter() {
    String header =
        "{\"b\":{\"shape\":[1],\"data_offsets\":[4,8],\"dtype\":\"F32\"},\"__metadata__\":{},"
            + "\"a\":{\"data_offsets\":[0,4],\"dtype\":\"F32\",\"shape\":[1]}}";
    byte[] file = SafetensorsFiles.of(header, 8);
    file[file.length - 1] = 64; // of b

    Safetensors found = read(file);

    assertEquals(
        Map.of("a", WeightTensor.of(new float[] {0}, 1), "b", WeightTensor.of(new float[] {2}, 1)),
        found.tensors());
  }

  @Test
  void weightsOfANetworkComeBackFromDisk(@TempDir Path folder) throws IOException {
    NetworkSpec spec =
        NetworkSpec.uniform(
            new CellSpec.Gru(CellSpec.Reset.AFTER), 13, 207, 2, 1, 0.5, new Loss.Squared());
    NamedWeights weights = RandomWeights.of(spec, 3);
    Path file = folder.resolve("weights.safetensors");

    Safetensors.of(weights.tensors()).write(file);

    assertEquals(weights, NamedWeights.of(spec, Safetensors.read(file).tensors()));
    assertEquals(List.of(file), files(folder));
  }

  @Test
  void fileIsReplacedAsAWhole(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Files.writeString(file, "something longer than what replaces it".repeat(9));
    Safetensors content = Safetensors.of(Map.of("t", WeightTensor.of(new float[] {1}, 1)));

    content.write(file);

    assertArrayEquals(written(content), Files.readAllBytes(file));
    assertEquals(List.of(file), files(folder));
  }

  @Test
  void whatFailsHalfWayLeavesTheOldFileAndNothingElse(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Files.writeString(file, "old");

    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                stream -> {
                  stream.write(new byte[100_000]);
                  throw new IOException("the disk is full");
                }));

    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files(folder));
  }

  @Test
  void callersStreamsStayOpen() throws IOException {
    Safetensors content = Safetensors.of(Map.of());
    boolean[] closed = new boolean[1];
    try (OutputStream stream = OutputStream.nullOutputStream()) {
      content.write(stream);
      stream.write(1); // a closed one would throw
    }
    ByteArrayInputStream bytes =
        new ByteArrayInputStream(written(content)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    Safetensors.read(bytes, "w");

    assertEquals(false, closed[0]);
  }

  @Test
  void mapsAreCopiedInAndReadOnlyOut() {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    Safetensors content = Safetensors.of(tensors);
    tensors.put("t", WeightTensor.of(new float[] {1}, 1));

    assertEquals(Map.of(), content.tensors());
    assertThrows(UnsupportedOperationException.class, content.tensors()::clear);
    assertThrows(UnsupportedOperationException.class, content.metadata()::clear);
  }

  @Test
  void whatTheFormatCannotSayIsRefused() {
    WeightTensor tensor = WeightTensor.of(new float[] {1}, 1);
    Safetensors large = new Safetensors(Map.of(), Map.of("text", "x".repeat(8 << 20)));

    assertContains(refused(() -> Safetensors.of(Map.of("__metadata__", tensor))), "rename it");
    assertContains(
        refused(() -> Safetensors.of(Map.of("a\ud83d", tensor))),
        "name: expected Unicode, found half a surrogate pair");
    assertContains(
        refused(() -> new Safetensors(Map.of(), Map.of("key", "\ude00"))), "metadata \"key\"");
    assertContains(refused(() -> written(large)), "header: expected at most 8388608 bytes");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String refused(Runnable code) {
    return Messages.of(IllegalArgumentException.class, code::run);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append(PARTS_OF_NAMES.get(random.nextInt(PARTS_OF_NAMES.size())));
    }
    return text.toString();
  }

  private static WeightTensor tensor(Random random) {
    int rows = SIZES[random.nextInt(SIZES.length)];
    int columns = SIZES[random.nextInt(SIZES.length)];
    boolean vector = random.nextBoolean();
    float[] values = new float[vector ? rows : rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return vector ? WeightTensor.of(values, rows) : WeightTensor.of(values, rows, columns);
  }
}
