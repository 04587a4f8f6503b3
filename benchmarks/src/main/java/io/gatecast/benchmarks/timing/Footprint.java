package io.gatecast.benchmarks.timing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.memory.AllocationsTracker;
import org.nd4j.linalg.api.memory.enums.AllocationKind;

/**
 * What the process holds at one moment.
 *
 * @param heapBytes live on the heap, after a collection
 * @param nativeBytes off the heap: what JavaCPP has allocated, and what ND4J counts of its own,
 *     which are workspaces and constants; its other arrays are in {@code residentBytes} alone
 * @param residentBytes the process' resident memory, the JVM's own, free heap and loaded libraries
 *     included
 */
public record Footprint(long heapBytes, long nativeBytes, long residentBytes) {
  private static final int COLLECTIONS = 3;
  private static final int DEVICE = 0;
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Collects, until what waits for a collection to be freed has been freed too, and measures. */
  public static Footprint now() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("memory: interrupted between two collections", e);
      }
    }
    long nativeBytes = Pointer.totalBytes();
    for (AllocationKind kind : AllocationKind.values()) {
      nativeBytes += AllocationsTracker.getInstance().bytesOnDevice(kind, DEVICE);
    }
    return new Footprint(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        nativeBytes,
        resident());
  }

  private static long resident() {
    if (!Files.isReadable(STATUS)) {
      return Pointer.physicalBytes(); // not Linux
    }
    try {
      return resident(Files.readAllLines(STATUS));
    } catch (IOException e) {
      throw new UncheckedIOException(STATUS + ": " + e.getMessage(), e);
    }
  }

  /** From Linux' own words, such as {@code VmRSS: 1234 kB}. */
  static long resident(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(STATUS + ": expected a line VmRSS, found none"));
  }
}
