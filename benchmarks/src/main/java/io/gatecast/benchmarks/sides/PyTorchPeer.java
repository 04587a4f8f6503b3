package io.gatecast.benchmarks.sides;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.core.spec.CellSpec;
import java.util.Optional;

/**
 * PyTorch on the processor, through DJL: its own recurrent operators, its autograd, DJL's Adam.
 *
 * <p>It is there where {@link #available} says so: its native library comes with a Maven profile,
 * and is never downloaded at run time, nor is anything sent.
 */
public final class PyTorchPeer implements Side {
  @Override
  public String name() {
    return "pytorch";
  }

  /** Whether the native library and its bindings are on the classpath. */
  public static boolean available() {
    ClassLoader loader = PyTorchPeer.class.getClassLoader();
    return loader.getResource("native/lib/pytorch.properties") != null
        && loader.getResource("jnilib/pytorch.properties") != null;
  }

  @Override
  public Optional<String> lacks(Work work, CellSpec cell) {
    if (!available()) {
      return Optional.of("its native library is not on the classpath");
    }
    if (cell.equals(new CellSpec.Gru(CellSpec.Reset.BEFORE))) {
      return Optional.of("PyTorch's GRU resets after the product");
    }
    if (cell.equals(new CellSpec.Rnn(CellSpec.Activation.SIGMOID))) {
      return Optional.of("PyTorch's RNN has tanh and relu");
    }
    return Optional.empty();
  }

  @Override
  public TrainingStep training(Workload workload, int threads) {
    return new PyTorchTraining(workload, manager(threads));
  }

  @Override
  public InferenceRun inference(Workload workload, int threads) {
    return new PyTorchInference(workload, manager(threads));
  }

  /**
   * What owns arrays; the engine is loaded where it was not.
   *
   * @param threads of the whole process from now on
   */
  static NDManager manager(int threads) {
    // Before DJL is first touched: without this it may download a library, and asks the network
    // whether it runs in Amazon's cloud, to report its use.
    System.setProperty("ai.djl.offline", "true");
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    return engine.newBaseManager(Device.cpu());
  }
}
