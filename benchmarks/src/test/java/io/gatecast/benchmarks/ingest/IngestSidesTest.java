package io.gatecast.benchmarks.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.recurrent.DisagreementException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof on the example, and that it fails where sides differ. */
class IngestSidesTest {
  private static IngestWork example() {
    return IngestWork.found(Path.of(".."), Optional.empty()).get(0);
  }

  @Test
  void allSidesReadTheExampleAlikeAndHaveSomethingToTime() {
    IngestWork work = example();
    assertEquals(6, work.columns());
    try (IngestSides sides = new IngestSides(work)) {
      assertEquals(2922, sides.prove());
      for (IngestSides.Pair pair : sides.pairs()) {
        pair.ours().run();
        pair.peer().run();
      }
      assertEquals(3, sides.pairs().stream().filter(IngestSides.Pair::endToEnd).count());
    }
  }

  @Test
  void rejectedRowsAreTakenOutOfTheProof(@TempDir Path folder) throws Exception {
    List<String> lines = Files.readAllLines(example().files().get(0));
    lines.add(100, lines.get(99)); // once more
    lines.add(200, "Seattle,no date,0.0,12.8,5.0,4.7,drizzle");
    Path file = Files.write(folder.resolve("weather.csv"), lines);
    IngestWork work = example().over(List.of(file));
    OurReading.LetIn letIn = OurReading.series(work);
    assertEquals(2, letIn.rejected().size());
    assertEquals(2922, letIn.sums().rows());
    OurReading.records(work, letIn.rejected()).requireSame("file", "a", letIn.sums(), "b");
  }

  @Test
  void aPlantedDifferenceIsFoundWithBothNumbers(@TempDir Path folder) throws Exception {
    IngestWork work = example();
    String text = Files.readString(work.files().get(0));
    Path file = Files.writeString(folder.resolve("weather.csv"), text.replaceFirst("12.8", "12.9"));
    ColumnSums planted = OurReading.records(work.over(List.of(file)), Set.of());
    ColumnSums truth = OurReading.records(work, Set.of());
    DisagreementException error =
        assertThrows(
            DisagreementException.class, () -> truth.requireSame("file", "ours", planted, "peer"));
    assertTrue(error.toString().contains("file, column temp_max"), error.toString());
    assertTrue(error.toString().contains("ours and peer"), error.toString());
  }

  @Test
  void aMissingRowIsFound() {
    NumberTable one = new NumberTable(List.of("x"));
    one.row();
    one.set(0, 0);
    NumberTable none = new NumberTable(List.of("x"));
    DisagreementException error =
        assertThrows(
            DisagreementException.class,
            () -> one.sums().requireSame("file", "ours", none.sums(), "peer"));
    assertTrue(error.toString().contains("rows"), error.toString());
    assertTrue(error.toString().contains("1 and 0"), error.toString());
  }

  @Test
  void aZeroForAMissingCellIsFound() {
    NumberTable zero = new NumberTable(List.of("x"));
    zero.row();
    zero.set(0, 0);
    NumberTable missing = new NumberTable(List.of("x"));
    missing.row();
    missing.set(0, Double.NaN);
    assertThrows(
        DisagreementException.class,
        () -> zero.sums().requireSame("file", "ours", missing.sums(), "peer"));
  }

  @Test
  void duckDbIsAskedForTheSameColumns() {
    String query = DuckDbReading.query(example());
    assertTrue(
        query.startsWith(
            "SELECT \"temp_max\", \"precipitation\", \"temp_min\", \"wind\", epoch(\"date\"),"
                + " \"location\" FROM read_csv(["),
        query);
  }
}
