package io.gatecast.core.runtime;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's native library: which build is on the classpath, whether this processor can run it, and
 * what it says of itself. The check comes before the library is loaded, because a build for a newer
 * processor kills the whole JVM.
 */
public final class NativeRuntime {
  private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";
  private static final String CUDA_BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");

  /** Nd4jCpuPresets' extensions as JavaCPP tries them: the last named first, the plain one last. */
  static final List<String> EXTENSIONS =
      List.of(
          "-compat",
          "-avx512",
          "-avx2",
          "-vednn-avx2",
          "-vednn-avx512",
          "-vednn",
          "-onednn-avx2",
          "-onednn-avx512",
          "-onednn",
          "");

  private NativeRuntime() {}

  /**
   * What runs underneath.
   *
   * @param natives the build, such as {@code linux-x86_64-avx2}
   * @param cpu the processor's level
   * @param backend ND4J's backend class
   * @param blasVendor ND4J's BLAS
   * @param blasThreads threads that native code may use
   * @param maxHeapBytes most heap
   * @param maxOffHeapBytes most off-heap memory
   */
  public record Description(
      String natives,
      CpuLevel cpu,
      String backend,
      String blasVendor,
      int blasThreads,
      long maxHeapBytes,
      long maxOffHeapBytes) {}

  /**
   * Checks that this machine can run the build on the classpath.
   *
   * @throws NativeUnavailableException if there is none, or it needs a newer processor
   */
  public static void require() {
    check(onClasspath(), platform(), CpuLevel.detect());
  }

  /** The check itself, on given facts; gives the build that will be loaded. */
  static String check(List<String> found, String platform, CpuLevel cpu) {
    // JavaCPP tries the extensions first, the plain build last: the first found is loaded.
    String natives =
        found.stream()
            .filter(name -> name.equals(platform) || name.startsWith(platform + "-"))
            .findFirst()
            .orElseThrow(
                () ->
                    new NativeUnavailableException(
                        "a build for " + platform + " on the classpath",
                        found.isEmpty() ? "none" : found.toString(),
                        "build with -Dgatecast.natives=<one of ND4J's classifiers for "
                            + platform
                            + ">"));
    CpuLevel needed = CpuLevel.neededBy(natives);
    if (cpu.compareTo(needed) < 0) {
      throw new NativeUnavailableException(
          "a processor with " + needed + " for the build " + natives,
          "one with " + cpu,
          "build with -Dgatecast.natives=" + platform);
    }
    return natives;
  }

  /** Loads the library and asks it. */
  public static Description describe() {
    String natives = check(onClasspath(), platform(), CpuLevel.detect());
    return new Description(
        natives,
        CpuLevel.detect(),
        Nd4j.getBackend().getClass().getSimpleName(),
        String.valueOf(
            Nd4j.getExecutioner().getEnvironmentInformation().getProperty("blas.vendor")),
        Nd4j.getEnvironment().maxThreads(),
        Runtime.getRuntime().maxMemory(),
        org.bytedeco.javacpp.Pointer.maxBytes());
  }

  /**
   * Sets the threads that ND4J's own loops and its BLAS use, in the whole process. One is best for
   * networks of some hundred units, and for a process that runs several: more slow them down by 3
   * to 8 times. The environment variable {@code OMP_NUM_THREADS} does the same before the JVM
   * starts; ND4J's loops never take more than it says. It is of no matter to the kernel on the
   * Vector API, which has threads of its own.
   *
   * @param threads at least 1
   * @throws IllegalArgumentException if fewer
   */
  public static void useThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  /**
   * Whether ND4J's arrays lie in the host's memory, where Java can read them by address. Loads
   * ND4J's backend only if there is a choice.
   *
   * @return true on the CPU's backend, false on CUDA's
   */
  public static boolean hasArraysOnHost() {
    return Nd4j.class.getClassLoader().getResource(CUDA_BACKEND) == null
        || Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
  }

  /** The builds on the classpath, in the order in which they would be tried. */
  static List<String> onClasspath() {
    List<String> found = new ArrayList<>();
    for (String platform : PLATFORMS) {
      for (String extension : EXTENSIONS) {
        if (present(BINDINGS + platform + extension + "/")) {
          found.add(platform + extension);
        }
      }
    }
    return Collections.unmodifiableList(found);
  }

  private static boolean present(String folder) {
    ClassLoader loader = Nd4j.class.getClassLoader();
    for (String library : List.of("libjnind4jcpu.so", "libjnind4jcpu.dylib", "jnind4jcpu.dll")) {
      URL url = loader.getResource(folder + library);
      if (url != null) {
        return true;
      }
    }
    return false;
  }

  /** JavaCPP's name of the platform under us; this asks Java only, and loads nothing. */
  static String platform() {
    return org.bytedeco.javacpp.Loader.Detector.getPlatform();
  }
}
