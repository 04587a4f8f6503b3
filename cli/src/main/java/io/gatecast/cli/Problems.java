package io.gatecast.cli;

import io.gatecast.forecasting.report.RunRecord;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of the rows: how many of each, and the first problems, a line each. */
final class Problems {
  private static final int SHOWN = 5;

  private Problems() {}

  static String counts(RunRecord.Rows rows) {
    return rows.read()
        + " read: "
        + rows.accepted()
        + " kept, "
        + rows.repaired()
        + " repaired, "
        + rows.rejected()
        + " rejected";
  }

  static void print(PrintStream out, RunRecord.Rows rows, @Nullable String source) {
    List<RunRecord.Problem> problems = rows.problems();
    for (RunRecord.Problem problem : problems.subList(0, Math.min(SHOWN, problems.size()))) {
      out.println(
          "             "
              + place(problem.file(), source)
              + "line "
              + problem.line()
              + " "
              + problem.outcome()
              + ": "
              + problem.reason()
              + (problem.column().isEmpty() ? "" : " in " + problem.column())
              + " (\""
              + problem.found()
              + "\")");
    }
    if (rows.reasons().values().stream().mapToInt(Integer::intValue).sum() > SHOWN) {
      out.println(
          "             in all "
              + rows.reasons().entrySet().stream()
                  .map(reason -> reason.getValue() + " × " + reason.getKey())
                  .collect(Collectors.joining(", ")));
    }
  }

  /** The file's name, where the source has several. */
  private static String place(@Nullable String file, @Nullable String source) {
    return file == null || file.equals(source) ? "" : Path.of(file).getFileName() + ", ";
  }
}
