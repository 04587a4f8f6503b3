package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.source.SourceSpec;
import io.gatecast.forecasting.data.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Sizes and times of a source's files, to see that none changed while it was read. A source without
 * files has none.
 */
record FileStamps(Map<Path, FileStamp> stamps) {

  /** One file's size and time; of what cannot be read, neither: that is the reader's to explain. */
  record FileStamp(long size, FileTime modified) {
    static FileStamp of(Path file) {
      try {
        return new FileStamp(Files.size(file), Files.getLastModifiedTime(file));
      } catch (IOException e) {
        return new FileStamp(-1, FileTime.fromMillis(0));
      }
    }
  }

  static FileStamps of(SourceSpec source, UnaryOperator<String> whereKey) {
    Map<Path, FileStamp> stamps = new LinkedHashMap<>();
    for (Path file : Sources.files(source, whereKey)) {
      stamps.put(file, FileStamp.of(file));
    }
    return new FileStamps(stamps);
  }

  void requireSame(FileStamps now) {
    for (Map.Entry<Path, FileStamp> entry : now.stamps.entrySet()) {
      if (!entry.getValue().equals(stamps.get(entry.getKey()))) {
        throw changed(entry.getKey());
      }
    }
    for (Path file : stamps.keySet()) {
      if (!now.stamps.containsKey(file)) {
        throw changed(file);
      }
    }
  }

  private static JobFault changed(Path file) {
    return new JobFault(
        ExitCode.DATA,
        "a file that stays as it is while it is read",
        "one that changed",
        file.toString(),
        "run again once it has been delivered; deliver by renaming a complete file");
  }
}
