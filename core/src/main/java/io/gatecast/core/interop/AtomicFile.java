package io.gatecast.core.interop;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that its name shows the old content or all of the new, whenever the machine
 * stops; a process that is killed may leave a hidden file of the name and a UUID beside it. It
 * makes no folders, and does not hold two writers apart: the last one stays.
 */
final class AtomicFile {
  private AtomicFile() {}

  /** What is to be in the file. */
  interface Content {
    void writeTo(OutputStream stream) throws IOException;
  }

  /** Writes under a temporary name in the same folder, forces to disk, and renames. */
  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path staging = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(staging, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
        content.writeTo(stream);
        stream.flush();
        channel.force(true);
      }
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
      forceNames(target.resolveSibling("."));
    } finally {
      Files.deleteIfExists(staging); // after a failure; renamed, it is no longer there
    }
  }

  /** Names in a folder last once the folder is forced; Windows has no such call. */
  private static void forceNames(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
