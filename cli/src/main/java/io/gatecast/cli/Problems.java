package io.gatecast.cli;

import io.gatecast.forecasting.report.RunRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

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

  static void print(PrintStream out, RunRecord.Rows rows) {
    List<RunRecord.Problem> problems = rows.problems();
    for (RunRecord.Problem problem : problems.subList(0, Math.min(SHOWN, problems.size()))) {
      out.println(
          "             line "
              + problem.line()
              + (problem.rejected() ? " rejected: " : " repaired: ")
              + problem.reason()
              + (problem.column().isEmpty() ? "" : " in " + problem.column())
              + " (\""
              + problem.found()
              + "\")");
    }
    int all = rows.repaired() + rows.rejected();
    if (all > SHOWN) {
      out.println(
          "             in all "
              + rows.reasons().entrySet().stream()
                  .map(reason -> reason.getValue() + " × " + reason.getKey())
                  .collect(Collectors.joining(", ")));
    }
  }
}
