package io.gatecast.forecasting.registry;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A run's folder before it is complete. Files are forced to disk, then one rename shows them. */
public final class StagedRun implements AutoCloseable {
  private final String run;
  private final Path staging;
  private final Path folder;
  private boolean committed;

  StagedRun(String run, Path staging, Path folder) {
    this.run = run;
    this.staging = staging;
    this.folder = folder;
  }

  /** Identity of the run. */
  public String run() {
    return run;
  }

  /**
   * Where a file will be once the run is committed.
   *
   * @param name of the file
   */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * Writes a file.
   *
   * @param name relative, may name a folder in front
   * @param bytes its whole content
   */
  public void write(String name, byte[] bytes) {
    Path file = staging.resolve(name);
    try {
      Files.createDirectories(file.resolveSibling("."));
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw Home.notWritable(file, e);
    }
  }

  /**
   * Opens a file to write to bit by bit; closing it forces it to disk.
   *
   * @param name of the file
   * @throws io.gatecast.forecasting.JobFault if it cannot be written
   */
  public OutputStream stream(String name) {
    Path file = staging.resolve(name);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new FilterOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel))) {
        @Override
        public void write(byte[] bytes, int from, int length) {
          try {
            out.write(bytes, from, length); // the filter's own writes each byte by itself
          } catch (IOException e) {
            throw Home.notWritable(file, e);
          }
        }

        @Override
        public void close() {
          try {
            if (channel.isOpen()) {
              flush();
              channel.force(true);
            }
            super.close();
          } catch (IOException e) {
            throw Home.notWritable(file, e);
          }
        }
      };
    } catch (IOException e) {
      throw Home.notWritable(file, e);
    }
  }

  /** Shows the folder, whole and lasting. */
  public void commit() {
    try {
      force(staging);
      Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
      committed = true;
      force(folder.resolveSibling("."));
    } catch (IOException e) {
      throw Home.notWritable(folder, e);
    }
  }

  /** Names in a folder last once the folder is forced; Windows has no such call. */
  private static void force(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() {
    if (!committed) {
      try {
        JobStore.delete(staging);
      } catch (IOException e) {
        throw Home.notWritable(staging, e);
      }
    }
  }
}
