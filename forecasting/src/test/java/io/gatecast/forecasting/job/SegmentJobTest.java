package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.training.Trained;
import io.gatecast.forecasting.oracle.OracleResult;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.ModelBundle;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a network of segments goes through whole jobs: trained, checked, issued, kept. */
class SegmentJobTest {
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  /** Sees the mean of a week below the noise, which no baseline here does. */
  private static final String LEARNS =
      """
      network: {cell: gru, hidden: 8, lookback: 14, segment: 7, normalisation: instance}
      training: {epochs: 12, batch: 64, learning_rate: 0.02}
      baselines: [persistence, seasonal-naive, drift]
      gate: {shortfall: 0.2}
      """;

  private static RunRecord.Model network(RunRecord run) {
    List<RunRecord.Model> models = run.models();
    assertNotNull(models);
    assertEquals("network", models.get(0).kind());
    return models.get(0);
  }

  /** The example of the weather with another network, for a few epochs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cell: gru, hidden: 16, lookback: 28, segment: 7, linear: true, dropout: 0.1",
        "cell: lstm, hidden: 8, lookback: 20, segment: 6, embedding: 12, normalisation: instance,"
            + " loss: quantiles, ensemble: 2",
        "cell: rnn, hidden: 8, lookback: 14, segment: 14, normalisation: none, loss: absolute"
      })
  void weatherIsForecastBySegmentsAndTheOracleAgrees(String keys, @TempDir Path folder)
      throws IOException {
    String example = Files.readString(EXAMPLES.resolve("weather.yaml"));
    String text =
        example.replaceAll("(?m)^(network|training):.*$", "").replaceAll("(?m)^ *variants:.*$", "")
            + "network: {"
            + keys
            + "}\ntraining: {epochs: 3, patience: 3}\n";
    JobSpec job = JobFile.parse(text, "weather.yaml", EXAMPLES);
    assertTrue(job.network().segments().isPresent());
    RunRecord run = new JobRunner(new Home(folder)).run(job, true, JobListener.SILENT);
    assertTrue(run.exit() == 0 || run.exit() == 4, run.reason());
    RunRecord.Oracle oracle = run.oracle();
    assertNotNull(oracle);
    assertTrue(oracle.passed(), oracle::toString);
    assertEquals(2 * 7, SmallJob.rows(run).size(), "two places, a week");
    for (String[] row : SmallJob.rows(run)) {
      double celsius = Double.parseDouble(row[4]);
      assertTrue(celsius > -30 && celsius < 50, String.join(",", row));
    }
    assertEquals(3, network(run).epochs());
    double persistence =
        (run.models() == null ? List.<RunRecord.Model>of() : run.models())
            .stream()
                .filter(model -> model.name().equals("persistence"))
                .mapToDouble(RunRecord.Model::mase)
                .findFirst()
                .orElseThrow();
    assertTrue(network(run).mase() < persistence, "three epochs beat the last value");
  }

  @Test
  void aPromotedOneComesBackAsItWasAndMeetsTheNext(@TempDir Path folder) throws IOException {
    JobRunner runner = new JobRunner(new Home(folder.resolve("home")));
    JobSpec job = SmallJob.seasonal(folder, LEARNS);
    RunRecord first = runner.run(job, true, JobListener.SILENT);
    RunRecord.Gate gate = first.gate();
    assertNotNull(gate);
    assertEquals("promoted", gate.verdict(), first.reason());
    Path kept = SmallJob.file(first).resolveSibling("");
    ModelBundle.Content content = ModelBundle.read(kept);
    assertEquals(job.network(), content.manifest().settings());
    for (Trained member : content.members()) {
      try (RecurrentNetwork network = member.network()) {
        assertEquals(job.network().segments(), network.spec().segments());
      }
    }

    String poor =
        LEARNS
            .replace("epochs: 12", "epochs: 1")
            .replace("0.02", "1.0e-5")
            .replace("instance", "none");
    RunRecord second = runner.run(SmallJob.seasonal(folder, poor), true, JobListener.SILENT);
    String champion = "champion of run " + first.run();
    List<RunRecord.Model> models = second.models();
    assertNotNull(models);
    double again =
        models.stream()
            .filter(model -> model.name().equals(champion))
            .mapToDouble(RunRecord.Model::mase)
            .findFirst()
            .orElseThrow();
    assertEquals(network(first).mase(), again, 1e-12);
    assertEquals(champion, second.winner(), second.reason());
    assertEquals(
        SmallJob.rows(first).get(0)[4], SmallJob.rows(second).get(0)[4], "and its forecasts");
  }

  @Test
  void theSameJobOnTheSameDataIsTheSameForecast(@TempDir Path folder) {
    JobSpec job = SmallJob.seasonal(folder, LEARNS.replace("epochs: 12", "epochs: 2"));
    String[] texts = new String[2];
    for (int i = 0; i < 2; i++) {
      texts[i] = SmallJob.text(SmallJob.file(SmallJob.run(folder.resolve("home" + i), job)));
    }
    assertEquals(texts[0], texts[1]);
  }

  @Test
  void aWrongWeightIsSeenInAJobToo(@TempDir Path folder) {
    String name = "segments.embedding.bias";
    JobRunner runner =
        new JobRunner(
            new Home(folder.resolve("home")),
            (spec, weights, windows, outputs) -> {
              var bias = weights.get(name);
              var off = bias;
              for (int i = 0; i < bias.values().length; i++) {
                off = off.with(i, bias.values()[i] + 0.01f);
              }
              OracleResult result =
                  new ReferenceOracle().check(spec, weights.with(name, off), windows, outputs);
              return result;
            });
    RunRecord run = runner.run(SmallJob.seasonal(folder, LEARNS), true, JobListener.SILENT);
    assertEquals(5, run.exit(), run.reason());
    assertEquals("baseline", SmallJob.kindOfWinner(run));
  }
}
