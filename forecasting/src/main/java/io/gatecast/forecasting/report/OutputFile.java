package io.gatecast.forecasting.report;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes one file whole or not at all: under a temporary name beside its own, then renamed. It
 * makes no folders.
 */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Asks whether a file could be written there, before the work of making its content.
   *
   * @param path of the file
   * @throws JobFault with exit code {@link ExitCode#OUTPUT} if it has no folder, or is one
   */
  public static void require(Path path) {
    folderOf(path.toAbsolutePath().normalize());
  }

  private static Path folderOf(Path file) {
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw fault(file, "a file's path to write to", "a folder", "name a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw fault(
          file, "a folder to write to", "no folder " + folder, "make it first, or change the path");
    }
    return folder;
  }

  /**
   * Writes text in UTF-8, and replaces a file that is there.
   *
   * @param path of the file
   * @param text its whole content
   * @throws JobFault with exit code {@link ExitCode#OUTPUT} if it cannot be written, or is a folder
   */
  public static void write(Path path, String text) {
    write(path, text, true);
  }

  /**
   * Writes text in UTF-8.
   *
   * @param path of the file
   * @param text its whole content
   * @param replace whether a file that is there is replaced
   * @throws JobFault with exit code {@link ExitCode#OUTPUT} if it cannot be written, is a folder,
   *     or is there and must stay
   */
  public static void write(Path path, String text, boolean replace) {
    Path file = path.toAbsolutePath().normalize();
    Path folder = folderOf(file);
    requireFree(file, replace);
    try {
      Path temporary = Files.createTempFile(folder, ".gatecast-", ".tmp");
      try {
        Files.delete(temporary); // it is nobody's but ours: with usual permissions, not with secret
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        requireFree(file, replace);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw fault(
              file,
              "a file that can be written",
              e.getClass().getSimpleName() + ": " + e.getMessage(),
              "check permissions and free space, or change the path")
          .because(e);
    }
  }

  private static void requireFree(Path file, boolean replace) {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw fault(
              file,
              "no file of this name",
              "one that is there",
              "choose another name, or replace it with --force")
          .because(new FileAlreadyExistsException(file.toString()));
    }
  }

  private static JobFault fault(Path file, String expected, String found, String action) {
    return new JobFault(ExitCode.OUTPUT, expected, found, file.toString(), action);
  }
}
