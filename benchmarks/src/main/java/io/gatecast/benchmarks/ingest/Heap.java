package io.gatecast.benchmarks.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The heap that ours takes from files to windows: the smallest {@code -Xmx} with which it succeeds
 * in a JVM of its own, less the smallest for the first rows of the same files, which is what the
 * program itself takes.
 *
 * @param bytes the difference
 * @param base the smallest for a few rows
 */
public record Heap(long bytes, long base) {
  private static final int FEW_ROWS = 10;
  private static final int MIB = 1 << 20;
  private static final int OUT_OF_MEMORY = 3;

  /** A collector that hardly gets anywhere has too little, too. */
  private static final long MOST_SECONDS = 120;

  /** Those of the launcher that matter to the heap. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xshare:auto",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8");

  /**
   * Measures.
   *
   * @param work what is read
   * @param folder of the real series, where there is one
   * @param most mebibytes that are enough
   * @return what it takes
   * @throws IOException if files cannot be shortened
   */
  public static Heap of(IngestWork work, Optional<Path> folder, int most) throws IOException {
    Path few = Files.createTempDirectory("gatecast-few-rows");
    try {
      for (Path file : work.files()) {
        shorten(work, file, few.resolve(file.getFileName()));
      }
      String data = folder.map(Path::toString).orElse("");
      long base = LeastHeap.find(heap -> run(heap, work.name(), data, few.toString()), most);
      long all = LeastHeap.find(heap -> run(heap, work.name(), data, ""), most);
      return new Heap((all - base) * MIB, base * MIB);
    } finally {
      try (Stream<Path> files = Files.walk(few)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void shorten(IngestWork work, Path from, Path to) throws IOException {
    try (Stream<String> lines = Files.lines(from, work.csv().encoding())) {
      Files.write(to, lines.limit(1 + FEW_ROWS).toList(), work.csv().encoding());
    }
  }

  private static boolean run(int mebibytes, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.add("-Xmx" + mebibytes + "m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(HeapRun.class.getName());
    command.addAll(List.of(arguments));
    try {
      Path said = Files.createTempFile("gatecast-heap", ".log");
      try {
        return succeeds(command, said);
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a run was waited for", e);
    }
  }

  private static boolean succeeds(List<String> command, Path said)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return false;
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    boolean outOfMemory =
        process.exitValue() == OUT_OF_MEMORY
            || text.contains("OutOfMemoryError")
            || text.contains("Too small maximum heap");
    if (process.exitValue() != 0 && !outOfMemory) {
      throw new IllegalStateException(command + ": expected 0 or 3, found " + text);
    }
    return process.exitValue() == 0;
  }
}
