package io.gatecast.core.runtime;

import static io.gatecast.core.fixtures.Messages.assertContains;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.Messages;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Proves that a native build which would kill the JVM is refused with a way out, and that the build
 * which is checked is the one that JavaCPP loads.
 */
class NativeRuntimeTest {
  private static final String LINUX = "linux-x86_64";
  private static final String BINDINGS = "org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu";

  private static final Pattern BUILD = Pattern.compile("/bindings/([^/]+)/[^/]*jnind4jcpu");

  @Test
  void buildForNewerProcessorIsRefusedWithNeededFoundAndRemedy() {
    String message = refused(List.of(LINUX + "-avx2"), LINUX, CpuLevel.BASE);

    assertEquals(
        "ND4J's native library: expected a processor with avx2 for the build linux-x86_64-avx2,"
            + " found one with base; build with -Dgatecast.natives=linux-x86_64",
        message);
  }

  @Test
  void missingBuildIsRefusedWithPlatformAndRemedy() {
    String message = refused(List.of(), LINUX, CpuLevel.AVX2);

    assertContains(message, "expected a build for linux-x86_64");
    assertContains(message, "found none");
    assertContains(message, "-Dgatecast.natives=");
  }

  @Test
  void buildsForOtherPlatformsAreNoBuild() {
    String message =
        refused(List.of("macosx-arm64", "windows-x86_64-avx2"), LINUX, CpuLevel.AVX512);

    assertContains(message, "found [macosx-arm64, windows-x86_64-avx2]");
  }

  @Test
  void platformWhoseNameOnlyBeginsAlikeIsAnother() {
    String message = refused(List.of(LINUX), "linux-x86", CpuLevel.BASE);

    assertContains(message, "expected a build for linux-x86 on");
  }

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, BASE",
    "linux-x86_64, AVX512",
    "linux-x86_64-avx2, AVX2",
    "linux-x86_64-avx2, AVX512",
    "linux-x86_64-avx512, AVX512",
    "linux-x86_64-onednn, BASE"
  })
  void buildThatTheProcessorCanRunPasses(String natives, CpuLevel cpu) {
    assertEquals(natives, NativeRuntime.check(List.of(natives), LINUX, cpu));
  }

  @Test
  void ofSeveralBuildsTheOneTriedFirstIsChecked() {
    List<String> both = List.of(LINUX + "-avx2", LINUX);

    assertEquals(LINUX + "-avx2", NativeRuntime.check(both, LINUX, CpuLevel.AVX2));
    assertContains(refused(both, LINUX, CpuLevel.BASE), "build linux-x86_64-avx2");
  }

  @Test
  void thisMachineCanRunTheBuildOnTheClasspath() {
    assertDoesNotThrow(NativeRuntime::require);
  }

  @Test
  void descriptionNamesTheBuildThatIsLoaded() throws ClassNotFoundException {
    NativeRuntime.Description description = NativeRuntime.describe();

    assertTrue(NativeRuntime.onClasspath().contains(description.natives()), description::toString);
    Path loaded = Path.of(Loader.load(Class.forName(BINDINGS)));
    assertEquals(description.natives(), loaded.getName(loaded.getNameCount() - 2).toString());
    assertEquals(CpuLevel.detect(), description.cpu());
    assertEquals("CpuBackend", description.backend());
    assertEquals("OPENBLAS", description.blasVendor());
    assertEquals(1, description.blasThreads());
    assertEquals(Runtime.getRuntime().maxMemory(), description.maxHeapBytes());
    assertEquals(2L << 30, description.maxOffHeapBytes());
  }

  @Test
  void buildsAreTriedInTheOrderOfJavaCpp(@TempDir Path classpath)
      throws IOException, ClassNotFoundException {
    String folder = BINDINGS.substring(0, BINDINGS.lastIndexOf('.')).replace('.', '/');
    List<String> builds = new ArrayList<>();
    for (String extension : NativeRuntime.EXTENSIONS) {
      String build = NativeRuntime.platform() + extension;
      builds.add(build);
      Path directory = Files.createDirectories(classpath.resolve(folder).resolve(build));
      Files.createFile(directory.resolve(System.mapLibraryName("jnind4jcpu")));
    }

    assertEquals(builds, triedByJavaCpp(classpath));
  }

  /** The builds in a folder, in the order in which JavaCPP would load them; it loads none. */
  private static List<String> triedByJavaCpp(Path classpath)
      throws IOException, ClassNotFoundException {
    URL[] urls = {
      classpath.toUri().toURL(),
      Class.forName(BINDINGS, false, NativeRuntimeTest.class.getClassLoader())
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
    };
    try (URLClassLoader loader = new BindingsOfItsOwn(urls)) {
      Class<?> bindings = Class.forName(BINDINGS, false, loader);
      List<String> tried = new ArrayList<>();
      for (URL library :
          Loader.findLibrary(
              bindings,
              Loader.loadProperties(bindings, Loader.loadProperties(), true),
              "jnind4jcpu")) {
        // Of the machine's own build there are two: the real one and the empty one.
        Matcher build = BUILD.matcher(library.toString());
        if (build.find() && !tried.contains(build.group(1))) {
          tried.add(build.group(1));
        }
      }
      return Collections.unmodifiableList(tried);
    }
  }

  @Test
  void threadsOfTheProcessAreThoseAskedFor() {
    int before = Nd4j.factory().blas().getMaxThreads();
    try {
      NativeRuntime.useThreads(2);
      assertEquals(2, Nd4j.factory().blas().getMaxThreads());
      NativeRuntime.useThreads(1);
      assertEquals(1, Nd4j.factory().blas().getMaxThreads());
      assertEquals(1, NativeRuntime.describe().blasThreads());
    } finally {
      NativeRuntime.useThreads(before);
    }
    assertEquals(
        "threads: expected at least 1, found 0",
        Messages.of(IllegalArgumentException.class, () -> NativeRuntime.useThreads(0)));
  }

  /** Loads the bindings itself, so that JavaCPP looks for libraries in its class path. */
  private static final class BindingsOfItsOwn extends URLClassLoader {
    BindingsOfItsOwn(URL[] urls) {
      super(urls, NativeRuntimeTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(BINDINGS)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  private static String refused(List<String> found, String platform, CpuLevel cpu) {
    return Messages.of(
        NativeUnavailableException.class, () -> NativeRuntime.check(found, platform, cpu));
  }
}
