package io.gatecast.forecasting.data;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.datavec.api.split.CollectionInputSplit;

/** Opens a job's CSV file and reads it through the contract. */
public final class CsvSource {
  private CsvSource() {}

  /**
   * Reads a file.
   *
   * @param source the file and its columns
   * @param spec what rows must satisfy
   * @param whereKey tells where the job file has a key, for errors
   * @return the series and what became of the rows
   * @throws JobFault if the file cannot be read or breaks the contract
   */
  public static Dataset read(SourceSpec source, ContractSpec spec, UnaryOperator<String> whereKey) {
    Path file = source.csv();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw unreadable(file, Files.isDirectory(file) ? "a folder" : "no regular file", whereKey);
    }
    try (CsvRecordReader reader = new CsvRecordReader(source.delimiter())) {
      // Not DataVec's FileSplit: it creates a file that is not there.
      reader.initialize(new CollectionInputSplit(List.of(file.toUri())));
      return Contract.read(reader, source, spec, whereKey);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw unreadable(file, "no such file", whereKey).because(e);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "a file without permission to read", whereKey).because(e);
    } catch (IOException e) {
      throw unreadable(file, e.toString(), whereKey).because(e);
    }
  }

  private static JobFault unreadable(Path file, String found, UnaryOperator<String> whereKey) {
    return new JobFault(
        ExitCode.DATA,
        "a readable CSV file at " + file,
        found,
        whereKey.apply("source.csv"),
        "check the path (relative paths start at the job file's folder) and its permissions");
  }
}
