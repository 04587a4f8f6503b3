package io.gatecast.core.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatecast.core.spec.CellSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Proves that listeners are told of each pass, with the layers' activations and gradients. */
class ListenerTest {
  private static final CellSpec CELL = new CellSpec.Gru(CellSpec.Reset.BEFORE);

  @Test
  void multiLayerNetwork() {
    MultiLayerNetwork network = Networks.of(Networks.sequence(Networks.base(), CELL));
    Log log = new Log("0_RW");
    network.setListeners(new ScoreIterationListener(1), new PerformanceListener(1, true), log);
    network.fit(Networks.sequenceData());
    network.fit(Networks.sequenceData());

    String shapes = "[[4, 3, 5], [4, 4, 5], [4, 3, 5]]";
    String step = "forward " + shapes + "; backward; gradient [4, 12]; iteration; ";
    assertEquals(step + step, log.text.toString());
  }

  @Test
  void graph() {
    ComputationGraph network = Networks.of(Networks.lastStepGraph(Networks.base(), CELL));
    Log log = new Log("second_b");
    network.setListeners(new ScoreIterationListener(1), new PerformanceListener(1, true), log);
    DataSet data = Networks.lastData();
    network.fit(data);

    assertEquals(
        "forward first [4, 4, 5]; backward; gradient [9]; iteration; ", log.text.toString());
  }

  /** What it was told, in order. */
  private static final class Log extends BaseTrainingListener {
    private final String key;
    private final StringBuilder text = new StringBuilder();

    Log(String key) {
      this.key = key;
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
      List<String> shapes = new ArrayList<>();
      for (INDArray activation : activations) {
        shapes.add(Arrays.toString(activation.shape()));
      }
      text.append("forward ").append(shapes).append("; ");
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
      text.append("forward first ")
          .append(Arrays.toString(Drawn.at(activations, "first").shape()))
          .append("; ");
    }

    @Override
    public void onGradientCalculation(Model model) {
      INDArray gradient = model.gradient().getGradientFor(key);
      text.append("gradient ").append(Arrays.toString(gradient.shape())).append("; ");
    }

    @Override
    public void onBackwardPass(Model model) {
      text.append("backward; ");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      text.append("iteration; ");
    }
  }
}
