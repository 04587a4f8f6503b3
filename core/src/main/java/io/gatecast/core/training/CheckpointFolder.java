package io.gatecast.core.training;

import io.gatecast.core.interop.Safetensors;
import io.gatecast.core.interop.SafetensorsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training's checkpoints on disk: a file {@code step-<steps>.safetensors} for each, of which the
 * newest two are kept. A file appears whole or not at all, and is read only if its SHA-256 is
 * right. One training at a time may use a folder.
 */
final class CheckpointFolder {
  private static final int KEPT = 2;
  private static final String NAME = "step-[0-9]{12}\\.safetensors";
  private static final String STAGING = "\\." + NAME + "\\..*";

  private final Path folder;

  /** A folder; it is made when something is first written. */
  CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a checkpoint, then removes those that are no longer kept and what a killed process left.
   *
   * @throws UncheckedIOException if it cannot be written; older ones are still there
   */
  void write(Checkpoint checkpoint) {
    try {
      Files.createDirectories(folder);
      checkpoint
          .encoded()
          .write(
              folder.resolve(
                  String.format(Locale.ROOT, "step-%012d.safetensors", checkpoint.steps())));
      List<Path> files = files(NAME);
      for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
        Files.deleteIfExists(old);
      }
      for (Path left : files(STAGING)) {
        Files.deleteIfExists(left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot write a checkpoint", e);
    }
  }

  /**
   * The newest checkpoint.
   *
   * @param identity of the training that is to go on
   * @return it, or nothing where there is none
   * @throws CheckpointException if the newest is damaged or of another training; it is left there
   * @throws UncheckedIOException if it cannot be read
   */
  Optional<Checkpoint> newest(RunIdentity identity) {
    try {
      List<Path> files = Files.isDirectory(folder) ? files(NAME) : List.of();
      if (files.isEmpty()) {
        return Optional.empty();
      }
      Path file = files.get(0);
      String remedy =
          "delete the file; training then "
              + (files.size() > 1 ? "goes on from " + files.get(1).getFileName() : "starts anew");
      return Optional.of(Checkpoint.decoded(read(file, remedy), identity, file.toString(), remedy));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot read a checkpoint", e);
    }
  }

  private static Safetensors read(Path file, String remedy) throws IOException {
    try {
      return Safetensors.read(file);
    } catch (SafetensorsException e) {
      CheckpointException refused =
          new CheckpointException(e.expected(), e.found(), e.where(), remedy);
      refused.initCause(e);
      throw refused;
    }
  }

  /** Newest first. */
  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(name))
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
  }
}
