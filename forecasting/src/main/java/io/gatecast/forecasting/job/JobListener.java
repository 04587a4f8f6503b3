package io.gatecast.forecasting.job;

import io.gatecast.core.training.EpochReport;
import io.gatecast.core.training.TrainingListener;

/** Hears of a run's progress, on the run's thread. */
public interface JobListener extends TrainingListener {
  /** Hears nothing. */
  JobListener SILENT =
      new JobListener() {
        @Override
        public void stage(String stage) {}

        @Override
        public void epoch(EpochReport report) {}
      };

  /**
   * A stage begins.
   *
   * @param stage in words, such as {@code reading data/weather.csv}
   */
  void stage(String stage);
}
