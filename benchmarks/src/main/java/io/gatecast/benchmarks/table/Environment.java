package io.gatecast.benchmarks.table;

import ai.djl.pytorch.engine.PtEngine;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Where and with what a table was measured. */
public final class Environment {
  private static final String UNKNOWN = "unknown";

  private Environment() {}

  /**
   * Asks the machine, the JVM, the classpath and git. What cannot be found out is "unknown".
   *
   * @return text by name
   */
  public static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("revision", revision());
    facts.put("cpu", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    facts.put("load_before", load < 0 ? UNKNOWN : Double.toString(load));
    facts.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    facts.put("jdk", property("java.vm.name") + " " + property("java.vm.version"));
    facts.put("pytorch", pyTorch());
    facts.put("djl", jar(PtEngine.class));
    facts.put("onnxruntime", jar(OrtEnvironment.class));
    facts.put("dl4j", jar(MultiLayerNetwork.class));
    facts.put("openblas", jar(openblas.class));
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, UNKNOWN);
  }

  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    if (Files.isReadable(file)) {
      try (Stream<String> lines = Files.lines(file)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElse(UNKNOWN);
      } catch (IOException e) {
        return UNKNOWN;
      }
    }
    return UNKNOWN;
  }

  /** The jar that a class comes from, whose name has the version. */
  private static String jar(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return UNKNOWN;
    }
    Path file = Path.of(URI.create(source.getLocation().toString())).getFileName();
    return file == null ? UNKNOWN : file.toString().replaceFirst("\\.jar$", "");
  }

  private static String pyTorch() {
    try (InputStream file =
        Environment.class.getClassLoader().getResourceAsStream("native/lib/pytorch.properties")) {
      if (file == null) {
        return "none";
      }
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String revision() {
    String revision = git("rev-parse", "--short=12", "HEAD");
    if (revision.isEmpty()) {
      return UNKNOWN;
    }
    return git("status", "--porcelain", "--untracked-files=no").isEmpty()
        ? revision
        : revision + " with changes";
  }

  private static String git(String... arguments) {
    try {
      Process process =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.trim() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("git: interrupted", e);
    }
  }
}
