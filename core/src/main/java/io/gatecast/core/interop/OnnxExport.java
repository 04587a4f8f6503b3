package io.gatecast.core.interop;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Readout;
import io.gatecast.core.weights.NamedWeights;
import io.gatecast.core.weights.WeightTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A network as an ONNX model, for inference anywhere that has an ONNX runtime: input {@code x}
 * [batch, time, input], output {@code y} [batch, output], or [batch, time, output] where the head
 * reads every step, both float; batch and time are free.
 *
 * <p>x is transposed to time first and goes through one {@code RNN}, {@code GRU} or {@code LSTM}
 * node a layer, from zero states. The head is a {@code Gemm} of the last hidden state, or a {@code
 * MatMul} and an {@code Add} of all of them, batch first. All cells and variants of {@link
 * CellSpec} have their ONNX form: a vanilla cell's activation is an attribute, a GRU's reset is
 * {@code linear_before_reset}. ONNX stacks the gates z, r, h and i, o, f, c, with z weighing the
 * old state. What only training needs, dropout and loss, is left out; so are scalers and calendars,
 * which are no part of the network.
 *
 * <p>Written with the ONNX classes that ND4J brings, which are never used to read: they are old,
 * and nothing from outside passes through them. Opset 14, the last that changed these operators for
 * float, and file format 7 of its time: ONNX 1.9 and ONNX Runtime 1.8, or later, read both. The
 * same network always gives the same bytes.
 *
 * <p>Source: ONNX, <a href="https://onnx.ai/onnx/operators/onnx__GRU.html">operators</a> RNN, GRU
 * and LSTM of version 14.
 */
public final class OnnxExport {
  private static final int OPSET = 14;
  private static final int FILE_FORMAT = 7;
  private static final StackedGates RNN = new StackedGates(List.of("hidden"));
  private static final StackedGates GRU = new StackedGates(List.of("update", "reset", "candidate"));
  private static final StackedGates LSTM =
      new StackedGates(List.of("input", "output", "forget", "candidate"));

  private final NetworkSpec spec;
  private final NamedWeights weights;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("gatecast");

  private OnnxExport(NetworkSpec spec, NamedWeights weights) {
    this.spec = spec;
    this.weights = weights;
  }

  /**
   * Makes the model.
   *
   * @param spec the network
   * @param weights its weights
   * @return the bytes of an ONNX file
   * @throws IllegalArgumentException if the network reads segments, or the weights are of another
   *     one; says which tensor
   */
  public static byte[] model(NetworkSpec spec, NamedWeights weights) {
    if (spec.segments().isPresent()) {
      throw new IllegalArgumentException(
          "spec: expected a network that reads step by step, found one that reads segments, which"
              + " is not exported to ONNX; export its weights as safetensors");
    }
    return new OnnxExport(spec, NamedWeights.of(spec, weights.tensors())).model().toByteArray();
  }

  /**
   * Writes the model as a file that appears whole or not at all: under a temporary name in the same
   * folder, forced to disk, renamed.
   *
   * @param spec the network
   * @param weights its weights
   * @param file replaced if it exists; its folder must exist
   * @throws IOException if the file cannot be written; what was there before still is
   * @throws IllegalArgumentException if the network reads segments, or the weights are of another
   *     one; says which tensor
   */
  public static void write(NetworkSpec spec, NamedWeights weights, Path file) throws IOException {
    byte[] bytes = model(spec, weights);
    AtomicFile.write(file, stream -> stream.write(bytes));
  }

  private ModelProto model() {
    graph.addInput(value("x", free("batch"), free("time"), fixed(spec.inputs())));
    graph.addNode(node("Transpose", "x", "x.time_first").addAttribute(integers("perm", 1, 0, 2)));
    String sequence = "x.time_first"; // [time, batch, input]
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      sequence = addLayer(layer, sequence);
    }
    addTensor("head.bias", weights.get("head.bias").values(), spec.outputs());
    if (everyStep()) {
      addHeadOfEveryStep(sequence);
    } else {
      addHeadOfLastStep(sequence);
    }
    return ModelProto.newBuilder()
        .setIrVersion(FILE_FORMAT)
        .setProducerName("gatecast")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private boolean everyStep() {
    return spec.head().readout() == Readout.EVERY_STEP;
  }

  private void addHeadOfLastStep(String state) {
    graph.addOutput(value("y", free("batch"), fixed(spec.outputs())));
    addSqueeze(state, 0, "h"); // [1, batch, hidden] to [batch, hidden]
    WeightTensor head = weights.get("head.weights");
    addTensor("head.weights", head.values(), head.shape());
    graph.addNode(
        node("Gemm", "h", "y")
            .addInput("head.weights")
            .addInput("head.bias")
            .addAttribute(integer("transB", 1)));
  }

  private void addHeadOfEveryStep(String sequence) {
    graph.addOutput(value("y", free("batch"), free("time"), fixed(spec.outputs())));
    graph.addNode(node("Transpose", sequence, "h").addAttribute(integers("perm", 1, 0, 2)));
    addTensor("head.weights", transposedHead(), spec.top().hidden(), spec.outputs());
    graph.addNode(node("MatMul", "h", "h.weighed").addInput("head.weights"));
    graph.addNode(node("Add", "h.weighed", "y").addInput("head.bias"));
  }

  /** {@code [hidden, output]}: MatMul, unlike Gemm, transposes nothing. */
  private float[] transposedHead() {
    float[] head = weights.get("head.weights").values();
    int hidden = spec.top().hidden();
    float[] transposed = new float[head.length];
    for (int i = 0; i < head.length; i++) {
      transposed[i % hidden * spec.outputs() + i / hidden] = head[i];
    }
    return transposed;
  }

  /**
   * Adds one recurrent node and its weights, and gives the name of what the next layer or the head
   * reads.
   */
  private String addLayer(int layer, String sequence) {
    CellSpec kind = spec.layers().get(layer).cell();
    StackedGates gates = gates(kind);
    int hidden = spec.layers().get(layer).hidden();
    int rows = gates.order().size() * hidden;
    String prefix = "layers." + layer + ".";
    addTensor(
        prefix + "W",
        gates.stacked(weights, layer, "input_weights"),
        1,
        rows,
        spec.inputsOf(layer));
    addTensor(prefix + "R", gates.stacked(weights, layer, "recurrent_weights"), 1, rows, hidden);
    addTensor(prefix + "B", biases(gates, layer, hidden), 1, 2 * rows);

    boolean lastState = layer == spec.layers().size() - 1 && !everyStep();
    NodeProto.Builder recurrent =
        node(operator(kind), sequence, lastState ? "" : prefix + "Y")
            .addInput(prefix + "W")
            .addInput(prefix + "R")
            .addInput(prefix + "B")
            .addAttribute(integer("hidden_size", hidden));
    if (kind instanceof CellSpec.Rnn rnn) {
      recurrent.addAttribute(activation(rnn.activation()));
    }
    if (kind instanceof CellSpec.Gru gru) {
      long after = gru.reset() == CellSpec.Reset.AFTER ? 1 : 0;
      recurrent.addAttribute(integer("linear_before_reset", after));
    }
    if (lastState) {
      graph.addNode(recurrent.addOutput("state")); // Y_h; an empty name leaves Y out
      return "state";
    }
    graph.addNode(recurrent);
    addSqueeze(prefix + "Y", 1, prefix + "h"); // [time, 1, batch, hidden] without the direction
    return prefix + "h";
  }

  /** Both biases in one row, as ONNX wants them: of the input's product, then of the state's. */
  private float[] biases(StackedGates gates, int layer, int hidden) {
    float[] ofInput = gates.stacked(weights, layer, "bias");
    float[] ofState = gates.stackedRecurrentBiases(weights, layer, hidden);
    float[] both = new float[ofInput.length + ofState.length];
    System.arraycopy(ofInput, 0, both, 0, ofInput.length);
    System.arraycopy(ofState, 0, both, ofInput.length, ofState.length);
    return both;
  }

  private static StackedGates gates(CellSpec cell) {
    if (cell instanceof CellSpec.Lstm) {
      return LSTM;
    }
    return cell instanceof CellSpec.Gru ? GRU : RNN;
  }

  private static String operator(CellSpec cell) {
    if (cell instanceof CellSpec.Lstm) {
      return "LSTM";
    }
    return cell instanceof CellSpec.Gru ? "GRU" : "RNN";
  }

  private void addSqueeze(String from, long axis, String to) {
    String axes = to + ".axis";
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(axes)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(axis));
    graph.addNode(node("Squeeze", from, to).addInput(axes));
  }

  private void addTensor(String name, float[] values, int... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    for (int size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
  }

  private static NodeProto.Builder node(String operator, String input, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(operator + " of " + input)
        .addInput(input)
        .addOutput(output);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static AttributeProto.Builder integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  private static AttributeProto.Builder activation(CellSpec.Activation activation) {
    String name =
        switch (activation) {
          case TANH -> "Tanh";
          case SIGMOID -> "Sigmoid";
          case RELU -> "Relu";
        };
    return AttributeProto.newBuilder()
        .setName("activations")
        .setType(AttributeProto.AttributeType.STRINGS)
        .addStrings(ByteString.copyFromUtf8(name));
  }

  private static ValueInfoProto.Builder value(
      String name, TensorShapeProto.Dimension.Builder... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (TensorShapeProto.Dimension.Builder size : shape) {
      dimensions.addDim(size);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor));
  }

  private static TensorShapeProto.Dimension.Builder free(String name) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(name);
  }

  private static TensorShapeProto.Dimension.Builder fixed(int size) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(size);
  }
}
