package io.gatecast.forecasting.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.forecasting.data.contract.Contract;
import io.gatecast.forecasting.data.contract.Dataset;
import io.gatecast.forecasting.fuzz.Bounds;
import io.gatecast.forecasting.fuzz.CsvShape;
import io.gatecast.forecasting.fuzz.Mutation;
import io.gatecast.forecasting.fuzz.YamlMutation;
import io.gatecast.forecasting.window.Fold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Damages job files, and jobs together with their data up to the windows that a network would learn
 * from: each ends in a result or in a fault that a person can read, in time.
 */
@Tag("fuzz")
class JobFuzzTest {
  private static final List<String> JOBS =
      List.of(
          """
          job: All_of-it.2
          preset: weather
          seed: 42
          source:
            csv: [data/a.csv, "data/2021-*.csv"]
            delimiter: ";"
            quote: "'"
            encoding: windows-1252
            comment: "#"
            time: [day, hour]
            time_format: dd.MM.yyyy HH:mm
            zone: America/Los_Angeles
            known_at: published
            known_at_format: epoch-millis
            series: place
            transform_process: process.json
          target: y
          inputs: [x1, sky, speed_sin, speed_cos, plan, alt]
          derive: [{wind: [speed, dir]}]
          columns:
            y: {unit: degC, least: -90, most: 60, missing: [-9999, "n.a."], fill: 3}
            x1: {required: false, transform: [fill-last(2), log, difference, robust]}
            sky: {type: text, required: false}
            dir: {type: compass}
            plan: {role: future}
            alt: {role: static}
          transform: [log-return, standardise]
          window: subtract-last-from-all
          calendar: [day(3), week, year(2)]
          season: 24
          horizon: 12
          axis: {kind: regular, step: PT1H}
          network: {cell: rnn, activation: relu, hidden: 5, layers: 2, lookback: 9, dropout: 0.25, loss: absolute}
          training: {epochs: 3, batch: 64, learning_rate: 0.01, patience: 2, clip_norm: 0.5}
          split: {validation: 0.2, test: 0.1}
          contract: {max_rejected: 0.05, gaps: repair, conflict: repair, unsorted: drop, stuck: warn, checks: weather, columns: {temperature: y}}
          """,
          """
          job: prices
          preset: stock
          source: {csv: prices/*.csv.gz, time: Date, zone: America/New_York, series_of: file}
          target: Close
          derive: [{parkinson: [High, Low], steps: 10}, {garman-klass: [Open, High, Low, Close], steps: 20}]
          inputs: [parkinson_10, garman_klass_20, Volume]
          axis: {kind: sessions, holidays: NYSE}
          network: {cell: gru, reset: after, lookback: 20}
          contract: {split: repair, dividend: fail, columns: {close: Close}}
          """,
          """
          job: from-a-database
          source:
            jdbc: {url: "jdbc:postgresql://db/weather", query: "SELECT * FROM w", user: reader, password_variable: DB_PASSWORD}
            time: t
          target: y
          """,
          """
          job: from-a-reader
          source: {reader: org.datavec.api.records.reader.impl.csv.CSVRecordReader, files: [a.csv], time: t, series_of: all}
          target: y
          axis: {kind: business-days, holidays: DE}
          """);

  private static Path folder = Path.of("");

  /** A sound text and what happened to it. */
  record DamagedJob(String sound, List<YamlMutation> yaml, List<Mutation> mutations, long seed) {
    String text() {
      Random random = new Random(seed);
      String text = sound;
      for (YamlMutation mutation : yaml) {
        text = mutation.apply(text, random);
      }
      for (Mutation mutation : mutations) {
        text = mutation.apply(text, random);
      }
      return text;
    }
  }

  /** A job and its data, both damaged. */
  record DamagedRun(CsvShape shape, DamagedJob job, List<Mutation> data) {}

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("gatecast-fuzz");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("data.csv"));
    Files.delete(folder);
  }

  private static Arbitrary<DamagedJob> damaged(Arbitrary<String> sound, int leastMutations) {
    return Combinators.combine(
            sound,
            Arbitraries.of(YamlMutation.class).list().ofMinSize(leastMutations).ofMaxSize(3),
            Arbitraries.of(Mutation.ALL).list().ofMaxSize(1),
            Arbitraries.longs().withoutEdgeCases())
        .as(DamagedJob::new);
  }

  @Provide
  Arbitrary<DamagedJob> jobs() {
    return damaged(Arbitraries.of(JOBS), 1);
  }

  @Provide
  Arbitrary<DamagedRun> runs() {
    return Arbitraries.of(CsvShape.class)
        .flatMap(
            shape ->
                Combinators.combine(
                        damaged(Arbitraries.just(run(shape)), 0),
                        Arbitraries.of(Mutation.ALL).list().ofMaxSize(2))
                    .as((job, data) -> new DamagedRun(shape, job, data)));
  }

  private static String run(CsvShape shape) {
    return "job: fuzz\n" + shape.job() + "\nhorizon: 2\nnetwork: {lookback: 4}\n";
  }

  @Property
  void aJobFileIsReadOrAFaultSaysWhyNot(@ForAll("jobs") DamagedJob damaged) {
    String text = damaged.text();
    Optional<JobSpec> job =
        Bounds.resultOrFault(() -> JobFile.parse(text, "fuzz.yaml", Path.of("/jobs")));
    job.ifPresent(read -> assertTrue(read.canonical().contains(read.name())));
  }

  @Property
  void aRunIsPreparedOrAFaultSaysWhyNot(@ForAll("runs") DamagedRun damaged) throws IOException {
    Random random = new Random(damaged.job().seed());
    String file = damaged.shape().file();
    for (Mutation mutation : damaged.data()) {
      file = mutation.apply(file, random);
    }
    Files.write(folder.resolve("data.csv"), file.getBytes(StandardCharsets.ISO_8859_1));
    String text = damaged.job().text();
    Optional<Fold> prepared =
        Bounds.resultOrFault(
            () -> {
              JobSpec job = JobFile.parse(text, "fuzz.yaml", folder);
              Dataset data = Contract.read(job.data(), job::where);
              return PreparedData.of(job, data);
            });
    prepared.ifPresent(JobFuzzTest::requireSound);
  }

  private static void requireSound(Fold prepared) {
    float[] input = new float[prepared.train().lookback() * prepared.train().inputs()];
    for (int window = 0; window < prepared.train().size(); window++) {
      prepared.train().input(window, input, 0);
      for (float value : input) {
        assertTrue(!Float.isNaN(value), "a complete window has no gap");
      }
    }
  }

  @Example
  void soundJobsAreRead() throws IOException {
    for (String sound : JOBS) {
      assertEquals(
          sound.lines().findFirst().orElseThrow(),
          "job: " + JobFile.parse(sound, "sound.yaml", Path.of("/jobs")).name());
    }
    for (CsvShape shape : CsvShape.values()) {
      Files.write(folder.resolve("data.csv"), shape.file().getBytes(StandardCharsets.ISO_8859_1));
      JobSpec job = JobFile.parse(run(shape), "sound.yaml", folder);
      Dataset data = Contract.read(job.data(), job::where);
      assertTrue(PreparedData.of(job, data).train().size() > 0, shape::name);
    }
  }
}
