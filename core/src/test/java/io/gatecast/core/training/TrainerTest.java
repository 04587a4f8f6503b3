package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.Messages;
import io.gatecast.core.fixtures.TrainingLog;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.HeadSpec;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.spec.ScheduleSpec;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.weights.NamedWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that training learns, that it can be repeated from its seed, and that what does not fit is
 * refused before anything is trained.
 */
class TrainerTest {
  private static final CellSpec LSTM = new CellSpec.Lstm();
  private static final Samples TRAIN = ArraySamples.random(1, 10, 4, 2, 3);
  private static final Samples VALIDATION = ArraySamples.random(2, 5, 4, 2, 3);

  /** A training's outcome in values that can be compared. */
  record Outcome(NamedWeights weights, int bestEpoch, double loss, List<EpochReport> log) {}

  static Stream<CellSpec> cells() {
    return CellSpec.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sameSeedGivesTheSameBits(CellSpec cell) {
    Outcome first = outcome(cell, 42, 0);
    Outcome second = outcome(cell, 42, 0);

    assertEquals(first, second);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sameSeedGivesTheSameBitsWithDropoutToo(CellSpec cell) {
    Outcome first = outcome(cell, 42, 0.4);
    Outcome second = outcome(cell, 42, 0.4);

    assertEquals(first, second);
    assertNotEquals(outcome(cell, 42, 0).weights(), first.weights());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void anotherSeedGivesOtherWeights(CellSpec cell) {
    assertNotEquals(outcome(cell, 42, 0).weights(), outcome(cell, 43, 0).weights());
  }

  /** A logistic RNN needs many more steps than these, as its outputs start around a half. */
  static Stream<CellSpec> quickLearners() {
    CellSpec slow = new CellSpec.Rnn(CellSpec.Activation.SIGMOID);
    return CellSpec.all().stream().filter(cell -> !cell.equals(slow));
  }

  @ParameterizedTest
  @MethodSource("quickLearners")
  void sineIsLearnt(CellSpec cell) {
    ArraySamples train = ArraySamples.sliding(sine(0, 100), 6, 2);
    ArraySamples validation = ArraySamples.sliding(sine(100, 40), 6, 2);
    NetworkSpec spec = NetworkSpec.uniform(cell, 1, 8, 1, 2, 0, new Loss.Squared());
    TrainingSpec training = TrainingSpec.adam(8, 8, 0.03, 8, 1, 1);
    double meanOfSquares = 0.5; // of a sine about its mean, 0

    Trained trained = new Trainer().train(spec, training, train, validation, new TrainingLog());
    trained.network().close();

    assertTrue(trained.validationLoss() < 0.01 * meanOfSquares, trained::toString);
  }

  @Test
  void listenerHearsEachEpochOnceAndInOrder() {
    TrainingLog log = new TrainingLog();
    TrainingSpec training = TrainingSpec.adam(7, 4, 0.05, 7, 1, 1);

    Trained trained = new Trainer().train(spec(LSTM, 2, 3, 0), training, TRAIN, VALIDATION, log);
    trained.network().close();

    assertEquals(
        List.of(1, 2, 3, 4, 5, 6, 7), log.epochs().stream().map(EpochReport::epoch).toList());
    assertEquals(7, trained.epochs());
    double best = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (EpochReport epoch : log.epochs()) {
      assertEquals(7, epoch.epochs());
      assertEquals(epoch.validationLoss() < best, epoch.best(), epoch::toString);
      if (epoch.best()) {
        best = epoch.validationLoss();
        bestEpoch = epoch.epoch();
      }
    }
    assertEquals(best, trained.validationLoss());
    assertEquals(bestEpoch, trained.bestEpoch());
  }

  /** With a rate that moves nothing, every batch has the loss of the initial weights. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 100})
  void trainLossIsTheMeanOverWindowsWhateverTheBatch(int batch) {
    TrainingLog log = new TrainingLog();
    TrainingSpec training = TrainingSpec.adam(1, batch, 1e-12, 1, 1, 1);

    new Trainer().train(spec(LSTM, 2, 3, 0), training, TRAIN, TRAIN, log).network().close();

    EpochReport report = log.epochs().get(0);
    assertEquals(report.validationLoss(), report.trainLoss(), 1e-6 * report.trainLoss());
    assertEquals((10 + batch - 1) / batch, report.steps());
  }

  @Test
  void reportTellsRatesNormsAndClipping() {
    TrainingLog log = new TrainingLog();
    TrainingSpec plain = TrainingSpec.adam(3, 4, 0.05, 3, Double.POSITIVE_INFINITY, 1);
    TrainingSpec halving = plain.with(new ScheduleSpec.Step(1, 0.5));
    TrainingSpec clipping = TrainingSpec.adam(1, 4, 0.05, 1, 1e-6, 1);

    new Trainer().train(spec(LSTM, 2, 3, 0), halving, TRAIN, VALIDATION, log).network().close();
    new Trainer().train(spec(LSTM, 2, 3, 0), clipping, TRAIN, VALIDATION, log).network().close();

    assertEquals(
        List.of(0.05, 0.025, 0.0125, 0.05),
        log.epochs().stream().map(EpochReport::learningRate).toList());
    assertEquals(
        List.of(0.0, 0.0, 0.0, 1.0), log.epochs().stream().map(EpochReport::clipped).toList());
    for (EpochReport report : log.epochs()) {
      assertTrue(report.gradientNorm() > 0, report::toString);
      assertTrue(report.gradientNorm() < report.largestGradientNorm(), report::toString);
      assertTrue(report.largestGradientNorm() < 3 * report.gradientNorm(), report::toString);
    }
    assertEquals(
        List.of("EPOCHS: epoch 3 was the last allowed", "EPOCHS: epoch 1 was the last allowed"),
        log.endings());
  }

  @Test
  void headThatReadsEveryStepLearnsFromTargetsOfEveryStep() {
    NetworkSpec spec =
        new NetworkSpec(
            2,
            List.of(new LayerSpec(LSTM, 8, 0)),
            new HeadSpec(1, Readout.EVERY_STEP),
            new Loss.Squared());
    Samples samples = ArraySamples.random(1, 40, 4, 2, 4).withTarget(0.5f);
    TrainingSpec training = TrainingSpec.adam(30, 8, 0.03, 30, 1, 1);

    Trained trained = new Trainer().train(spec, training, samples, samples, new TrainingLog());
    trained.network().close();

    assertTrue(trained.validationLoss() < 0.01 * 0.25, trained::toString);
    assertEquals(
        "train: expected windows of 2 inputs and 4 outputs, found 2 and 3",
        refused(spec, TRAIN, VALIDATION));
  }

  /**
   * Where inputs tell nothing, the best forecast is the targets' own quantiles, each step's for
   * itself: here of uniform numbers in (-1, 1), whose q-quantile is {@code 2 q − 1}, and of ones
   * that are half as large.
   */
  @Test
  void quantileHeadLearnsTheQuantilesOfEachStep() {
    List<Double> levels = List.of(0.1, 0.5, 0.8);
    Samples samples = new QuantileSamples(2000, levels.size());
    NetworkSpec spec = NetworkSpec.uniform(LSTM, 1, 2, 1, 6, 0, new Loss.Quantiles(levels));
    TrainingSpec training =
        TrainingSpec.adam(25, 100, 0.02, 25, 1, 1).with(new ScheduleSpec.Exponential(0.85));

    Trained trained = new Trainer().train(spec, training, samples, samples, new TrainingLog());

    try (RecurrentNetwork network = trained.network()) {
      float[] y = network.forecast(samples)[0];
      for (int k = 0; k < 6; k++) {
        double scale = k < 3 ? 1 : 0.5;
        assertEquals(scale * (2 * levels.get(k % 3) - 1), y[k], scale * 0.08, "output " + k);
      }
    }
  }

  /** Windows of zeros, followed by two steps of chance, each value as often as there are levels. */
  private static final class QuantileSamples implements Samples {
    private final float[] values;
    private final int levels;

    QuantileSamples(int size, int levels) {
      Random random = new Random(1);
      this.values = new float[2 * size];
      this.levels = levels;
      for (int i = 0; i < values.length; i++) {
        values[i] = (2 * random.nextFloat() - 1) / (i % 2 + 1);
      }
    }

    @Override
    public int size() {
      return values.length / 2;
    }

    @Override
    public int lookback() {
      return 2;
    }

    @Override
    public int inputs() {
      return 1;
    }

    @Override
    public int outputs() {
      return 2 * levels;
    }

    @Override
    public void input(int window, float[] destination, int offset) {
      Arrays.fill(destination, offset, offset + 2, 0);
    }

    @Override
    public void target(int window, float[] destination, int offset) {
      for (int step = 0; step < 2; step++) {
        int first = offset + step * levels;
        Arrays.fill(destination, first, first + levels, values[2 * window + step]);
      }
    }
  }

  @Test
  void emptyWindowsAreRefusedByName() {
    Samples none = ArraySamples.random(1, 0, 4, 2, 3);
    NetworkSpec spec = spec(LSTM, 2, 3, 0);

    assertEquals(
        "train: expected at least one window, found none", refused(spec, none, VALIDATION));
    assertEquals(
        "validation: expected at least one window, found none", refused(spec, TRAIN, none));
  }

  @Test
  void windowsOfOtherSizesAreRefusedByName() {
    Samples wide = ArraySamples.random(1, 5, 4, 6, 3);
    Samples far = ArraySamples.random(1, 5, 4, 2, 8);
    NetworkSpec spec = spec(LSTM, 2, 3, 0);

    assertEquals(
        "train: expected windows of 2 inputs and 3 outputs, found 6 and 3",
        refused(spec, wide, VALIDATION));
    assertEquals(
        "validation: expected windows of 2 inputs and 3 outputs, found 2 and 8",
        refused(spec, TRAIN, far));
  }

  private static String refused(NetworkSpec spec, Samples train, Samples validation) {
    TrainingSpec training = TrainingSpec.adam(1, 4, 0.01, 1, 1, 1);
    TrainingLog log = new TrainingLog();
    String message =
        Messages.of(
            IllegalArgumentException.class,
            () -> new Trainer().train(spec, training, train, validation, log));
    assertEquals(List.of(), log.epochs());
    return message;
  }

  private static Outcome outcome(CellSpec cell, long seed, double dropout) {
    TrainingLog log = new TrainingLog();
    TrainingSpec training = TrainingSpec.adam(3, 4, 0.05, 3, 1, seed);
    Trained trained =
        new Trainer().train(spec(cell, 2, 3, dropout), training, TRAIN, VALIDATION, log);
    try (RecurrentNetwork network = trained.network()) {
      return new Outcome(
          network.weights(), trained.bestEpoch(), trained.validationLoss(), log.epochs());
    }
  }

  private static NetworkSpec spec(CellSpec cell, int inputs, int outputs, double dropout) {
    return NetworkSpec.uniform(cell, inputs, 5, 2, outputs, dropout, new Loss.Squared());
  }

  private static float[] sine(int from, int count) {
    float[] series = new float[count];
    for (int i = 0; i < count; i++) {
      series[i] = (float) Math.sin(0.4 * (from + i));
    }
    return series;
  }
}
