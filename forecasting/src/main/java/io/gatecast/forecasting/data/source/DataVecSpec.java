package io.gatecast.forecasting.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that any DataVec {@code RecordReader} reads, one instance for each file.
 *
 * @param readerClass a public class with a public constructor without parameters, such as {@code
 *     org.datavec.arrow.recordreader.ArrowRecordReader}
 * @param files absolute paths or patterns as in {@link CsvSpec}; none for a reader that needs none
 * @param transformProcess a DataVec {@code TransformProcess} as JSON, or empty; needed where the
 *     reader does not name its columns
 */
public record DataVecSpec(String readerClass, List<String> files, Optional<Path> transformProcess)
    implements SourceSpec {

  /** Checks that there is a class name and that paths are absolute. */
  public DataVecSpec {
    if (readerClass.isBlank()) {
      throw new IllegalArgumentException("readerClass: expected a class name, found nothing");
    }
    files = FilePatterns.checked(files);
  }

  /** The same with a process to run on the records. */
  public DataVecSpec withTransformProcess(Path json) {
    return new DataVecSpec(readerClass, files, Optional.of(json));
  }

  @Override
  public String description() {
    return files.isEmpty() ? readerClass : String.join(", ", files);
  }
}
