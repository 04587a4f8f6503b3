package io.gatecast.benchmarks.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatecast.forecasting.report.OutputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finished runs in a JSON file: an array of their rows, a row a line. The file holds all of what it
 * held or all of what it is to hold, whenever the process is killed; several processes may write to
 * it, each of which adds its runs to the others'. A run takes the place of an older one of the same
 * key.
 */
public final class ProtocolStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Comparator<ProtocolRun> ORDER =
      Comparator.comparing((ProtocolRun run) -> run.key().cell().set())
          .thenComparing(run -> run.key().cell().horizon())
          .thenComparing(run -> run.key().cell().lookback())
          .thenComparing(run -> run.key().model())
          .thenComparing(run -> run.key().seed());

  private final Path file;

  /**
   * A store.
   *
   * @param file where; need not be there yet, its folder must
   */
  public ProtocolStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /**
   * All runs.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no array of rows
   */
  public List<ProtocolRun> runs() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<Map<String, Object>> rows = JSON.readValue(file.toFile(), new TypeReference<>() {});
      return ProtocolRun.of(rows);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ": expected an array of rows; repair it or move it away; " + e.getMessage(), e);
    }
  }

  /**
   * Finds a run.
   *
   * @param key of it
   * @param settings that it must have had
   * @throws IOException if the file cannot be read
   */
  public Optional<ProtocolRun> find(ProtocolRun.Key key, String settings) throws IOException {
    return runs().stream()
        .filter(run -> run.key().equals(key) && run.settings().equals(settings))
        .findFirst();
  }

  /**
   * Adds a run to those that the file holds now.
   *
   * @param run it replaces one of the same key
   * @throws IOException if the file cannot be read or written
   */
  public void put(ProtocolRun run) throws IOException {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException(lock + ": expected a lock to hold, found that it was lost");
      }
      List<ProtocolRun> runs = new ArrayList<>(runs());
      runs.removeIf(other -> other.key().equals(run.key()));
      runs.add(run);
      runs.sort(ORDER);
      List<String> lines = new ArrayList<>();
      for (ProtocolRun each : runs) {
        for (Map<String, Object> row : each.rows()) {
          lines.add(JSON.writeValueAsString(row));
        }
      }
      OutputFile.write(file, "[\n" + String.join(",\n", lines) + "\n]\n");
    }
  }
}
