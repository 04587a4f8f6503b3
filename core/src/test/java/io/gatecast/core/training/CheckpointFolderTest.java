package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.interop.Safetensors;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.OptimiserSpec;
import io.gatecast.core.spec.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that a checkpoint comes back bit for bit, and that a damaged one or another training's is
 * refused with its neighbours untouched.
 */
class CheckpointFolderTest {
  private static final NetworkSpec SPEC =
      NetworkSpec.uniform(new CellSpec.Lstm(), 2, 4, 1, 3, 0, new Loss.Squared());
  private static final TrainingSpec TRAINING = TrainingSpec.adam(5, 3, 0.02, 4, 0.3, 6);
  private static final Samples TRAIN = ArraySamples.random(1, 10, 4, 2, 3);
  private static final Samples VALIDATION = ArraySamples.random(2, 5, 4, 2, 3);
  private static final RunIdentity IDENTITY = RunIdentity.of(SPEC, TRAINING, TRAIN, VALIDATION);

  private final Path temporary;

  CheckpointFolderTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  private Path folder() {
    return temporary.resolve("a/b");
  }

  private static Checkpoint checkpoint(long steps) {
    float[] parameters = {1, -0f, Float.MIN_VALUE, (float) steps};
    return new Checkpoint(
        IDENTITY,
        2,
        new EpochTally(3, 9, 0.1 + 0.2, Math.PI, Double.MIN_VALUE, 1),
        steps,
        1,
        Math.nextUp(0.1),
        Map.of(Checkpoint.PARAMETERS, parameters, "optimiser.m", new float[] {1e-40f, 2, 3, 4}));
  }

  @Test
  void checkpointComesBackBitForBit() {
    CheckpointFolder folder = new CheckpointFolder(folder());
    assertEquals(Optional.empty(), folder.newest(IDENTITY));
    Checkpoint written = checkpoint(7);

    folder.write(written);
    Checkpoint read = folder.newest(IDENTITY).orElseThrow();

    assertEquals(written.tally(), read.tally());
    assertEquals(written.epochs(), read.epochs());
    assertEquals(written.steps(), read.steps());
    assertEquals(written.bestEpoch(), read.bestEpoch());
    assertEquals(written.bestLoss(), read.bestLoss());
    assertEquals(written.arrays().keySet(), read.arrays().keySet());
    written
        .arrays()
        .forEach(
            (name, values) -> {
              float[] found = read.arrays().getOrDefault(name, new float[0]);
              assertArrayEquals(bits(values), bits(found), name);
            });
  }

  @Test
  void newestTwoAreKeptAndWhatAKilledProcessLeftIsSwept() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(folder());
    folder.write(checkpoint(9));
    Files.writeString(folder().resolve(".step-000000000010.safetensors.1234"), "half");
    Files.writeString(folder().resolve("notes.txt"), "the user's");
    folder.write(checkpoint(10));
    folder.write(checkpoint(1_000_000_000_0L));

    assertEquals(
        List.of("notes.txt", "step-000000000010.safetensors", "step-010000000000.safetensors"),
        names());
    assertEquals(1_000_000_000_0L, folder.newest(IDENTITY).orElseThrow().steps());
  }

  @Test
  void cutShortFileIsRefusedAtEveryLength() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(folder());
    folder.write(checkpoint(4));
    folder.write(checkpoint(8));
    Path newest = folder().resolve("step-000000000008.safetensors");
    byte[] whole = Files.readAllBytes(newest);

    for (int length = 0; length < whole.length; length++) {
      Files.write(newest, Arrays.copyOf(whole, length));
      String message = refused(folder, IDENTITY);
      Messages.assertContains(
          message, "delete the file; training then goes on from step-000000000004.safetensors");
    }

    Files.delete(newest);
    assertEquals(4, folder.newest(IDENTITY).orElseThrow().steps());
  }

  @Test
  void changedFileIsRefusedWhereverItChanged() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(folder());
    folder.write(checkpoint(8));
    Path newest = folder().resolve("step-000000000008.safetensors");
    byte[] whole = Files.readAllBytes(newest);
    Safetensors content = Safetensors.read(newest);

    for (int place = 0; place < whole.length; place++) {
      byte[] changed = whole.clone();
      changed[place] ^= 1;
      Files.write(newest, changed);
      if (whole[place] == ' ' || isSameContent(newest, content)) {
        continue; // padding, or another way to write the same
      }
      String message = refused(folder, IDENTITY);
      Messages.assertContains(message, "delete the file; training then starts anew");
      assertArrayEquals(changed, Files.readAllBytes(newest));
    }
  }

  private static boolean isSameContent(Path file, Safetensors content) throws IOException {
    try {
      return Safetensors.read(file).equals(content);
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void anotherTrainingsCheckpointIsRefusedNamingWhatDiffers() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(folder());
    folder.write(checkpoint(8));
    NetworkSpec wider = NetworkSpec.uniform(new CellSpec.Lstm(), 2, 5, 1, 3, 0, new Loss.Squared());
    Samples other = ArraySamples.random(3, 10, 4, 2, 3);

    String message = refused(folder, RunIdentity.of(wider, TRAINING, TRAIN, VALIDATION));
    assertEquals(
        "checkpoint: expected "
            + wider
            + ", found "
            + SPEC
            + " ("
            + folder().resolve("step-000000000008.safetensors")
            + ", entry network): give the same network, training, initial weights and data as"
            + " then, or another folder",
        message);
    for (TrainingSpec changed :
        List.of(
            TrainingSpec.adam(6, 3, 0.02, 4, 0.3, 6),
            TrainingSpec.adam(5, 3, 0.02, 4, 0.3, 7),
            TRAINING.with(new OptimiserSpec.AdamW(0.02, 0)))) {
      Messages.assertContains(
          refused(folder, RunIdentity.of(SPEC, changed, TRAIN, VALIDATION)), "entry training");
    }
    Messages.assertContains(
        refused(folder, RunIdentity.of(SPEC, TRAINING, other, VALIDATION)), "entry train)");
    Messages.assertContains(
        refused(folder, RunIdentity.of(SPEC, TRAINING, TRAIN, other)), "entry validation)");
    Messages.assertContains(refused(folder, IDENTITY.from(new float[] {1, 2})), "entry initial)");
    TrainingSpec hasty = TRAINING.within(Optional.of(Duration.ofSeconds(1)));
    assertEquals(IDENTITY, RunIdentity.of(SPEC, hasty, TRAIN, VALIDATION));
    assertEquals(List.of("step-000000000008.safetensors"), names());
  }

  @Test
  void anotherSafetensorsFileIsRefused() throws IOException {
    Files.createDirectories(folder());
    Safetensors.of(Map.of()).write(folder().resolve("step-000000000008.safetensors"));

    Messages.assertContains(
        refused(new CheckpointFolder(folder()), IDENTITY), "expected an entry format, found none");
  }

  @Test
  void trainingRefusesADamagedCheckpointAndGoesOnFromTheOneBefore() throws IOException {
    TrainingListener silent = report -> {};
    Trained first = new Trainer().train(SPEC, TRAINING, TRAIN, VALIDATION, silent, folder());
    Path newest = folder().resolve(names().get(1));
    byte[] whole = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(whole, whole.length - 1));

    assertThrows(
        CheckpointException.class,
        () -> new Trainer().train(SPEC, TRAINING, TRAIN, VALIDATION, silent, folder()));
    Files.delete(newest);
    Trained second = new Trainer().train(SPEC, TRAINING, TRAIN, VALIDATION, silent, folder());

    assertEquals(first.network().weights(), second.network().weights());
    assertArrayEquals(whole, Files.readAllBytes(newest), "the same file once more");
    first.network().close();
    second.network().close();
  }

  @Test
  void checkpointThatCannotBeWrittenIsAnErrorThatNamesTheFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "no folder");

    String message =
        Messages.of(
            UncheckedIOException.class, () -> new CheckpointFolder(file).write(checkpoint(1)));

    Messages.assertContains(message, file + ": cannot write a checkpoint");
    assertFalse(Files.isDirectory(file));
    assertTrue(Files.exists(file));
  }

  private static String refused(CheckpointFolder folder, RunIdentity identity) {
    return Messages.of(CheckpointException.class, () -> folder.newest(identity));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
