package io.gatecast.forecasting.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.forecasting.data.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the hash on the standard's own examples, and that text, bytes and files agree. */
class Sha256Test {
  @Test
  void knowsTheExamplesOfFips180() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.of("abc"));
    assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Sha256.of(""));
  }

  @Test
  void hashesAFileOfAnyLengthAsItsBytes(@TempDir Path folder) throws IOException {
    for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 200_000}) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      Path file = Fixtures.bytes(folder, "file", bytes);
      assertEquals(Sha256.of(bytes), Sha256.of(file));
    }
    assertThrows(IOException.class, () -> Sha256.of(folder.resolve("missing")));
  }
}
