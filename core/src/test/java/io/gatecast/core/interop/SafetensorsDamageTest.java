package io.gatecast.core.interop;

import static io.gatecast.core.interop.SafetensorsFiles.damage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.weights.WeightTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Proves that a file that is cut, too long or something else is refused with what was expected,
 * what was found, where, and what to do; and that no bytes whatever do anything else. What a header
 * may not say: {@link SafetensorsHeaderReaderTest}.
 */
class SafetensorsDamageTest {
  private static final String NO_FILE = "check that it is a safetensors file, or fetch it again";
  private static final String CUT_SHORT = "the file is cut short; fetch or write it again";

  /** What is wrong, the file, and what reading it must say. */
  static List<Arguments> damages() {
    List<Arguments> all = new ArrayList<>();
    byte[] good = good();
    String length = "the header's length in 8 bytes";
    all.add(damage("empty file", new byte[0], length, "a file of 0", "byte 0", NO_FILE));
    all.add(damage("seven bytes", new byte[7], length, "a file of 7", "byte 0", NO_FILE));
    String limit = "a header of at most 8388608 bytes";
    byte[] zip = "PK\3\4archive".getBytes(StandardCharsets.US_ASCII);
    all.add(damage("zip", zip, limit, "the length 7521981563643579216", "byte 0", NO_FILE));
    byte[] unsigned = new byte[16];
    Arrays.fill(unsigned, 0, 8, (byte) 0xff);
    all.add(
        damage(
            "length with the sign bit",
            unsigned,
            limit,
            "the length 18446744073709551615",
            "byte 0",
            NO_FILE));
    byte[] large = {1, 0, (byte) 0x80, 0, 0, 0, 0, 0, '{', '}'};
    all.add(
        damage("length above the limit", large, limit, "the length 8388609", "byte 0", NO_FILE));
    String object = "a JSON object after the header's length";
    all.add(
        damage(
            "header of no bytes", new byte[8], object, "a header of no bytes", "byte 8", NO_FILE));
    int header = good.length - 16;
    all.add(
        damage(
            "header cut short",
            Arrays.copyOf(good, 20),
            "a header of " + header + " bytes",
            "the file's end after 12",
            "byte 8",
            CUT_SHORT));
    all.add(
        damage(
            "data cut short",
            Arrays.copyOf(good, good.length - 1),
            "8 bytes of data",
            "the file's end after 7",
            "tensor \"a\", byte " + (good.length - 8),
            CUT_SHORT));
    all.add(
        damage(
            "trailing byte",
            Arrays.copyOf(good, good.length + 1),
            "the file's end after the last tensor",
            "more",
            "byte " + good.length,
            "the file is damaged or carries something else; fetch or write it again"));
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void damageIsNamed(String what, byte[] file, String message) {
    String found = Messages.of(SafetensorsException.class, () -> SafetensorsFiles.read(file));

    assertEquals(message, found, what);
  }

  @Test
  void partsOfTheMessageCanBeAskedFor() {
    SafetensorsException found =
        assertThrows(SafetensorsException.class, () -> SafetensorsFiles.read(new byte[0]));

    assertEquals("the header's length in 8 bytes", found.expected());
    assertEquals("a file of 0", found.found());
    assertEquals("w, byte 0", found.where());
    assertEquals(NO_FILE, found.action());
  }

  @Test
  void fileOnDiskIsNamedInFull(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(good(), 90));

    String found = Messages.of(SafetensorsException.class, () -> Safetensors.read(file));

    assertTrue(found.contains(file.toString()), found);
    assertThrows(NoSuchFileException.class, () -> Safetensors.read(folder.resolve("none")));
  }

  @Test
  void everyShorterFileIsRefused() {
    byte[] good = good();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);

      assertThrows(SafetensorsException.class, () -> SafetensorsFiles.read(cut));
    }
  }

  @Test
  void changedBytesAreReadOrRefusedAndNothingElse() {
    Random random = new Random(5);
    byte[] good = good();
    int refused = 0;
    for (int trial = 0; trial < 5000; trial++) {
      byte[] changed = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        changed[random.nextInt(good.length)] = (byte) random.nextInt(256);
      }
      try {
        SafetensorsFiles.read(changed);
      } catch (SafetensorsException e) {
        refused++;
      }
    }
    int found = refused;
    assertTrue(found > 2500 && found < 5000, () -> "refused " + found + " of 5000");
  }

  private static byte[] good() {
    return SafetensorsFiles.written(
        new Safetensors(
            Map.of("a", WeightTensor.of(new float[] {1, 2}, 2)), Map.of("key", "text")));
  }
}
