package io.gatecast.forecasting.data.source;

import java.nio.file.Path;
import java.util.Optional;

/** Where records come from. {@link Sources} opens it. */
public sealed interface SourceSpec permits CsvSpec, JdbcSpec, DataVecSpec {
  /**
   * For errors and progress.
   *
   * @return the files, or the JDBC URL without passwords and properties
   */
  String description();

  /**
   * What is run on every record before anything else reads it.
   *
   * @return a file with a DataVec {@code TransformProcess} as JSON, or empty
   */
  Optional<Path> transformProcess();
}
