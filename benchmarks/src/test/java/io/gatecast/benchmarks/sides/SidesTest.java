package io.gatecast.benchmarks.sides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatecast.benchmarks.recurrent.Agreement;
import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.spec.CellSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every side against the oracle, on whatever it says it can do. */
class SidesTest {
  private static final List<CellSpec> CELLS = CellSpec.all();
  private static final WorkSize ONE = new WorkSize("1x1x1x1", 1, 1, 1, 1, 1);

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {
    abstract Side side();

    /** What it must be able to do, by name, that nothing fall out unseen. */
    abstract Set<String> trains();

    abstract Set<String> infers();

    private Stream<CellSpec> trained() {
      return CELLS.stream().filter(cell -> side().lacks(Work.TRAINING, cell).isEmpty());
    }

    private Stream<CellSpec> inferred() {
      return CELLS.stream().filter(cell -> side().lacks(Work.INFERENCE, cell).isEmpty());
    }

    Stream<Workload> training() {
      return trained()
          .flatMap(
              cell ->
                  Stream.of(ONE, WorkSize.AWKWARD)
                      .map(size -> Workload.draw(cell, size, Agreement.LEARNING_RATE)));
    }

    Stream<Workload> inference() {
      return inferred()
          .flatMap(
              cell -> Stream.of(ONE, WorkSize.AWKWARD).map(size -> Workload.draw(cell, size, 0)));
    }

    @Test
    void itDoesWhatItShouldBeAbleTo() {
      assertEquals(trains(), trained().map(CellSpec::label).collect(Collectors.toSet()));
      assertEquals(infers(), inferred().map(CellSpec::label).collect(Collectors.toSet()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("training")
    void trainsAsTheOracle(Workload workload) {
      Agreement.training(workload, 1, side(), new OracleSide());
    }

    @ParameterizedTest
    @MethodSource("inference")
    void givesTheOraclesOutputs(Workload workload) {
      Agreement.inference(workload, 1, side(), new OracleSide());
    }

    @Test
    void twoThreadsGiveTheSame() {
      Workload workload = Workload.draw(Cells.LSTM.spec(), WorkSize.AWKWARD, 0);
      Agreement.inference(workload, 2, side(), new OracleSide());
    }

    @Test
    void outputsNeedARun() {
      Workload workload = Workload.draw(Cells.LSTM.spec(), ONE, 0);
      try (InferenceRun run = side().inference(workload, 1)) {
        assertThrows(IllegalStateException.class, run::outputs);
      }
    }
  }

  @Nested
  class OursOnVectors extends Contract {
    @Override
    Side side() {
      return new Gatecast("vector");
    }

    @Override
    Set<String> trains() {
      return CELLS.stream().map(CellSpec::label).collect(Collectors.toSet());
    }

    @Override
    Set<String> infers() {
      return trains();
    }
  }

  @Nested
  class OursOnBlas extends Contract {
    @Override
    Side side() {
      return new Gatecast("blas");
    }

    @Override
    Set<String> trains() {
      return CELLS.stream().map(CellSpec::label).collect(Collectors.toSet());
    }

    @Override
    Set<String> infers() {
      return trains();
    }
  }

  @Nested
  class OursInDl4j extends Contract {
    @Override
    Side side() {
      return new GatecastInDl4j("vector");
    }

    @Override
    Set<String> trains() {
      return CELLS.stream().map(CellSpec::label).collect(Collectors.toSet());
    }

    @Override
    Set<String> infers() {
      return trains();
    }
  }

  @Nested
  class Dl4j extends Contract {
    @Override
    Side side() {
      return new Dl4jPeer();
    }

    @Override
    Set<String> trains() {
      return Set.of("rnn-tanh", "rnn-relu", "rnn-sigmoid", "lstm");
    }

    @Override
    Set<String> infers() {
      return trains();
    }
  }

  @Nested
  @DisabledOnOs(
      value = OS.MAC,
      architectures = "x86_64",
      disabledReason = "ONNX Runtime 1.29 has no native library for macOS on x86-64")
  class OnnxRuntime extends Contract {
    @Override
    Side side() {
      return new OnnxRuntimePeer();
    }

    @Override
    Set<String> trains() {
      return Set.of();
    }

    @Override
    Set<String> infers() {
      return Set.of("rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru-after", "gru-before", "lstm");
    }

    @Test
    void trainingIsRefused() {
      Workload workload = Workload.draw(Cells.LSTM.spec(), ONE, 0);
      assertThrows(IllegalArgumentException.class, () -> side().training(workload, 1));
    }
  }

  @Nested
  class PyTorch extends Contract {
    @BeforeAll
    void itsNativeLibraryIsThere() {
      if (!PyTorchPeer.available()) {
        String reason = "PyTorch's native library is on the classpath with -Ppytorch alone";
        System.out.println("skipped: " + reason);
        Assumptions.abort(reason);
      }
    }

    @Override
    Side side() {
      return new PyTorchPeer();
    }

    @Override
    Set<String> trains() {
      return Set.of("rnn-tanh", "rnn-relu", "gru-after", "lstm");
    }

    @Override
    Set<String> infers() {
      return trains();
    }
  }

  @Test
  void withoutItsNativeLibraryPyTorchSaysSo() {
    boolean able = new PyTorchPeer().lacks(Work.INFERENCE, Cells.LSTM.spec()).isEmpty();
    assertEquals(PyTorchPeer.available(), able);
  }
}
