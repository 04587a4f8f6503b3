package io.gatecast.benchmarks.sides;

import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.interop.OnnxExport;
import java.util.List;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * A workload's network as an ONNX model in the form that suits a runtime best: what we export, but
 * for the transposition to time first, which the input already has, and with fixed sizes, for which
 * a runtime may plan its memory.
 */
final class OnnxModel {
  private OnnxModel() {}

  /**
   * Makes the model.
   *
   * @param workload whose network
   * @return a file's bytes; one input {@code [time, batch, input]}, one output {@code [batch,
   *     output]}
   */
  static byte[] of(Workload workload) {
    try {
      ModelProto.Builder model =
          ModelProto.parseFrom(OnnxExport.model(workload.spec(), workload.weights())).toBuilder();
      return withoutTranspose(model, workload.size());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("ONNX export: expected a model, found none", e);
    }
  }

  private static byte[] withoutTranspose(ModelProto.Builder model, WorkSize size) {
    GraphProto.Builder graph = model.getGraphBuilder();
    NodeProto first = graph.getNode(0);
    if (!first.getOpType().equals("Transpose")) {
      throw new IllegalStateException(
          "ONNX export: expected a Transpose first, found " + first.getOpType());
    }
    graph.removeNode(0);
    graph.getInputBuilder(0).setName(first.getOutput(0));
    fix(graph.getInputBuilder(0), List.of(size.steps(), size.batch(), size.inputs()));
    fix(graph.getOutputBuilder(0), List.of(size.batch(), size.outputs()));
    return model.build().toByteArray();
  }

  private static void fix(ValueInfoProto.Builder value, List<Integer> shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (int length : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length));
    }
    value.getTypeBuilder().getTensorTypeBuilder().setShape(dimensions);
  }
}
