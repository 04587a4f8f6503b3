package io.gatecast.core.layers;

import io.gatecast.core.fixtures.NetworkEngine;
import io.gatecast.core.fixtures.Oracle;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.Dl4jWeights;
import io.gatecast.reference.CellKind;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.contract.EngineAnswer;
import io.gatecast.reference.contract.EngineCase;
import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The oracle's contract on live DL4J networks of our layers, in float: outputs and weight
 * gradients.
 */
class Dl4jContractTest extends RecurrentContract {
  @Override
  protected RecurrentEngine engine() {
    return new Dl4jEngine();
  }

  /** A head of 64 units may sum to little: what is left of rounding is more of the result. */
  @Override
  protected double tolerance() {
    return 5e-5;
  }

  private static final class Dl4jEngine implements RecurrentEngine {
    @Override
    public Set<Feature> features() {
      return Set.of(Feature.EVERY_STEP, Feature.WEIGHT_GRADIENTS);
    }

    @Override
    public boolean supports(CellKind kind) {
      return true;
    }

    @Override
    public EngineAnswer run(EngineCase question) {
      NetworkSpec spec = NetworkEngine.spec(question);
      MultiLayerNetwork network = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
      network.init();
      Dl4jWeights.write(spec, Oracle.floats(spec, question.weights()), network);

      INDArray x = Nd4j.createFromArray(channelsFirst(question.x()));
      INDArray y = network.output(x);
      // The mean of squares over all outputs has the gradient 2 (y - t) / count: t gives any.
      INDArray gradient =
          Nd4j.createFromArray(channelsFirst(question.outputGradient())).reshape(y.shape());
      network.setInput(x);
      network.setLabels(y.sub(gradient.mul(y.length() / 2.0)));
      network.computeGradientAndScore();

      List<Tensor> outputs = new ArrayList<>();
      for (int n = 0; n < y.size(0); n++) {
        INDArray one = y.slice(n).reshape(spec.outputs(), -1); // [output, time]
        outputs.add(Tensor.matrix(one.transpose().toDoubleMatrix()));
      }
      return new EngineAnswer(
          outputs, List.of(), weightGradient(spec, network), List.of(), List.of());
    }

    /** Gradients lie in memory as the weights do, so that a network of gradients names them. */
    private static Map<String, Tensor> weightGradient(NetworkSpec spec, MultiLayerNetwork network) {
      MultiLayerNetwork gradients = new MultiLayerNetwork(Dl4jConfiguration.of(spec));
      gradients.init(network.getFlattenedGradients().dup(), false);
      return Oracle.wide(Dl4jWeights.read(spec, gradients));
    }

    /** {@code [batch][number][time]} of matrices {@code [time, number]}. */
    private static float[][][] channelsFirst(List<Tensor> x) {
      int time = x.get(0).shape()[0];
      int input = x.get(0).shape()[1];
      float[][][] values = new float[x.size()][input][time];
      for (int n = 0; n < values.length; n++) {
        for (int t = 0; t < time; t++) {
          for (int i = 0; i < input; i++) {
            values[n][i][t] = (float) x.get(n).get(t, i);
          }
        }
      }
      return values;
    }
  }
}
