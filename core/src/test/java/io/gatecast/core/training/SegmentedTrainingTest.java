package io.gatecast.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatecast.core.fixtures.ArraySamples;
import io.gatecast.core.fixtures.SegmentedNetworks;
import io.gatecast.core.fixtures.SegmentedOracle;
import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that a network that reads segments learns and forecasts on every kernel. */
class SegmentedTrainingTest {
  private static final int TIME = SegmentedNetworks.TIME;

  static Stream<String> kernels() {
    return Kernels.available().stream();
  }

  @AfterEach
  void leaveTheChoice() {
    System.clearProperty("gatecast.kernel");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void itLearnsAndForecastsWhatTheOracleDoes(String kernel) {
    System.setProperty("gatecast.kernel", kernel);
    NetworkSpec spec =
        SegmentedNetworks.dropping(SegmentedNetworks.ofEachLoss().findFirst().orElseThrow(), 0.2);
    ArraySamples train = ArraySamples.random(1, 24, TIME, spec.inputs(), spec.outputs());
    List<Double> losses = new ArrayList<>();
    Trained trained =
        new Trainer(1)
            .train(
                spec,
                TrainingSpec.adam(6, 8, 0.01, 1, 6, 5),
                train,
                train,
                report -> losses.add(report.validationLoss()));
    try (RecurrentNetwork network = trained.network();
        DifferentiableNetwork fresh = Trainer.network(spec, 1)) {
      assertEquals(kernel, network.kernel());
      assertEquals(kernel, fresh.kernel());
      assertTrue(losses.get(losses.size() - 1) < losses.get(0), losses::toString);
      float[] window = new float[TIME * spec.inputs()];
      float[][] found = network.forecast(train);
      for (int w = 0; w < found.length; w++) {
        train.input(w, window);
        double[][] x = new double[TIME][spec.inputs()];
        for (int i = 0; i < window.length; i++) {
          x[i / spec.inputs()][i % spec.inputs()] = window[i];
        }
        double[] y = SegmentedOracle.of(spec, network.weights()).forward(x);
        for (int i = 0; i < y.length; i++) {
          assertEquals(y[i], found[w][i], 1e-5, "window " + w);
        }
      }
    }
  }
}
