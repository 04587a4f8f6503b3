package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Loss;
import io.gatecast.core.spec.NetworkSpec;

/**
 * How large a piece of work is.
 *
 * @param name how results call it
 * @param batch windows
 * @param steps time steps of a window
 * @param inputs features a step
 * @param hidden hidden units of the one layer
 * @param outputs values of the head
 */
public record WorkSize(String name, int batch, int steps, int inputs, int hidden, int outputs) {

  /** The sizes that every benchmark measures. */
  public enum Named {
    /** The weather example and its like. */
    S,
    /** Several hours of a weather station, the usual look-back of the long-horizon benchmarks. */
    M,
    /** The same, four times the batch, twice as wide. */
    L,
    /** Few steps of whole segments, wide: as segment-wise forecasters have it. */
    W;

    /** The numbers. */
    public WorkSize size() {
      return switch (this) {
        case S -> new WorkSize(name(), 32, 30, 5, 32, 7);
        case M -> new WorkSize(name(), 32, 96, 21, 64, 96);
        case L -> new WorkSize(name(), 128, 96, 21, 128, 96);
        case W -> new WorkSize(name(), 256, 15, 48, 512, 48);
      };
    }
  }

  /** Small and awkward: what the oracle can be asked about before every timing. */
  public static final WorkSize AWKWARD = new WorkSize("3x7x5x13", 3, 7, 5, 13, 2);

  /**
   * The same with another batch.
   *
   * @param other windows
   */
  public WorkSize withBatch(int other) {
    return new WorkSize(name, other, steps, inputs, hidden, outputs);
  }

  /**
   * The same with another length.
   *
   * @param other time steps
   */
  public WorkSize withSteps(int other) {
    return new WorkSize(name, batch, other, inputs, hidden, outputs);
  }

  /** One layer of a cell in this size, its head on the last step. */
  NetworkSpec network(CellSpec cell) {
    return NetworkSpec.uniform(cell, inputs, hidden, 1, outputs, 0, new Loss.Squared());
  }
}
