package io.gatecast.benchmarks.recurrent;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.benchmarks.sides.OracleSide;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Sides with a fault, each of which must be found and named. */
class AgreementTest {
  private static final Side RIGHT = new OracleSide();
  private static final Workload WORKLOAD =
      Workload.draw(Cells.GRU.spec(), WorkSize.AWKWARD, Agreement.LEARNING_RATE);

  /** The oracle, with something done to what goes in or comes out. */
  private record Faulty(
      UnaryOperator<float[]> outputs,
      UnaryOperator<Double> loss,
      UnaryOperator<NamedWeights> weights)
      implements Side {
    static final Faulty SOUND =
        new Faulty(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());

    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public Optional<String> lacks(Work work, CellSpec cell) {
      return Optional.empty();
    }

    @Override
    public TrainingStep training(Workload workload, int threads) {
      TrainingStep right = RIGHT.training(workload, threads);
      return new TrainingStep() {
        private boolean trained;

        @Override
        public double step() {
          trained = true;
          return loss.apply(right.step());
        }

        @Override
        public NamedWeights weights() {
          return trained ? weights.apply(right.weights()) : right.weights();
        }

        @Override
        public void close() {
          right.close();
        }
      };
    }

    @Override
    public InferenceRun inference(Workload workload, int threads) {
      InferenceRun right = RIGHT.inference(workload, threads);
      return new InferenceRun() {
        @Override
        public void run() {
          right.run();
        }

        @Override
        public float[] outputs() {
          return outputs.apply(right.outputs());
        }

        @Override
        public void close() {
          right.close();
        }
      };
    }
  }

  private static void findsInTraining(Side side, String where) {
    DisagreementException error =
        assertThrows(
            DisagreementException.class, () -> Agreement.training(WORKLOAD, 1, side, RIGHT));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains(where), message);
    assertTrue(message.contains("expected faulty and "), message);
  }

  private static void findsInOutputs(UnaryOperator<float[]> fault, String where) {
    Side side = new Faulty(fault, Faulty.SOUND.loss(), Faulty.SOUND.weights());
    DisagreementException error =
        assertThrows(
            DisagreementException.class, () -> Agreement.inference(WORKLOAD, 1, side, RIGHT));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains(where), message);
  }

  @Test
  void soundSidesAgree() {
    assertDoesNotThrow(() -> Agreement.inference(WORKLOAD, 1, Faulty.SOUND, RIGHT));
    assertDoesNotThrow(() -> Agreement.training(WORKLOAD, 1, Faulty.SOUND, RIGHT));
  }

  @Test
  void oneOutputOffIsFound() {
    findsInOutputs(
        y -> {
          y[3] += 0.001f;
          return y;
        },
        "gru 3x7x5x13, output 1 of window 1");
  }

  @Test
  void anOutputThatIsNoNumberIsFound() {
    findsInOutputs(
        y -> {
          y[0] = Float.NaN;
          return y;
        },
        "output 0 of window 0");
  }

  @Test
  void aMissingOutputIsFound() {
    findsInOutputs(y -> new float[y.length - 1], "number of outputs");
  }

  @Test
  void aLossThatIsOffIsFound() {
    UnaryOperator<Double> off = loss -> loss * (1 + 1e-4);
    findsInTraining(
        new Faulty(Faulty.SOUND.outputs(), off, Faulty.SOUND.weights()), "loss after 0 steps");
  }

  @Test
  void aTensorThatStoodStillIsFound() {
    String name = "layers.0.reset.recurrent_weights";
    UnaryOperator<NamedWeights> still = weights -> weights.with(name, WORKLOAD.weights().get(name));
    findsInTraining(new Faulty(Faulty.SOUND.outputs(), Faulty.SOUND.loss(), still), name);
  }

  @Test
  void aBiasThatMovedTwiceAsFarIsFound() {
    String name = "layers.0.update.bias";
    UnaryOperator<NamedWeights> twice =
        weights -> {
          float[] start = WORKLOAD.weights().get(name).values();
          float[] moved = weights.get(name).values();
          for (int i = 0; i < moved.length; i++) {
            moved[i] += moved[i] - start[i];
          }
          return weights.with(name, WeightTensor.of(moved, moved.length));
        };
    findsInTraining(new Faulty(Faulty.SOUND.outputs(), Faulty.SOUND.loss(), twice), name);
  }

  @Test
  void anotherCellIsFound() {
    Side before =
        new Side() {
          @Override
          public String name() {
            return "faulty";
          }

          @Override
          public Optional<String> lacks(Work work, CellSpec cell) {
            return Optional.empty();
          }

          @Override
          public TrainingStep training(Workload workload, int threads) {
            return RIGHT.training(reset(workload), threads);
          }

          @Override
          public InferenceRun inference(Workload workload, int threads) {
            return RIGHT.inference(reset(workload), threads);
          }

          private Workload reset(Workload workload) {
            return Workload.draw(Cells.GRU_BEFORE, workload.size(), workload.learningRate());
          }
        };
    findsInTraining(before, "weights before training");
  }
}
