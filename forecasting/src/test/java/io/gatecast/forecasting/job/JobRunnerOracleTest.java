package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.weights.WeightTensor;
import io.gatecast.forecasting.oracle.Oracle;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.report.RunRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that a network which is wrong, or not good enough, never issues a forecast. */
class JobRunnerOracleTest {
  private static final String RECURRENT = "layers.0.hidden.recurrent_weights";

  /** As if the engine computed with one recurrent weight a hundredth off. */
  private static final Oracle ONE_WEIGHT_OFF =
      (spec, weights, windows, outputs) -> {
        WeightTensor tensor = weights.get(RECURRENT);
        WeightTensor off = tensor.with(0, tensor.values()[0] + 0.01f);
        return new ReferenceOracle().check(spec, weights.with(RECURRENT, off), windows, outputs);
      };

  private static void issuedByABaseline(RunRecord run) {
    assertEquals("baseline", SmallJob.kindOfWinner(run));
    assertEquals(2 * 3, SmallJob.rows(run).size());
    for (String[] row : SmallJob.rows(run)) {
      assertEquals(run.winner(), row[9]);
    }
  }

  @Test
  void networkThatTheOracleContradictsIsRefusedEvenWhereItWouldWin(@TempDir Path folder) {
    JobSpec job = SmallJob.seasonal(folder, SmallJob.LEARNS);
    RunRecord trusted = SmallJob.run(folder.resolve("trusted"), job);
    assertEquals(0, trusted.exit(), trusted.reason());
    Path home = folder.resolve("home");
    JobRunner runner = new JobRunner(new Home(home), ONE_WEIGHT_OFF);
    RunRecord run = runner.run(job, false, JobListener.SILENT);
    assertEquals(5, run.exit());
    assertTrue(run.reason().startsWith("rnn refused"), run.reason());
    assertTrue(run.reason().contains("oracle"), run.reason());
    assertTrue(run.reason().contains(run.winner() + " used"), run.reason());
    RunRecord.Oracle oracle = run.oracle();
    assertNotNull(oracle);
    assertTrue(!oracle.passed() && oracle.maxRelativeDifference() > oracle.tolerance());
    issuedByABaseline(run);
    RunRecord next = runner.run(job, false, JobListener.SILENT);
    assertEquals(5, next.exit(), "a refused run is no reason to rest");
    assertNotEquals(run.run(), next.run());
    assertEquals(0, SmallJob.run(home, job).exit());
  }

  @Test
  void faultInsideTheOracleLeavesNothingBehind(@TempDir Path folder) {
    JobSpec job = SmallJob.seasonal(folder, SmallJob.STAYS);
    Oracle broken =
        (spec, weights, windows, outputs) -> {
          throw new IllegalStateException("the oracle is ill");
        };
    JobRunner runner = new JobRunner(new Home(folder), broken);
    assertThrows(IllegalStateException.class, () -> runner.run(job, false, JobListener.SILENT));
    assertEquals(List.of(), SmallJob.runs(folder));
  }

  @Test
  void networkThatLearnedNothingIsRefusedByTheGateAndSaidSo(@TempDir Path folder) {
    RunRecord run = SmallJob.run(folder.resolve("home"), SmallJob.seasonal(folder, SmallJob.STAYS));
    assertEquals(4, run.exit(), run.reason());
    assertTrue(run.reason().startsWith("rnn refused: MASE"), run.reason());
    assertTrue(run.reason().contains("best baseline, " + run.winner()), run.reason());
    issuedByABaseline(run);
    List<RunRecord.Model> models = run.models();
    assertNotNull(models);
    double best = models.stream().skip(1).mapToDouble(RunRecord.Model::mase).min().orElse(-1);
    assertTrue(models.get(0).mase() >= best, "the gate refused the better one");
  }

  @Test
  void trainingThatDivergesStillGivesTheBaselinesForecast(@TempDir Path folder) {
    JobSpec job =
        SmallJob.seasonal(
            folder,
            """
            network: {cell: rnn, activation: relu, hidden: 4, lookback: 7}
            training: {epochs: 2, learning_rate: 1.0e+30}
            """);
    RunRecord run = SmallJob.run(folder.resolve("home"), job);
    assertEquals(4, run.exit());
    assertTrue(run.reason().contains("diverged"), run.reason());
    assertNull(run.oracle());
    issuedByABaseline(run);
    assertEquals(99, SmallJob.run(folder.resolve("home"), job).exit());
  }
}
