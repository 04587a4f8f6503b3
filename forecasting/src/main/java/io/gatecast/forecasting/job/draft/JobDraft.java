package io.gatecast.forecasting.job.draft;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A starter job file from unknown CSV files. What it guesses stands beside the guess; the job is
 * read and its data checked before anybody sees it. It trains nothing.
 *
 * @param jobFile YAML that {@link JobFile} reads
 * @param guesses what was guessed and why, in the file's order
 */
public record JobDraft(String jobFile, List<Guess> guesses) {
  /** Copies the list. */
  public JobDraft {
    guesses = List.copyOf(guesses);
  }

  /**
   * Guesses.
   *
   * @param files CSV files of the same columns, plain or packed with gzip
   * @param folder where the job file will be, to which paths in it are relative; null for absolute
   *     paths
   * @return a job whose data is read without a fault
   * @throws JobFault if a file cannot be read, or what a job needs cannot be guessed; it says what
   */
  public static JobDraft of(List<Path> files, @Nullable Path folder) {
    if (files.isEmpty()) {
      throw new JobFault(
          ExitCode.USAGE, "at least one CSV file", "none", "command line", "name one");
    }
    List<Path> absolute = new ArrayList<>();
    for (Path file : files) {
      Path path = file.toAbsolutePath().normalize();
      if (!Files.isRegularFile(path)) {
        throw new JobFault(
            ExitCode.USAGE,
            "a CSV file",
            Files.isDirectory(path) ? "a folder" : "no such file",
            file.toString(),
            "check the path");
      }
      absolute.add(path);
    }
    Path from = folder == null ? Path.of("/") : folder.toAbsolutePath().normalize();
    TableProfile table = TableProfile.of(absolute);
    TimeGuess time = TimeGuess.of(table);
    SeriesGuess series = SeriesGuess.of(table, time.spec());
    Set<String> taken = new HashSet<>(time.spec().columns());
    series.column().ifPresent(taken::add);
    ColumnChoice columns = ColumnChoice.of(table, taken);
    DraftWriter writer =
        new DraftWriter(table, time, series, columns, folder == null ? null : from);
    Dataset trial = read(writer.trial(), from);
    Rhythm rhythm = Rhythm.of(trial, columns.preset());
    ContractGuess contract = ContractGuess.of(trial.report());
    DraftText text = writer.whole(rhythm, contract);
    Dataset unused = read(text.toString(), from);
    return new JobDraft(text.toString(), text.guesses());
  }

  private static Dataset read(String text, Path folder) {
    JobSpec job = JobFile.parse(text, "the drafted job file", folder);
    return Contract.read(job.data(), job::where);
  }

  /** A name for the job from the files' names. */
  static String name(List<Path> files) {
    Path first = files.get(0);
    Path folder = first.getParent();
    Path shown = files.size() > 1 && folder != null ? folder : first;
    String plain =
        Optional.ofNullable(shown.getFileName())
            .map(Path::toString)
            .orElse("data")
            .replaceFirst("\\.(csv|tsv|txt)?(\\.gz)?$", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceFirst("^[^A-Za-z0-9]+", "");
    String name = plain.substring(0, Math.min(100, plain.length()));
    return name.isEmpty() ? "data" : name;
  }
}
