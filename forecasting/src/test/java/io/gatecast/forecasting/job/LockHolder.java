package io.gatecast.forecasting.job;

import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.JobStore;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that holds a job until its standard input ends. */
final class LockHolder {
  static final String HELD = "held";

  private LockHolder() {}

  /** Arguments: home, job. */
  public static void main(String[] args) throws IOException {
    try (JobStore store = new Home(Path.of(args[0])).open(args[1])) {
      System.out.println(HELD + " " + store.newest().isPresent());
      while (System.in.read() >= 0) {
        // nothing is sent; the end is what counts
      }
    }
  }
}
