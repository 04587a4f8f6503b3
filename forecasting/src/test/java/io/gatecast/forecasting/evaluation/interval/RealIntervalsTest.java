package io.gatecast.forecasting.evaluation.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.training.EpochReport;
import io.gatecast.core.training.TrainingListener;
import io.gatecast.forecasting.data.Fixtures;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.evaluation.Trial;
import io.gatecast.forecasting.job.JobFile;
import io.gatecast.forecasting.job.JobRunner;
import io.gatecast.forecasting.job.JobSpec;
import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.model.NetworkEstimator;
import io.gatecast.forecasting.model.Persistence;
import io.gatecast.forecasting.model.Quantiles;
import io.gatecast.forecasting.transform.ErrorScale;
import io.gatecast.forecasting.window.Fold;
import io.gatecast.forecasting.window.Split;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Measures intervals on real test parts: adaptive ones cover within two points of nominal, at a
 * smaller interval score than the textbook's.
 */
class RealIntervalsTest {
  private static final TrainingListener SILENT =
      new TrainingListener() {
        @Override
        public void epoch(EpochReport report) {}
      };

  /** Coverage and mean interval score (Winkler, 1972) at 80 % and 95 %. */
  private static final class Measured {
    private final double[] covered = new double[2];
    private final double[] score = new double[2];
    private long count;

    static Measured of(Trial trial) {
      Measured measured = new Measured();
      trial.tell(
          0,
          row -> {
            measured.add(0, 0.80, row.actual(), row.quantiles());
            measured.add(1, 0.95, row.actual(), row.quantiles());
            measured.count++;
          });
      return measured;
    }

    private void add(int index, double coverage, double y, double[] quantiles) {
      double low = quantiles[Quantiles.lower(coverage)];
      double high = quantiles[Quantiles.COUNT - 1 - Quantiles.lower(coverage)];
      covered[index] += low <= y && y <= high ? 1 : 0;
      double outside = Math.max(0, Math.max(low - y, y - high));
      score[index] += high - low + 2 / (1 - coverage) * outside;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jena, weather-jena-2020, ADDITIVE, persistence",
    "nycflights, nycflights13-weather, ADDITIVE, network",
    "stocks36, stocks-36, MULTIPLICATIVE, persistence",
  })
  void adaptiveIntervalsCoverAtASmallerScore(
      String name, String folder, ErrorScale scale, String model) {
    Fixtures.real(folder);
    JobSpec job = JobFile.read(Path.of("../examples/" + name + ".yaml"));
    Dataset data = JobRunner.read(job);
    Fold fold =
        Fold.of(
            data,
            job.features(data.axis()),
            Split.of(data, job.split()),
            job.network().lookback(),
            job.horizon());
    Estimator estimator =
        model.equals("network")
            ? new NetworkEstimator("network", job.network(), job.training(), SILENT)
            : new Persistence(job.horizon());
    try (Forecaster fitted = estimator.fit(fold)) {
      Trial trial = Trial.of(fold, fitted, scale, new Gaussian());
      Measured gaussian = Measured.of(trial);
      Measured adaptive = Measured.of(trial.with(AdaptiveConformal.ofResiduals()));
      assertTrue(adaptive.count > 30_000);
      for (int i = 0; i < 2; i++) {
        assertEquals(i == 0 ? 0.80 : 0.95, adaptive.covered[i] / adaptive.count, 0.02);
        assertTrue(
            adaptive.score[i] < gaussian.score[i],
            name + ": " + adaptive.score[i] + " against " + gaussian.score[i]);
      }
    }
  }
}
