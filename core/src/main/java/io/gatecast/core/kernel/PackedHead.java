package io.gatecast.core.kernel;

/** The linear head {@code y = V h + c}, padded and packed for its products. */
final class PackedHead implements AutoCloseable {
  private final int units;
  private final int outputs;

  /** V turned, {@code [hidden, outputs]}, for the way forward; V for the way back, else empty. */
  final PackedMatrix weights;

  final PackedMatrix turned;
  final float[] bias;

  PackedHead(Arithmetic arithmetic, int units, int outputs, boolean backward) {
    this.units = units;
    this.outputs = outputs;
    int hidden = arithmetic.padded(units);
    int width = arithmetic.padded(outputs);
    weights = arithmetic.matrix(hidden, width);
    turned = arithmetic.matrix(backward ? width : 0, backward ? hidden : 0);
    bias = new float[width];
  }

  /** Takes over V {@code [outputs, units]}, row by row, and c. */
  void load(float[] parameters, int weightsAt, int biasAt) {
    for (int o = 0; o < outputs; o++) {
      int from = weightsAt + o * units;
      weights.putColumn(0, o, parameters, from, units);
      if (turned.depth > 0) {
        turned.putRow(o, 0, parameters, from, units, 1);
      }
    }
    System.arraycopy(parameters, biasAt, bias, 0, outputs);
    weights.settle();
    turned.settle();
  }

  /** Frees what lies off the heap. */
  @Override
  public void close() {
    weights.close();
    turned.close();
  }

  /**
   * Adds what some rows found to gradients in the parameters' own layout.
   *
   * @param ofWeights {@code [hidden, outputs]}, both padded
   */
  void addGradient(float[] ofWeights, float[] ofBias, float[] gradient, int weightsAt, int biasAt) {
    for (int o = 0; o < outputs; o++) {
      for (int k = 0; k < units; k++) {
        gradient[weightsAt + o * units + k] += ofWeights[k * bias.length + o];
      }
      gradient[biasAt + o] += ofBias[o];
    }
  }
}
