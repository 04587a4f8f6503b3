package io.gatecast.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.ScheduleSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Trained;
import io.gatecast.core.training.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of training without jobs and files, as it stands there. */
class ReadmeExampleTest {
  @Test
  void trainsForecastsAndGoesOnFromItsCheckpoint(@TempDir Path folder) {
    Samples train = ArraySamples.random(1, 64, 30, 5, 7);
    Samples validation = ArraySamples.random(2, 16, 30, 5, 7);
    float[] window = new float[30 * 5];
    validation.input(0, window);

    float[] first = forecast(train, validation, window, folder.resolve("checkpoints"), 3);
    float[] again = forecast(train, validation, window, folder.resolve("checkpoints"), 3);
    float[] apart = forecast(train, validation, window, folder.resolve("others"), 3);

    assertArrayEquals(first, again);
    assertArrayEquals(first, apart);
  }

  private static float[] forecast(
      Samples train, Samples validation, float[] window, Path checkpoints, int epochs) {
    NetworkSpec spec = NetworkSpec.uniform(new CellSpec.Lstm(), 5, 32, 1, 7, 0, new Loss.Huber(1));
    TrainingSpec training =
        TrainingSpec.adam(epochs, 32, 0.003, 5, 1, 42)
            .with(new ScheduleSpec.Cosine(2, 0))
            .within(Optional.of(Duration.ofMinutes(10)));
    Trained trained =
        new Trainer().train(spec, training, train, validation, report -> {}, checkpoints);
    float[] y = new float[7];
    trained.network().forecast(window, 1, 30, y);
    assertEquals(3, trained.epochs());
    return y;
  }
}
