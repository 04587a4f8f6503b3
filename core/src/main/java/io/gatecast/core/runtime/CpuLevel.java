package io.gatecast.core.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The vector instructions that this processor has, as far as ND4J's builds tell them apart. Read
 * from the operating system or the JVM, never by loading native code: it must be known before.
 */
public enum CpuLevel {
  /** What every 64-bit processor of the platform has. */
  BASE,
  /** AVX2 with FMA. */
  AVX2,
  /** AVX-512 F, CD, BW, DQ and VL, with which ND4J builds. */
  AVX512;

  private static final Set<String> AVX512_FLAGS =
      Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The level of the processor under us; {@link #BASE} where nothing tells. */
  public static CpuLevel detect() {
    if (Files.isReadable(CPUINFO)) {
      try {
        return ofCpuinfo(Files.readString(CPUINFO, StandardCharsets.UTF_8));
      } catch (IOException e) {
        return ofJvm(); // a kernel that hides it; the JVM has asked the processor itself
      }
    }
    return ofJvm();
  }

  /**
   * The level that a build for some platform needs.
   *
   * @param natives ND4J's classifier, such as {@code linux-x86_64-avx2}
   * @return the level
   */
  public static CpuLevel neededBy(String natives) {
    if (natives.endsWith("avx512")) {
      return AVX512;
    }
    return natives.endsWith("avx2") ? AVX2 : BASE;
  }

  static CpuLevel ofCpuinfo(String cpuinfo) {
    Set<String> flags =
        cpuinfo
            .lines()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).trim().split(" +", -1))
            .map(words -> Set.copyOf(Arrays.asList(words))) // Set.of would refuse a repeated flag
            .orElse(Set.of());
    if (flags.containsAll(AVX512_FLAGS)) {
      return AVX512;
    }
    return flags.contains("avx2") && flags.contains("fma") ? AVX2 : BASE;
  }

  /** HotSpot sets UseAVX to the highest level that it found, or to what its user asked for. */
  private static CpuLevel ofJvm() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      Object option =
          server.invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "getVMOption",
              new Object[] {"UseAVX"},
              new String[] {String.class.getName()});
      if (option instanceof javax.management.openmbean.CompositeData data
          && data.get("value") instanceof String value) {
        int level = Integer.parseInt(value);
        return level >= 3 ? AVX512 : level == 2 ? AVX2 : BASE;
      }
      return BASE;
    } catch (JMException | RuntimeException e) {
      return BASE; // not HotSpot, or no x86: only base builds exist there
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
