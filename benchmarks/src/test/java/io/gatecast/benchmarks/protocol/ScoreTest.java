package io.gatecast.benchmarks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.core.samples.Samples;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both counting rules against naive loops over all windows. */
class ScoreTest {
  private static final int LOOKBACK = 4;
  private static final int CHANNELS = 2;
  private static final int HORIZON = 3;

  /** Random windows and targets. */
  private static final class Drawn implements Samples {
    private final float[][] inputs;
    private final float[][] targets;

    private Drawn(float[][] inputs, float[][] targets) {
      this.inputs = inputs;
      this.targets = targets;
    }

    static Drawn of(int size) {
      Random random = new Random(size);
      float[][] inputs = new float[size][LOOKBACK * CHANNELS];
      float[][] targets = new float[size][HORIZON * CHANNELS];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < inputs[i].length; j++) {
          inputs[i][j] = random.nextFloat();
        }
        for (int j = 0; j < targets[i].length; j++) {
          targets[i][j] = random.nextFloat();
        }
      }
      return new Drawn(inputs, targets);
    }

    @Override
    public int size() {
      return targets.length;
    }

    @Override
    public int lookback() {
      return LOOKBACK;
    }

    @Override
    public int inputs() {
      return CHANNELS;
    }

    @Override
    public int outputs() {
      return HORIZON * CHANNELS;
    }

    @Override
    public void input(int window, float[] destination, int offset) {
      System.arraycopy(inputs[window], 0, destination, offset, inputs[window].length);
    }

    @Override
    public void target(int window, float[] destination, int offset) {
      System.arraycopy(targets[window], 0, destination, offset, targets[window].length);
    }
  }

  /** Another number for each place, from the window's own inputs. */
  private static float forecast(float[] inputs, int from, int output) {
    return inputs[from + output % (LOOKBACK * CHANNELS)] * (1 + output);
  }

  private static float[] forecasts(float[] inputs, int windows) {
    float[] all = new float[windows * HORIZON * CHANNELS + 1];
    for (int i = 0; i < windows; i++) {
      for (int j = 0; j < HORIZON * CHANNELS; j++) {
        all[i * HORIZON * CHANNELS + j] = forecast(inputs, i * LOOKBACK * CHANNELS, j);
      }
    }
    return all;
  }

  private static Score naive(Drawn samples, int windows) {
    double squares = 0;
    double absolutes = 0;
    int count = 0;
    for (int i = 0; i < windows; i++) {
      for (int j = 0; j < HORIZON * CHANNELS; j++) {
        double error = (double) forecast(samples.inputs[i], 0, j) - samples.targets[i][j];
        squares += error * error;
        absolutes += Math.abs(error);
        count++;
      }
    }
    return new Score(squares / count, absolutes / count, windows);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 63, 64, 127, 128, 129, 207, 300})
  void bothRulesAreThoseOfANaiveLoop(int size) {
    Drawn samples = Drawn.of(size);
    Map<Counting, Score> scores = Score.of(ScoreTest::forecasts, samples);
    requireSame(naive(samples, size), scores, Counting.ALL);
    int kept = size - size % 32;
    if (kept == 0) {
      assertEquals(1, scores.size(), "a rule that counts no window has no score");
    } else {
      requireSame(naive(samples, kept), scores, Counting.DROP_LAST_32);
    }
  }

  private static void requireSame(Score expected, Map<Counting, Score> scores, Counting rule) {
    Score found = scores.getOrDefault(rule, new Score(0, 0, 0));
    assertEquals(expected.windows(), found.windows());
    assertEquals(expected.mse(), found.mse(), 1e-12 * expected.mse());
    assertEquals(expected.mae(), found.mae(), 1e-12 * expected.mae());
  }

  @Test
  void whatIsNoNumberIsNoScore() {
    Drawn samples = Drawn.of(40);
    assertThrows(
        IllegalStateException.class,
        () ->
            Score.of(
                (inputs, windows) -> {
                  float[] all = forecasts(inputs, windows);
                  all[39 * HORIZON * CHANNELS] = Float.NaN;
                  return all;
                },
                samples));
  }
}
