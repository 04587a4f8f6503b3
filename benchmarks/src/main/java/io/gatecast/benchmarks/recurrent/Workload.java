package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * One piece of work, the same for every side: a network, its weights, and one batch of windows with
 * their targets. All numbers are drawn from a seed and are float.
 */
public final class Workload {
  /**
   * Targets lie far from outputs, so that gradients are large against Adam's ε: libraries add it
   * inside or outside the corrected root, which is no difference worth finding here.
   */
  private static final float FAR = 100;

  private final CellSpec cell;
  private final WorkSize size;
  private final NamedWeights weights;
  private final float[] x;
  private final float[] target;
  private final double learningRate;

  private Workload(
      CellSpec cell,
      WorkSize size,
      NamedWeights weights,
      float[] x,
      float[] target,
      double learningRate) {
    this.cell = cell;
    this.size = size;
    this.weights = weights;
    this.x = x;
    this.target = target;
    this.learningRate = learningRate;
  }

  /**
   * Draws one. Matrices are scaled by their number of columns, or wide layers would be chaotic: a
   * rounding would then grow from step to step, and no two sides could agree.
   *
   * @param cell the cell
   * @param size how large
   * @param learningRate Adam's, with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8
   * @return the work; the same arguments give the same numbers
   */
  public static Workload draw(CellSpec cell, WorkSize size, double learningRate) {
    Random random = new Random(20_261_123);
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    NetworkSpec spec = size.network(cell);
    NamedWeights.shapes(spec)
        .forEach(
            (name, shape) -> {
              boolean bias = shape.length == 1;
              float scale = bias ? 0.5f : (float) (1.5 / Math.sqrt(shape[1]));
              int count = bias ? shape[0] : shape[0] * shape[1];
              tensors.put(name, WeightTensor.of(uniform(random, count, scale), shape));
            });
    float[] x = uniform(random, size.batch() * size.steps() * size.inputs(), 1.5f);
    float[] target = uniform(random, size.batch() * size.outputs(), FAR);
    return new Workload(cell, size, NamedWeights.of(spec, tensors), x, target, learningRate);
  }

  private static float[] uniform(Random random, int count, float scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = scale * (2 * random.nextFloat() - 1);
    }
    return values;
  }

  /** The cell. */
  public CellSpec cell() {
    return cell;
  }

  /** The sizes. */
  public WorkSize size() {
    return size;
  }

  /** The network: one layer, head on the last step, squared error. */
  public NetworkSpec spec() {
    return size.network(cell);
  }

  /** The weights to start from. */
  public NamedWeights weights() {
    return weights;
  }

  /** The windows, {@code [batch][time][input]}, row-major; not a copy, not to be written. */
  public float[] x() {
    return x;
  }

  /** The windows with time outermost, {@code [time][batch][input]}, row-major; a copy. */
  public float[] timeMajor() {
    float[] result = new float[x.length];
    int inputs = size.inputs();
    for (int row = 0; row < size.batch(); row++) {
      for (int step = 0; step < size.steps(); step++) {
        System.arraycopy(
            x,
            (row * size.steps() + step) * inputs,
            result,
            (step * size.batch() + row) * inputs,
            inputs);
      }
    }
    return result;
  }

  /** The targets, {@code [batch][output]}, row-major; not a copy, not to be written. */
  public float[] target() {
    return target;
  }

  /** Adam's step size. */
  public double learningRate() {
    return learningRate;
  }

  @Override
  public String toString() {
    return Cells.label(cell) + " " + size.name();
  }
}
