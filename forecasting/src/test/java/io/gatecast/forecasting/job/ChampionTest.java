package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.registry.Home;
import io.gatecast.forecasting.registry.ModelBundle;
import io.gatecast.forecasting.report.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves that a promoted network is kept whole, comes back as it was, and meets the next one. */
class ChampionTest {
  private static final String GOOD = "seed: 1\n" + SmallJob.LEARNS;

  /** Too few epochs to be any good. */
  private static final String POOR =
      "seed: 2\n" + SmallJob.LEARNS.replace("epochs: 8", "epochs: 1").replace("0.05", "0.0001");

  private static RunRecord run(Path folder, String settings) {
    return new JobRunner(new Home(folder.resolve("home")))
        .run(SmallJob.seasonal(folder, settings), true, JobListener.SILENT);
  }

  private static Path folder(RunRecord run) {
    return SmallJob.file(run).resolveSibling("").toAbsolutePath().normalize();
  }

  private static List<String> models(RunRecord run) {
    List<RunRecord.Model> models = run.models();
    assertNotNull(models);
    return models.stream().map(RunRecord.Model::name).toList();
  }

  private static String verdict(RunRecord run) {
    RunRecord.Gate gate = run.gate();
    assertNotNull(gate);
    return gate.verdict();
  }

  @Test
  void aPromotedNetworkIsKeptWithTheReasonsAndComesBackAsItWas(@TempDir Path folder)
      throws IOException {
    RunRecord run = run(folder, GOOD);
    assertEquals("promoted", verdict(run), run.reason());
    ModelBundle.Content content = ModelBundle.read(folder(run));
    ModelBundle.Manifest manifest = content.manifest();
    assertEquals(run.run(), manifest.run());
    assertEquals(run.gate(), manifest.gate());
    assertEquals(run.models(), manifest.scores());
    assertEquals(run.fingerprint(), manifest.fingerprint());
    assertEquals("rnn-tanh", manifest.cell());
    assertEquals(1, content.members().size());
    assertEquals(
        List.of("North", "South"), content.transforms().stream().map(t -> t.series()).toList());
    content.members().forEach(member -> member.network().close());
  }

  @Test
  void theNextCandidateMeetsTheChampionOnTheSameOriginsAndAWorseOneLosesToIt(@TempDir Path folder) {
    RunRecord first = run(folder, GOOD);
    String champion = "champion of run " + first.run();
    RunRecord second = run(folder, POOR);
    assertTrue(models(second).contains(champion), models(second).toString());
    assertEquals("kept", verdict(second), second.reason());
    assertEquals(champion, second.winner());
    assertEquals(0, second.exit());
    assertTrue(second.reason().endsWith("; " + champion + " kept"), second.reason());
    assertFalse(Files.exists(folder(second).resolve(ModelBundle.MANIFEST)), "not its own model");
    // The champion's scores are what they were when it was the candidate.
    assertEquals(mase(first, "rnn"), mase(second, champion), 1e-12);
    assertEquals(
        SmallJob.rows(first).get(0)[4], SmallJob.rows(second).get(0)[4], "and its forecasts");
  }

  private static double mase(RunRecord run, String model) {
    List<RunRecord.Model> models = run.models();
    assertNotNull(models);
    return models.stream().filter(m -> m.name().equals(model)).findFirst().orElseThrow().mase();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model/weights-1.safetensors", "transforms.json", "model/manifest.json"})
  void aDamagedChampionIsNotUsedAndTheRunSaysSo(String file, @TempDir Path folder)
      throws IOException {
    RunRecord first = run(folder, GOOD);
    Path damaged = folder(first).resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 1));
    assertThrows(IOException.class, () -> ModelBundle.read(folder(first)));
    RunRecord second = run(folder, GOOD);
    assertEquals("promoted", verdict(second));
    assertTrue(
        second.notes().stream().anyMatch(note -> note.contains(first.run() + " not compared: ")),
        second.notes().toString());
  }

  @Test
  void aChampionThatHasSeenTheTestPartOrForecastsSomethingElseIsNotCompared(@TempDir Path folder) {
    run(folder, GOOD + "split: {validation: 0.2, test: 0.1}\n");
    RunRecord later = run(folder, GOOD + "split: {validation: 0.2, test: 0.2}\n");
    assertTrue(
        later.notes().stream()
            .anyMatch(
                note -> note.contains("learned from what it would be calibrated or tested on")),
        later.notes().toString());
    RunRecord other = run(folder, GOOD.replace("lookback: 7", "lookback: 7, layers: 2"));
    assertTrue(models(other).stream().anyMatch(name -> name.startsWith("champion of run ")));
  }
}
