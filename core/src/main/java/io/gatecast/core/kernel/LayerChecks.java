package io.gatecast.core.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whether what a {@link LayerKernel} was given fits together. A misfit is an {@link
 * IllegalArgumentException} that names the argument, what was expected and what was found.
 */
final class LayerChecks {
  private LayerChecks() {}

  static void forward(
      LayerShape shape,
      LayerArrays weights,
      INDArray x,
      @Nullable INDArray mask,
      @Nullable LayerState initial,
      INDArray out) {
    weights("weights", shape, weights);
    DataType type = weights.input().dataType();
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw misfit("weights.input", "FLOAT or DOUBLE", type.toString());
    }
    if (x.rank() != 3 || x.size(0) < 1 || x.size(1) != shape.inputs() || x.size(2) < 1) {
      String expected = "[batch, " + shape.inputs() + ", time]";
      throw misfit("x", expected, Arrays.toString(x.shape()));
    }
    long batch = x.size(0);
    long time = x.size(2);
    if (mask != null) {
      require("mask", mask, batch, time);
    }
    state("initial", shape, batch, initial);
    require("out", out, batch, shape.hidden(), time);
  }

  static void backward(
      LayerShape shape,
      long batch,
      long time,
      INDArray dOut,
      @Nullable LayerState dLast,
      LayerArrays gradients,
      @Nullable INDArray dx) {
    require("dOut", dOut, batch, shape.hidden(), time);
    state("dLast", shape, batch, dLast);
    weights("gradients", shape, gradients);
    if (dx != null) {
      require("dx", dx, batch, shape.inputs(), time);
    }
  }

  static void state(String name, LayerShape shape, long batch, @Nullable LayerState state) {
    if (state != null) {
      require(name + ".h", state.h(), batch, shape.hidden());
      optional(name + ".c", state.c(), shape.hasCellState(), batch, shape.hidden());
    }
  }

  private static void weights(String name, LayerShape shape, LayerArrays weights) {
    long width = (long) shape.gates() * shape.hidden();
    require(name + ".input", weights.input(), shape.inputs(), width);
    require(name + ".recurrent", weights.recurrent(), shape.hidden(), width);
    require(name + ".bias", weights.bias(), width);
    optional(
        name + ".recurrentBias", weights.recurrentBias(), shape.hasRecurrentBias(), shape.hidden());
    DataType type = weights.input().dataType();
    requireType(name + ".recurrent", weights.recurrent(), type);
    requireType(name + ".bias", weights.bias(), type);
    if (weights.recurrentBias() != null) {
      requireType(name + ".recurrentBias", weights.recurrentBias(), type);
    }
  }

  private static void optional(
      String name, @Nullable INDArray array, boolean expected, long... shape) {
    if (expected && array == null) {
      throw misfit(name, Arrays.toString(shape), "none");
    }
    if (array != null) {
      if (!expected) {
        throw misfit(name, "none", Arrays.toString(array.shape()));
      }
      require(name, array, shape);
    }
  }

  private static void require(String name, INDArray array, long... shape) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw misfit(name, Arrays.toString(shape), Arrays.toString(array.shape()));
    }
  }

  private static void requireType(String name, INDArray array, DataType type) {
    if (array.dataType() != type) {
      throw misfit(name, type + ", as the input weights are", array.dataType().toString());
    }
  }

  private static IllegalArgumentException misfit(String name, String expected, String found) {
    return new IllegalArgumentException(name + ": expected " + expected + ", found " + found);
  }
}
