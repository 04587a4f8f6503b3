package io.gatecast.forecasting.data.contract;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;
import java.util.List;

/**
 * Does what the policies say about each problem, and writes it down: a row that is left out, one
 * that was mended, one that is only suspected, or a contract that is broken.
 */
final class Judge {
  private final ContractSpec spec;
  private final ProblemLog log;
  private final ProblemLog.Files files;

  Judge(ContractSpec spec, ProblemLog log, ProblemLog.Files files) {
    this.spec = spec;
    this.log = log;
    this.files = files;
  }

  Policy policy(Kind kind) {
    return spec.policy(kind);
  }

  void rejected(Frame frame, int row, String column, Kind kind, String found) {
    if (!frame.rejected(row)) {
      frame.markRejected(row);
      log.reject(frame.file(row), frame.line(row), column, kind, found);
    }
  }

  void repaired(Frame frame, int row, String column, Kind kind, String found) {
    frame.markRepaired(row);
    log.repair(frame.file(row), frame.line(row), column, kind, found);
  }

  void suspected(Frame frame, int row, String column, Kind kind, String found) {
    log.suspect(frame.file(row), frame.line(row), column, kind, found);
  }

  /** What a check found, by its kind's policy; rows need not have what is not required. */
  void found(
      Frame frame,
      Kind kind,
      boolean required,
      int row,
      String column,
      String found,
      List<Findings.Mend> mends) {
    switch (required ? policy(kind) : spec.policy(kind, false)) {
      case FAIL -> throw broken(frame, row, column, kind, found);
      case DROP -> rejected(frame, row, column, kind, found);
      case REPAIR -> mend(frame, kind, row, column, found, mends);
      case WARN -> suspected(frame, row, column, kind, found);
    }
  }

  /** What nothing can mend stays as it is, and is said to be suspected. */
  private void mend(
      Frame frame, Kind kind, int row, String column, String found, List<Findings.Mend> mends) {
    if (mends.isEmpty()) {
      suspected(frame, row, column, kind, found);
      return;
    }
    for (Findings.Mend mend : mends) {
      frame.set(mend.column(), mend.row(), mend.value());
      frame.markRepaired(mend.row());
    }
    repaired(frame, row, column, kind, found);
  }

  /** A problem that the contract does not allow. */
  JobFault broken(Frame frame, int row, String column, Kind kind, String found) {
    return broken(frame.series(), frame.file(row), frame.line(row), column, kind, found);
  }

  /** A problem that the contract does not allow. */
  JobFault broken(String series, int file, int line, String column, Kind kind, String found) {
    return new JobFault(
        ExitCode.DATA,
        "no row with " + kind.text() + (series.isEmpty() ? "" : " in series " + series),
        "\"" + found + "\"",
        files.name(file) + ", line " + line + (column.isEmpty() ? "" : ", column " + column),
        "mend the row, or choose another policy than contract." + kind.label() + ": fail");
  }

  /** Two rows of one time that are not the same. */
  JobFault differing(Frame frame, int first, int second) {
    boolean same = frame.file(first) == frame.file(second);
    return new JobFault(
        ExitCode.DATA,
        "one row for each time of series " + frame.series(),
        "two that differ: "
            + RowOrder.values(frame, first)
            + " and "
            + RowOrder.values(frame, second),
        files.name(frame.file(first))
            + (same ? ", lines " : ", line ")
            + frame.line(first)
            + " and "
            + (same ? "" : files.name(frame.file(second)) + ", line ")
            + frame.line(second),
        "remove the wrong one, or choose with contract.conflict: drop (the first stands) or repair"
            + " (the last one does)");
  }
}
