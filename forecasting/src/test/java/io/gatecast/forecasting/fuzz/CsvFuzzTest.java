package io.gatecast.forecasting.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.TimeSeries;
import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.job.JobSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Damages CSV files and reads them through the contract: every row of the file is accounted for, or
 * a fault says why not; nothing hangs, and nothing else is thrown.
 */
@Tag("fuzz")
class CsvFuzzTest {
  private static Path folder = Path.of("");

  /** A sound file, what happened to it, and how it was packed. */
  record Damaged(CsvShape shape, List<Mutation> mutations, long seed, Packing packing) {
    String file() {
      Random random = new Random(seed);
      String file = shape.file();
      for (Mutation mutation : mutations) {
        file = mutation.apply(file, random);
      }
      return file;
    }
  }

  /** Whether a file is packed with gzip. */
  enum Packing {
    PLAIN,
    GZIP,
    GZIP_DAMAGED
  }

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("gatecast-fuzz");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("data.csv"));
    Files.delete(folder);
  }

  @Provide
  Arbitrary<Damaged> damaged() {
    return Combinators.combine(
            Arbitraries.of(CsvShape.class),
            Arbitraries.of(Mutation.ALL).list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.longs().withoutEdgeCases(),
            Arbitraries.frequency(
                Tuple.of(8, Packing.PLAIN),
                Tuple.of(1, Packing.GZIP),
                Tuple.of(1, Packing.GZIP_DAMAGED)))
        .as(Damaged::new);
  }

  @Property
  void everyRowIsAccountedForOrAFaultSaysWhyNot(@ForAll("damaged") Damaged damaged)
      throws IOException {
    String file = damaged.file();
    Files.write(folder.resolve("data.csv"), packed(file, damaged));
    JobSpec job = damaged.shape().job(folder);
    Optional<Dataset> read = Bounds.resultOrFault(() -> Contract.read(job.data(), job::where));
    if (read.isPresent()) {
      requireSound(read.get());
      if (damaged.packing() != Packing.GZIP_DAMAGED) {
        requireAllRows(read.get(), file, damaged.shape(), (CsvSpec) job.data().source());
      }
    }
  }

  private static byte[] packed(String file, Damaged damaged) {
    byte[] bytes = file.getBytes(StandardCharsets.ISO_8859_1);
    if (damaged.packing() == Packing.PLAIN) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (damaged.packing() == Packing.GZIP) {
      return packed.toByteArray();
    }
    Random random = new Random(damaged.seed());
    return Mutation.BIT_FLIPPED
        .apply(packed.toString(StandardCharsets.ISO_8859_1), random)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void requireSound(Dataset data) {
    ContractReport report = data.report();
    assertEquals(report.read(), report.accepted() + report.repaired() + report.rejected());
    assertTrue(report.rejected() < report.read(), "something is left");
    for (Problem problem : report.problems()) {
      assertTrue(problem.found().length() <= 200, problem::found);
      assertTrue(problem.found().codePoints().noneMatch(Character::isISOControl), problem::found);
      assertTrue(problem.line() > 0, problem::toString);
    }
    for (TimeSeries series : data.series()) {
      for (int column = 0; column < series.columns().size(); column++) {
        for (double value : series.column(column)) {
          assertTrue(Double.isFinite(value) || Double.isNaN(value));
        }
      }
    }
  }

  /** As many rows as the file has records, and each that was let in stands on a step. */
  private static void requireAllRows(Dataset data, String file, CsvShape shape, CsvSpec csv) {
    String text = RecordCount.decoded(file, csv.encoding());
    int records = RecordCount.of(text, csv.delimiter(), csv.comment().orElse(' '));
    assertEquals(records - 1, data.report().read(), "rows of the file");
    if (shape != CsvShape.VINTAGES) {
      int standing = 0;
      for (TimeSeries series : data.series()) {
        for (int step = 0; step < series.length(); step++) {
          standing += series.present(step) ? 1 : 0;
        }
      }
      assertEquals(data.report().accepted() + data.report().repaired(), standing);
    }
  }

  @Example
  void soundFilesAreReadWhole() throws IOException {
    for (CsvShape shape : CsvShape.values()) {
      Damaged sound = new Damaged(shape, List.of(), 0, Packing.GZIP);
      Files.write(folder.resolve("data.csv"), packed(shape.file(), sound));
      JobSpec job = shape.job(folder);
      Dataset data = Contract.read(job.data());
      requireAllRows(data, shape.file(), shape, (CsvSpec) job.data().source());
      assertEquals(CsvShape.ROWS, data.report().read(), shape::name);
      assertEquals(0, data.report().rejected(), shape::name);
    }
  }
}
