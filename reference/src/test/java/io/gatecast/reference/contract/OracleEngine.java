package io.gatecast.reference.contract;

import io.gatecast.reference.CellKind;
import io.gatecast.reference.GradientSum;
import io.gatecast.reference.NetworkGradient;
import io.gatecast.reference.NetworkPass;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The oracle's answers: what every other engine is held against. It can do everything. */
public final class OracleEngine implements RecurrentEngine {
  /** The oracle. */
  public OracleEngine() {}

  @Override
  public Set<Feature> features() {
    return EnumSet.allOf(Feature.class);
  }

  @Override
  public boolean supports(CellKind kind) {
    return true;
  }

  @Override
  public EngineAnswer run(EngineCase question) {
    ReferenceNetwork network =
        ReferenceNetwork.fromWeights(question.layers(), question.readout(), question.weights());
    List<Tensor> outputs = new ArrayList<>();
    List<List<State>> last = new ArrayList<>();
    GradientSum weights = new GradientSum();
    List<Tensor> x = new ArrayList<>();
    List<List<State>> initial = new ArrayList<>();
    for (int n = 0; n < question.x().size(); n++) {
      NetworkPass pass = network.forward(question.x().get(n).rows(), question.initial().get(n));
      NetworkGradient gradient =
          network.backward(
              pass, question.outputGradient().get(n).rows(), question.lastGradient().get(n));
      outputs.add(matrix(pass.outputs()));
      last.add(pass.last());
      weights.addAll(gradient.weights());
      x.add(matrix(gradient.x()));
      initial.add(gradient.initial());
    }
    return new EngineAnswer(outputs, last, weights.tensors(), x, initial);
  }

  private static Tensor matrix(List<Tensor> rows) {
    return Tensor.matrix(rows.stream().map(Tensor::values).toArray(double[][]::new));
  }
}
