package io.gatecast.benchmarks.sides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.recurrent.DisagreementException;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.benchmarks.timing.Turns;
import io.gatecast.core.network.Batch;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.samples.Samples;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.core.spec.Segments.Normalisation;
import io.gatecast.core.spec.TrainingSpec;
import io.gatecast.core.training.Trainer;
import io.gatecast.core.weights.FlatLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The proof and what follows from the times; how fast anything is is not asked. */
class ProtocolPeerTest {
  private static final TrainingSpec TRAINING = TrainingSpec.adam(3, 8, 0.003, 1, 0.5, 1);
  private static final Turns.Effort ONCE = new Turns.Effort(1, 1, 0, 1);

  private static NetworkSpec spec(CellSpec cell, Normalisation normalisation, int linear) {
    Segments segments = new Segments(4, 6, 3, normalisation, 0.3, linear);
    return NetworkSpec.segmented(cell, 3, 13, 10, segments, new Loss.Absolute());
  }

  private static Stream<NetworkSpec> specs() {
    CellSpec gru = new CellSpec.Gru(CellSpec.Reset.AFTER);
    return Stream.of(
        spec(gru, Normalisation.LAST_VALUE, 0),
        spec(gru, Normalisation.INSTANCE, 5),
        spec(new CellSpec.Lstm(), Normalisation.NONE, 0));
  }

  /** Three sines of rising length, one step further each window. */
  private record Sines(int size, int lookback, int horizon) implements Samples {
    @Override
    public int inputs() {
      return 3;
    }

    @Override
    public int outputs() {
      return 3 * horizon;
    }

    @Override
    public void input(int window, float[] destination, int offset) {
      write(window, lookback, destination, offset);
    }

    @Override
    public void target(int window, float[] destination, int offset) {
      write(window + lookback, horizon, destination, offset);
    }

    private static void write(int first, int steps, float[] destination, int offset) {
      for (int i = 0; i < 3 * steps; i++) {
        double t = first + i / 3;
        destination[offset + i] = (float) (i % 3 + Math.sin(t / (3 + i % 3)));
      }
    }
  }

  private static final Sines TRAIN = new Sines(20, 14, 10);
  private static final Sines VALIDATION = new Sines(6, 14, 10);

  private static Batch batch() {
    float[] x = new float[5 * 14 * 3];
    float[] y = new float[5 * 30];
    for (int row = 0; row < 5; row++) {
      TRAIN.input(row, x, row * 14 * 3);
      TRAIN.target(row, y, row * 30);
    }
    return new Batch(5, 14, x, y);
  }

  private static void skipWithoutPyTorch() {
    if (!PyTorchPeer.available()) {
      String reason = "PyTorch's native library is on the classpath with -Ppytorch alone";
      System.out.println("skipped: " + reason);
      Assumptions.abort(reason);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void oursAndPyTorchComputeTheSame(NetworkSpec spec) {
    skipWithoutPyTorch();
    SegmentAgreement.prove(spec, TRAINING, batch(), 2);
  }

  /** Ours with one number of its gradient, or its outputs, wrong by a percent. */
  private record Wrong(DifferentiableNetwork of, String what) implements DifferentiableNetwork {
    @Override
    public NetworkSpec spec() {
      return of.spec();
    }

    @Override
    public String kernel() {
      return of.kernel();
    }

    @Override
    public float[] parameters() {
      return of.parameters();
    }

    @Override
    public double gradient(Batch batch, long dropoutSeed, float[] gradient) {
      double loss = of.gradient(batch, dropoutSeed, gradient);
      if (what.startsWith("gradient of segments.")) {
        int at = FlatLayout.of(spec()).segments(what.substring("gradient of ".length()));
        for (int i = at; i < at + 6; i++) {
          gradient[i] *= 1.01f;
        }
      }
      return what.equals("loss") ? loss * 1.01 : loss;
    }

    @Override
    public double loss(Batch batch) {
      return of.loss(batch);
    }

    @Override
    public void outputs(Batch batch, float[] outputs) {
      of.outputs(batch, outputs);
      outputs[7] *= what.equals("outputs") ? 1.01f : 1;
    }

    @Override
    public void close() {
      of.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"outputs", "loss", "gradient of segments.embedding.bias"})
  void whatDiffersIsNamed(String what) {
    skipWithoutPyTorch();
    NetworkSpec spec = spec(new CellSpec.Gru(CellSpec.Reset.AFTER), Normalisation.LAST_VALUE, 0);
    DisagreementException error =
        assertThrows(
            DisagreementException.class,
            () ->
                SegmentAgreement.prove(
                    spec,
                    TRAINING,
                    batch(),
                    1,
                    certain -> new Wrong(Trainer.network(certain, 1), what)));
    assertTrue(
        String.valueOf(error.getMessage()).contains("gru of segments, " + what + ":"),
        error::getMessage);
  }

  @Test
  void aTrainingsTimeIsItsStepsAndItsValidation() {
    Paired step = new Paired(new double[] {30}, new double[] {60});
    Paired validation = new Paired(new double[] {4}, new double[] {5});
    ProtocolPeer.Times times = new ProtocolPeer.Times("vector", step, validation, 100, 20);
    assertEquals(10 * (100 * 30 + 20 * 4) / 1000.0, times.oursSeconds(10), 1e-12);
    assertEquals(10 * (100 * 60 + 20 * 5) / 1000.0, times.peerSeconds(10), 1e-12);
    assertEquals(3.08 / 6.1, times.ratio(), 1e-12);
  }

  @Test
  void batchesAreThoseOfTheTraining() {
    skipWithoutPyTorch();
    NetworkSpec spec = spec(new CellSpec.Gru(CellSpec.Reset.AFTER), Normalisation.LAST_VALUE, 0);
    ProtocolPeer.Job job = new ProtocolPeer.Job(spec, TRAINING, TRAIN, VALIDATION, 1);
    ProtocolPeer.Times times = new ProtocolPeer(job).measure(ONCE);
    assertEquals(20 / 8.0, times.stepsPerEpoch());
    assertEquals(1, times.validationBatches(), "fewer windows than a batch has");
    assertTrue(times.step().oursMs() > 0 && times.validation().peerMs() > 0);
  }

  @Test
  void noWindowsAreRefused() {
    NetworkSpec spec = spec(new CellSpec.Gru(CellSpec.Reset.AFTER), Normalisation.LAST_VALUE, 0);
    Sines none = new Sines(0, 14, 10);
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ProtocolPeer.Job(spec, TRAINING, TRAIN, none, 1));
    assertEquals(
        "train, validation: expected at least 1 window each, found 20 and 0", error.getMessage());
  }

  @Test
  void whatPyTorchCannotTrainIsRefused() {
    NetworkSpec spec = spec(new CellSpec.Gru(CellSpec.Reset.BEFORE), Normalisation.LAST_VALUE, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ProtocolPeer.Job(spec, TRAINING, TRAIN, VALIDATION, 1));
  }
}
