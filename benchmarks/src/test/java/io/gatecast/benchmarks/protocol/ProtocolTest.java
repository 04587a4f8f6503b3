package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run, what is not run again, and what a failure leaves. */
class ProtocolTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> lines = new ArrayList<>();

  private ProtocolStore store() {
    return new ProtocolStore(folder.resolve("protocol.json"));
  }

  private List<Map<String, Object>> run(boolean again, List<ProtocolModel> models)
      throws IOException {
    return run(again, models, List.of(4, 9));
  }

  private List<Map<String, Object>> run(
      boolean again, List<ProtocolModel> models, List<Integer> horizons) throws IOException {
    Protocol.Order order =
        new Protocol.Order(
            List.of(ProtocolSet.EXCHANGE), List.of(12), horizons, models, List.of(1L, 2L));
    return new Protocol(store(), set -> Series.data(2), lines::add, System::nanoTime)
        .run(order, again);
  }

  @Test
  void everyCombinationIsRunOnceAndGivesARowForEachRule() throws IOException {
    Fake seeded = new Fake("net", "small", true);
    Fake fixed = new Fake("rule", "", false);
    List<Map<String, Object>> rows = run(false, List.of(seeded, fixed));
    assertEquals(
        List.of(
            "Exchange 12 to 4 1", "Exchange 12 to 4 2", "Exchange 12 to 9 1", "Exchange 12 to 9 2"),
        seeded.fits);
    assertEquals(List.of("Exchange 12 to 4 0", "Exchange 12 to 9 0"), fixed.fits);
    assertEquals(12, rows.size());
    Map<String, Object> first = rows.get(0);
    assertEquals(
        List.of(
            "set",
            "lookback",
            "horizon",
            "model",
            "seed",
            "mse",
            "mae",
            "windows",
            "counting",
            "seconds",
            "settings",
            "validation_mse",
            "validation_mae",
            "validation_windows",
            "epochs"),
        List.copyOf(first.keySet()));
    assertEquals("all", first.get("counting"));
    assertEquals(87, first.get("windows"));
    assertEquals("drop-last-32", rows.get(1).get("counting"));
    assertEquals(64, rows.get(1).get("windows"));
    assertTrue(lines.stream().anyMatch(line -> line.contains("left of all")), lines::toString);
  }

  @Test
  void scoresAreThoseOfTheParts() throws IOException {
    run(false, List.of(new Fake("net", "small", true)));
    ProtocolRun run = store().runs().get(0);
    ProtocolData data = Series.data(2);
    ProtocolForecaster same =
        new Fake("net", "small", true).fit(run.key().cell(), data, 1, (done, what) -> {});
    assertEquals(
        Series.score(same, data.windows(ProtocolPart.VALIDATION, 12, 4), Counting.ALL).mse(),
        run.validation().mse(),
        1e-6);
    assertEquals(
        Series.score(same, data.windows(ProtocolPart.TEST, 12, 4), Counting.ALL).mse(),
        Objects.requireNonNull(run.test().get(Counting.ALL)).mse(),
        1e-6);
  }

  @Test
  void whatIsStoredWithTheSameSettingsIsNotRunAgainUnlessAskedFor() throws IOException {
    Fake first = new Fake("net", "small", true);
    List<Map<String, Object>> rows = run(false, List.of(first));
    assertEquals(4, first.fits.size());

    Fake second = new Fake("net", "small", true);
    assertEquals(rows.toString(), run(false, List.of(second)).toString());
    assertEquals(0, second.fits.size());

    Fake larger = new Fake("net", "large", true);
    run(false, List.of(larger));
    assertEquals(4, larger.fits.size());
    assertEquals(4, store().runs().size(), "a run takes the place of the older one");

    run(true, List.of(larger));
    assertEquals(8, larger.fits.size());
  }

  @Test
  void aRunThatFailsIsToldOfAndTheOthersGoOn() throws IOException {
    Fake failing =
        new Fake(
            "net",
            "small",
            true,
            fits -> {
              if (fits == 1 && lines.stream().noneMatch(line -> line.startsWith("failed"))) {
                throw new IllegalStateException("diverged");
              }
            });
    Protocol.FailedRunsException error =
        assertThrows(Protocol.FailedRunsException.class, () -> run(false, List.of(failing)));
    assertTrue(
        error.toString().contains("Exchange 12 to 4, net, seed 2: diverged"), error::toString);
    assertEquals(3, store().runs().size());
    run(false, List.of(failing));
    assertEquals(4, store().runs().size());
  }

  @Test
  void cellsWithoutWindowsAreRefusedBeforeAnythingIsRun() {
    Fake model = new Fake("net", "small", true);
    assertThrows(IllegalArgumentException.class, () -> run(false, List.of(model), List.of(4, 61)));
    assertEquals(0, model.fits.size());
  }

  @Test
  void aModelCannotSeeTheTestPart() {
    ProtocolModel peeking =
        new ProtocolModel() {
          @Override
          public String name() {
            return "peeking";
          }

          @Override
          public String settings(ProtocolCell cell) {
            return "";
          }

          @Override
          public boolean seeded() {
            return false;
          }

          @Override
          public ProtocolForecaster fit(
              ProtocolCell cell, ProtocolData data, long seed, ProgressListener progress) {
            int size = data.windows(ProtocolPart.TEST, cell.lookback(), cell.horizon()).size();
            throw new AssertionError("expected to be refused, found " + size + " windows");
          }
        };
    Protocol.FailedRunsException error =
        assertThrows(Protocol.FailedRunsException.class, () -> run(false, List.of(peeking)));
    assertTrue(error.toString().contains("for scoring"), error::toString);
  }

  @Test
  void aStoreThatIsNoneIsRefusedWithWhatToDo() throws IOException {
    for (String text : List.of("[{\"set\": \"ETTh1\"}]", "{", "[{\"set\": 3}]")) {
      Files.writeString(store().file(), text);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> store().runs());
      assertTrue(error.toString().contains("repair it or move it away"), error::toString);
    }
  }
}
