package io.gatecast.benchmarks.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of ours in a JVM of its own, which {@link Heap} starts: it ends with 0 if the heap was
 * enough; the JVM itself ends it with 3 if not.
 */
final class HeapRun {
  private HeapRun() {}

  /**
   * Runs.
   *
   * @param args name of the work, folder of the series or nothing, and the folder of shortened
   *     files or nothing
   * @throws java.io.IOException if the folder of shortened files cannot be listed
   */
  public static void main(String[] args) throws java.io.IOException {
    Optional<Path> data = args[1].isEmpty() ? Optional.empty() : Optional.of(Path.of(args[1]));
    IngestWork work =
        IngestWork.found(Path.of(""), data).stream()
            .filter(one -> one.name().equals(args[0]))
            .findFirst()
            .orElseThrow();
    if (!args[2].isEmpty()) {
      try (Stream<Path> files = Files.list(Path.of(args[2]))) {
        List<Path> sorted = files.sorted().toList();
        work = work.over(sorted).untransformed();
      }
    }
    EndToEnd laid = EndToEnd.run(work);
    System.out.println(laid.windows() + " windows");
  }
}
