package io.gatecast.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

/** That what is held is seen. */
class FootprintTest {
  private static final int MIB = 1 << 20;

  @Test
  void whatIsHeldIsSeen() {
    Footprint before = Footprint.now();
    byte[] onHeap = new byte[64 * MIB];
    try (FloatPointer offHeap = new FloatPointer(8 * MIB)) {
      Footprint held = Footprint.now();
      onHeap[0] = 1;
      assertTrue(held.heapBytes() >= before.heapBytes() + 60L * MIB, held::toString);
      assertTrue(held.nativeBytes() >= before.nativeBytes() + 30L * MIB, held::toString);
      assertTrue(held.residentBytes() > held.heapBytes() / 2, held::toString);
      assertTrue(offHeap.capacity() > 0);
    }
  }

  @Test
  void residentMemoryIsReadFromLinux() {
    assertEquals(
        1234 * 1024, Footprint.resident(List.of("VmHWM:\t 9999 kB", "VmRSS:\t    1234 kB")));
    assertThrows(IllegalStateException.class, () -> Footprint.resident(List.of("VmHWM: 1 kB")));
  }
}
