package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import io.gatecast.forecasting.oracle.ReferenceOracle;
import io.gatecast.reference.ReferenceNetwork;
import io.gatecast.reference.Tensor;
import io.gatecast.reference.training.Adam;
import io.gatecast.reference.training.Example;
import io.gatecast.reference.training.Loss;
import io.gatecast.reference.training.Objective;
import io.gatecast.reference.training.OptimizerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference network in double: what every side is held against on small work before it is
 * timed. It is never timed itself. It uses one thread whatever it is told.
 */
public final class OracleSide implements Side {
  @Override
  public String name() {
    return "oracle";
  }

  @Override
  public Optional<String> lacks(Work work, CellSpec cell) {
    return Optional.empty();
  }

  @Override
  public TrainingStep training(Workload workload, int threads) {
    return new Training(workload);
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    return new Inference(workload);
  }

  private static final class Training implements TrainingStep {
    private final Workload workload;
    private final List<Example> batch;
    private final Objective objective = new Objective(new Loss.Squared());
    private final OptimizerState adam;
    private ReferenceNetwork network;

    Training(Workload workload) {
      this.workload = workload;
      this.network = network(workload);
      this.adam = new Adam(workload.learningRate()).start();
      this.batch = examples(workload);
    }

    @Override
    public double step() {
      Objective.Gradient gradient = objective.gradient(network, batch);
      network = network.withWeights(adam.update(network.weights(), gradient.weights()));
      return gradient.loss();
    }

    @Override
    public NamedWeights weights() {
      Map<String, WeightTensor> tensors = new LinkedHashMap<>();
      network
          .weights()
          .forEach(
              (name, tensor) ->
                  tensors.put(name, WeightTensor.of(narrow(tensor.values()), tensor.shape())));
      return NamedWeights.of(workload.spec(), tensors);
    }

    @Override
    public void close() {}
  }

  private static final class Inference implements InferenceRun {
    private final Workload workload;
    private float[] outputs = {};

    Inference(Workload workload) {
      this.workload = workload;
    }

    @Override
    public void run() {
      ReferenceNetwork network = network(workload);
      List<Example> batch = examples(workload);
      int width = workload.size().outputs();
      float[] all = new float[batch.size() * width];
      for (int row = 0; row < batch.size(); row++) {
        float[] y = narrow(network.forward(batch.get(row).x().rows()));
        System.arraycopy(y, 0, all, row * width, width);
      }
      outputs = all;
    }

    @Override
    public float[] outputs() {
      if (outputs.length == 0) {
        throw new IllegalStateException("outputs: expected a run before, found none");
      }
      return outputs.clone();
    }

    @Override
    public void close() {}
  }

  private static ReferenceNetwork network(Workload workload) {
    return ReferenceOracle.network(workload.spec(), workload.weights());
  }

  private static List<Example> examples(Workload workload) {
    WorkSize size = workload.size();
    double[] x = widen(workload.x());
    double[] target = widen(workload.target());
    List<Example> examples = new ArrayList<>();
    for (int row = 0; row < size.batch(); row++) {
      double[] window = part(x, row, size.steps() * size.inputs());
      examples.add(
          new Example(
              Tensor.of(window, size.steps(), size.inputs()),
              Tensor.of(part(target, row, size.outputs()), 1, size.outputs())));
    }
    return examples;
  }

  private static double[] part(double[] all, int index, int length) {
    double[] part = new double[length];
    System.arraycopy(all, index * length, part, 0, length);
    return part;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
