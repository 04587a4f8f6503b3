package io.gatecast.core.diagnostics;

import io.gatecast.core.kernel.LayerArrays;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Measures the flow of a network that reads segments, along its recurrent steps: one for each
 * segment of the window. Channels go through the layer apart; their norms are averaged.
 *
 * @param spec a network that reads segments
 * @param weights as {@code core.weights.FlatLayout} lays them out
 * @param kernel computes the layer
 * @param shape the layer
 * @param arrays makes arrays of the layer's weights, which whoever takes them frees
 * @param numbers how many numbers may be held at once, as for {@link LayerFlow}
 */
@SuppressWarnings("ArrayRecordComponent") // a view, never compared
record SegmentFlow(
    NetworkSpec spec,
    float[] weights,
    LayerKernel kernel,
    LayerShape shape,
    Supplier<LayerArrays> arrays,
    int numbers) {

  /**
   * Measures.
   *
   * @param window {@code [time][input]}
   * @param loss from the outputs, {@code [1][output]}, to ∂L/∂(outputs)
   */
  GradientFlow measure(double[][] window, Function<double[][], double[][]> loss) {
    int channels = spec.segments().orElseThrow().channels();
    double[][] outputs = new double[1][spec.outputs()];
    for (int c = 0; c < channels; c++) {
      SegmentedWindow around = new SegmentedWindow(spec, weights, window, c);
      try (LayerSteps steps = steps(around);
          SegmentAnswers answers = steps.ask(around.questions(), false)) {
        around.outputs(answers.hidden(), outputs[0]);
      }
    }
    double[] slopes = loss.apply(outputs)[0];
    List<GradientFlow> flows = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      SegmentedWindow around = new SegmentedWindow(spec, weights, window, c);
      try (LayerSteps steps = steps(around);
          SegmentAnswers answers = steps.ask(around.questions(), true)) {
        StateGradients last = answers.back(around.throughHead(slopes));
        double[][] none = new double[steps.time()][shape.hidden()];
        flows.add(new LayerFlow(steps, numbers).measure(none, last).flow());
      }
    }
    return new GradientFlow(
        mean(flows, GradientFlow::loss),
        mean(flows, GradientFlow::hidden),
        mean(flows, GradientFlow::state));
  }

  private LayerSteps steps(SegmentedWindow around) {
    return new LayerSteps(kernel, shape, arrays.get(), around.embedded());
  }

  /** Step by step, over the channels. */
  private static List<Double> mean(
      List<GradientFlow> flows, Function<GradientFlow, List<Double>> norms) {
    return IntStream.range(0, norms.apply(flows.get(0)).size())
        .mapToObj(
            t ->
                flows.stream()
                    .mapToDouble(flow -> norms.apply(flow).get(t))
                    .average()
                    .orElseThrow())
        .toList();
  }
}
