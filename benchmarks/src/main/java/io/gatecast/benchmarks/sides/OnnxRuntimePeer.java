package io.gatecast.benchmarks.sides;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.spec.CellSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * ONNX Runtime on the processor: inference only. All optimisations are on, and input and output are
 * buffers made before the first run, so that a run copies nothing and makes no tensor.
 */
public final class OnnxRuntimePeer implements Side {
  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public Optional<String> lacks(Work work, CellSpec cell) {
    return work == Work.TRAINING
        ? Optional.of("ONNX Runtime's Java package cannot train")
        : Optional.empty();
  }

  @Override
  public TrainingStep training(Workload workload, int threads) {
    throw new IllegalArgumentException("work: expected inference, found training");
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    try {
      return new Inference(workload, threads);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime, " + workload + ": " + e.getMessage(), e);
    }
  }

  private static final class Inference implements InferenceRun {
    private final OrtSession session;
    private final OnnxTensor x;
    private final OnnxTensor y;
    private final FloatBuffer outputs;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> pinned;
    private boolean hasRun;

    Inference(Workload workload, int threads) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        session = environment.createSession(OnnxModel.of(workload), options);
      }
      WorkSize size = workload.size();
      float[] values = workload.timeMajor();
      FloatBuffer input = direct(values.length).put(values).rewind();
      outputs = direct(size.batch() * size.outputs());
      x =
          OnnxTensor.createTensor(
              environment, input, new long[] {size.steps(), size.batch(), size.inputs()});
      y = OnnxTensor.createTensor(environment, outputs, new long[] {size.batch(), size.outputs()});
      inputs = Map.of(session.getInputNames().iterator().next(), x);
      pinned = Map.of(session.getOutputNames().iterator().next(), y);
    }

    private static FloatBuffer direct(int length) {
      return ByteBuffer.allocateDirect(Float.BYTES * length)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }

    @Override
    public void run() {
      try (OrtSession.Result result = session.run(inputs, pinned)) {
        hasRun = result.size() == 1;
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
      }
    }

    @Override
    public float[] outputs() {
      if (!hasRun) {
        throw new IllegalStateException("outputs: expected a run before, found none");
      }
      float[] copy = new float[outputs.capacity()];
      outputs.get(0, copy);
      return copy;
    }

    @Override
    public void close() {
      x.close();
      y.close();
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
      }
    }
  }
}
