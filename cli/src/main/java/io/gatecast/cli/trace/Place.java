package io.gatecast.cli.trace;

import io.gatecast.forecasting.ExitCode;
import io.gatecast.forecasting.JobFault;

/** Where a wrong value was written: it makes a fault of what is wrong there. */
public interface Place {
  /** File with line, column and key, or an option of the command line. */
  String where();

  /** A usage fault at this place. */
  default JobFault fault(String expected, String found, String action) {
    return new JobFault(ExitCode.USAGE, expected, found, where(), action);
  }

  /** The place of an option of {@code gatecast trace}. */
  static Place option(String name) {
    return () -> "command line, option " + name;
  }
}
