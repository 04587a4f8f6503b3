package io.gatecast.core.diagnostics;

import io.gatecast.core.inference.RecurrentNetwork;
import io.gatecast.core.kernel.Kernels;
import io.gatecast.core.kernel.LayerArrays;
import io.gatecast.core.kernel.LayerKernel;
import io.gatecast.core.kernel.LayerShape;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.spec.LayerSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.FlatLayout;
import io.gatecast.core.weights.NamedWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Looks into a network on one of its kernels. It works on the weights as they were when it was
 * made, without dropout, one window at a time from zero states, and may be shared by threads.
 *
 * <p>Of a network that reads segments there is one flow, along its recurrent steps h_1..h_n, one
 * for each segment of the window: the mean over the channels of each norm, as each channel goes
 * through the layer by itself. What is lost within a segment, in its embedding, is not in it.
 *
 * <p>A flow takes {@code time·hidden} backward steps of each layer and holds memory for the states
 * of all steps and one {@code [hidden, 2·hidden]} matrix: it is a look into a network, not
 * something to do at each step of training.
 */
public final class NetworkProbe {
  /** Numbers of gates and inputs held at once: some megabytes. */
  private static final int NUMBERS = 1 << 20;

  private final NetworkSpec spec;
  private final LayerKernel kernel;
  private final DataType type;
  private final float[] weights;
  private final int numbers;

  /**
   * Takes a network's weights.
   *
   * @param spec the network
   * @param weights its weights; copied
   * @param kernel what computes the layers
   * @param type {@code FLOAT}, or {@code DOUBLE} on the portable kernel
   * @throws IllegalArgumentException if the weights are another network's
   */
  public NetworkProbe(NetworkSpec spec, NamedWeights weights, LayerKernel kernel, DataType type) {
    this(spec, weights, kernel, type, NUMBERS);
  }

  NetworkProbe(
      NetworkSpec spec, NamedWeights weights, LayerKernel kernel, DataType type, int numbers) {
    this.spec = spec;
    this.kernel = kernel;
    this.type = type;
    this.numbers = numbers;
    FlatLayout layout = FlatLayout.of(spec);
    this.weights = new float[layout.length()];
    layout.write(weights, this.weights);
  }

  /**
   * Takes a live network's weights, and the kernel that its layers use.
   *
   * @param network a network that is not closed
   * @return the probe; it does not see later changes of the network
   */
  public static NetworkProbe of(RecurrentNetwork network) {
    return new NetworkProbe(
        network.spec(), network.weights(), Kernels.best(DataType.FLOAT), DataType.FLOAT);
  }

  /**
   * The flow in each layer, of the loss that training minimises. Between layers nothing is
   * multiplied: each layer is looked at along its own time.
   *
   * @param window {@code [time][input]}, at least 1 step
   * @param target {@code [outputs read][output]}: one vector for a head that reads the last step,
   *     one for each step for a head that reads them all
   * @return one flow for each layer, from the input upwards
   * @throws IllegalArgumentException if an argument has another shape, or the window is shorter
   *     than a network of segments reads
   */
  public List<GradientFlow> gradientFlow(double[][] window, double[][] target) {
    return run(
        window,
        outputs -> {
          require("target", target, outputs.length, spec.outputs());
          double[][] gradient = new double[outputs.length][spec.outputs()];
          double count = (double) outputs.length * spec.outputs();
          for (int t = 0; t < gradient.length; t++) {
            for (int k = 0; k < gradient[t].length; k++) {
              double slope = spec.loss().ofOutput(k).derivative(outputs[t][k], target[t][k]);
              gradient[t][k] = slope / count;
            }
          }
          return gradient;
        });
  }

  /**
   * The same for whatever loss the outputs' gradient is of.
   *
   * @param window {@code [time][input]}, at least 1 step
   * @param outputGradient ∂L/∂y, {@code [outputs read][output]}
   * @return one flow for each layer, from the input upwards
   * @throws IllegalArgumentException if an argument has another shape, or the window is shorter
   *     than a network of segments reads
   */
  public List<GradientFlow> gradientFlowOf(double[][] window, double[][] outputGradient) {
    return run(
        window,
        outputs -> {
          require("outputGradient", outputGradient, outputs.length, spec.outputs());
          return outputGradient;
        });
  }

  @SuppressWarnings("try") // the scope is left, not read
  private List<GradientFlow> run(double[][] window, Function<double[][], double[][]> loss) {
    if (window.length == 0) {
      throw new IllegalArgumentException("window: expected at least 1 step, found 0");
    }
    require("window", window, window.length, spec.inputs());
    NativeRuntime.require();
    if (spec.segments().isPresent()) {
      return List.of(ofSegments(window, loss));
    }
    List<LayerSteps> layers = new ArrayList<>();
    try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      double[][] sequence = window;
      for (int n = 0; n < spec.layers().size(); n++) {
        LayerShape shape = shape(n);
        layers.add(new LayerSteps(kernel, shape, arrays(n, shape), sequence));
        sequence = layers.get(n).hidden();
      }
      double[][] gradient = throughHead(loss.apply(head(sequence)), window.length);
      List<GradientFlow> flows = new ArrayList<>();
      for (int n = layers.size() - 1; n >= 0; n--) {
        LayerFlow.Measured measured = new LayerFlow(layers.get(n), numbers).measure(gradient);
        flows.add(measured.flow());
        gradient = measured.dx();
      }
      Collections.reverse(flows);
      return List.copyOf(flows);
    } finally {
      layers.forEach(LayerSteps::close);
    }
  }

  @SuppressWarnings("try") // the scope is left, not read
  private GradientFlow ofSegments(double[][] window, Function<double[][], double[][]> loss) {
    int linear = spec.segments().orElseThrow().linear();
    if (window.length < linear) {
      throw new IllegalArgumentException(
          "window: expected at least "
              + linear
              + " steps, which the linear map of the segments reads, found "
              + window.length);
    }
    LayerShape shape = shape(0);
    try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return new SegmentFlow(spec, weights, kernel, shape, () -> arrays(0, shape), numbers)
          .measure(window, loss);
    }
  }

  private static void require(String name, double[][] rows, int count, int size) {
    if (rows.length != count) {
      throw new IllegalArgumentException(
          name + ": expected " + count + " vectors, found " + rows.length);
    }
    for (int t = 0; t < count; t++) {
      if (rows[t].length != size) {
        throw new IllegalArgumentException(
            name + "[" + t + "]: expected " + size + " numbers, found " + rows[t].length);
      }
    }
  }

  private LayerShape shape(int layer) {
    LayerSpec one = spec.layers().get(layer);
    return new LayerShape(one.cell(), spec.inputsOf(layer), one.hidden());
  }

  private LayerArrays arrays(int layer, LayerShape shape) {
    FlatLayout layout = FlatLayout.of(spec);
    int width = shape.gates() * shape.hidden();
    return new LayerArrays(
        array(layout.inputWeights(layer), shape.inputs(), width),
        array(layout.recurrentWeights(layer), shape.hidden(), width),
        array(layout.bias(layer), width),
        shape.hasRecurrentBias() ? array(layout.recurrentBias(layer), shape.hidden()) : null);
  }

  private INDArray array(int from, long... sizes) {
    int length = (int) Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    return Nd4j.create(Arrays.copyOfRange(weights, from, from + length), sizes, type);
  }

  private int firstRead(int time) {
    return spec.head().readout() == Readout.EVERY_STEP ? 0 : time - 1;
  }

  /** {@code y = V h + c} of the steps that the head reads, in double. */
  private double[][] head(double[][] top) {
    FlatLayout layout = FlatLayout.of(spec);
    int first = firstRead(top.length);
    double[][] outputs = new double[top.length - first][spec.outputs()];
    for (int t = 0; t < outputs.length; t++) {
      double[] h = top[first + t];
      for (int k = 0; k < spec.outputs(); k++) {
        double sum = weights[layout.headBias() + k];
        for (int j = 0; j < h.length; j++) {
          sum += weights[layout.headWeights() + k * h.length + j] * h[j];
        }
        outputs[t][k] = sum;
      }
    }
    return outputs;
  }

  /** {@code ∂L/∂h = V^T ∂L/∂y}, and zeros where the head does not read. */
  private double[][] throughHead(double[][] outputGradient, int time) {
    FlatLayout layout = FlatLayout.of(spec);
    int hidden = spec.top().hidden();
    int first = firstRead(time);
    double[][] gradient = new double[time][hidden];
    for (int t = first; t < time; t++) {
      for (int k = 0; k < spec.outputs(); k++) {
        double dy = outputGradient[t - first][k];
        for (int j = 0; j < hidden; j++) {
          gradient[t][j] += dy * weights[layout.headWeights() + k * hidden + j];
        }
      }
    }
    return gradient;
  }
}
