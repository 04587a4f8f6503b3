package io.gatecast.core.kernel;

import io.gatecast.core.network.DifferentiableNetwork;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.runtime.NativeRuntime;
import io.gatecast.core.spec.NetworkSpec;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which kernels there are on this machine, and which one is taken.
 *
 * <p>The Vector API's is there when the JVM was started with {@code --add-modules
 * jdk.incubator.vector}. It and the one on BLAS read ND4J's arrays in the host's memory, so that on
 * a backend with memory of its own, such as CUDA's, the portable one alone is left. A layer takes
 * its kernel once, when it is made.
 */
public final class Kernels {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String PROPERTY = "gatecast.kernel";
  private static final String ADD_MODULE = "start the JVM with --add-modules " + MODULE;

  private Kernels() {}

  /** The names of the kernels that can run here, the one that is taken for float first. */
  public static List<String> available() {
    return available(NativeRuntime.hasArraysOnHost());
  }

  static List<String> available(boolean arraysOnHost) {
    if (!arraysOnHost) {
      return List.of("portable");
    }
    return hasVectorModule() ? List.of("vector", "blas", "portable") : List.of("blas", "portable");
  }

  /**
   * The kernel for layers of a data type: the first that is available, or what the system property
   * {@code gatecast.kernel} names; the portable one for all types but float.
   *
   * @param type the network's data type
   * @return a kernel
   * @throws KernelUnavailableException if the property names no kernel that can run here
   */
  public static LayerKernel best(DataType type) {
    return best(type, NativeRuntime.hasArraysOnHost());
  }

  static LayerKernel best(DataType type, boolean arraysOnHost) {
    String chosen = chosen(arraysOnHost);
    return of(type == DataType.FLOAT ? chosen : "portable", arraysOnHost);
  }

  /**
   * A kernel by its name. {@code vector} and {@code blas} take float arrays alone.
   *
   * @param name one of {@link #available}
   * @return the kernel
   * @throws KernelUnavailableException if there is none of this name, or it cannot run here
   */
  public static LayerKernel of(String name) {
    return of(name, NativeRuntime.hasArraysOnHost());
  }

  static LayerKernel of(String name, boolean arraysOnHost) {
    if (!arraysOnHost && !name.equals("portable")) {
      throw unavailable(name, "kernel", arraysOnHost);
    }
    return switch (name) {
      case "vector" -> new FloatLayerKernel(vector(threads()));
      case "blas" -> new FloatLayerKernel(blas());
      case "portable" -> new PortableKernel();
      default -> throw unavailable(name, "kernel", arraysOnHost);
    };
  }

  /**
   * The name of the kernel that is taken for float.
   *
   * @return one of {@link #available}
   * @throws KernelUnavailableException if the system property {@code gatecast.kernel} names no
   *     kernel that can run here
   */
  public static String chosen() {
    return chosen(NativeRuntime.hasArraysOnHost());
  }

  private static String chosen(boolean arraysOnHost) {
    List<String> available = available(arraysOnHost);
    String chosen = System.getProperty(PROPERTY, available.get(0));
    if (!available.contains(chosen)) {
      throw unavailable(chosen, "system property " + PROPERTY, arraysOnHost);
    }
    return chosen;
  }

  /** Threads that share the rows of a batch in the kernel that {@link #chosen} names. */
  public static int chosenThreads() {
    return chosen().equals("vector") ? threads() : 1;
  }

  private static KernelUnavailableException unavailable(
      String name, String where, boolean arraysOnHost) {
    return new KernelUnavailableException(
        "one of " + String.join(", ", available(arraysOnHost)),
        name,
        where,
        arraysOnHost && name.equals("vector") ? ADD_MODULE : "name one of these, or leave it out");
  }

  /**
   * A whole network in float on the kernel that is taken for float, for training; its parameters
   * are zero.
   *
   * @param spec the network
   * @return the network; empty if the portable kernel is taken, which has no such thing
   * @throws IllegalStateException as {@link #chosen} says
   */
  public static Optional<DifferentiableNetwork> network(NetworkSpec spec) {
    return network(spec, threads());
  }

  /**
   * The same on so many threads. On one thread all work is the caller's own, so that networks may
   * train at once, each on a thread of its own, and give the same bits as one after the other.
   *
   * @param spec the network
   * @param threads how many share the rows of a batch, at least 1; the kernel {@code blas} takes
   *     one, whatever the number
   * @return the network; empty if the portable kernel is taken, which has no such thing
   * @throws IllegalArgumentException if threads is below 1
   * @throws KernelUnavailableException as {@link #chosen} says
   */
  public static Optional<DifferentiableNetwork> network(NetworkSpec spec, int threads) {
    return floatKernel(threads).map(kernel -> new FloatNetwork(spec, kernel));
  }

  /**
   * A whole network in float with fixed weights, for forecasts: many threads may share it.
   *
   * @param spec the network
   * @param parameters its parameters, as {@code core.weights.FlatLayout} lays them out; copied
   * @return the network; empty if the portable kernel is taken, which has no such thing
   * @throws KernelUnavailableException as {@link #chosen} says
   */
  public static Optional<Outputs> outputs(NetworkSpec spec, float[] parameters) {
    return outputs(spec, parameters, threads());
  }

  /**
   * The same on so many threads: with one, each call stays on its caller's. The number changes no
   * bit.
   *
   * @param spec the network
   * @param parameters its parameters, as {@code core.weights.FlatLayout} lays them out; copied
   * @param threads the most that share the windows of one call, at least 1; the kernel {@code blas}
   *     takes one, whatever the number
   * @return the network; empty if the portable kernel is taken, which has no such thing
   * @throws IllegalArgumentException if threads is below 1
   * @throws KernelUnavailableException as {@link #chosen} says
   */
  public static Optional<Outputs> outputs(NetworkSpec spec, float[] parameters, int threads) {
    return floatKernel(threads).map(kernel -> new FloatInference(spec, kernel, parameters));
  }

  /**
   * Whether networks of the kernel that {@link #chosen} names may train at once in one process and
   * give the same bits as one after the other. With the portable kernel they may not: dropout draws
   * from ND4J's one generator, and ND4J's operations have threads of their own.
   *
   * @return true for {@code vector} and {@code blas}
   * @throws KernelUnavailableException as {@link #chosen} says
   */
  public static boolean trainsInParallel() {
    return !chosen().equals("portable");
  }

  private static Optional<FloatKernel> floatKernel(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    return switch (chosen()) {
      case "vector" -> Optional.of(vector(threads));
      case "blas" -> Optional.of(blas());
      default -> Optional.empty();
    };
  }

  /**
   * The float kernel for plain arrays on ND4J's BLAS: one thread, as OpenBLAS gains nothing from
   * being called by several. Several networks may call it at once: OpenBLAS is made for that, and
   * each network has operands of its own for every thread.
   *
   * @return a kernel
   */
  static FloatKernel blas() {
    return new FloatKernel("blas", new BlasArithmetic(), 1);
  }

  /**
   * Threads that share the rows of a batch where a caller asks for no number of its own: the system
   * property {@code gatecast.threads}, else one a processor.
   */
  public static int threads() {
    return Math.max(
        1, Integer.getInteger("gatecast.threads", Runtime.getRuntime().availableProcessors()));
  }

  /** Whether the JVM has the Vector API's module. */
  public static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * The float kernel for plain arrays on the Vector API.
   *
   * @param threads how many threads share the rows of a batch, at least 1
   * @throws KernelUnavailableException if the JVM lacks the module; it says how to add it
   */
  static FloatKernel vector(int threads) {
    if (!hasVectorModule()) {
      throw new KernelUnavailableException(
          "the module " + MODULE, "a JVM without it", "kernel vector", ADD_MODULE);
    }
    try {
      // By name: whoever lacks the module must be able to load this class.
      Arithmetic arithmetic =
          Class.forName("io.gatecast.core.kernel.VectorArithmetic")
              .asSubclass(Arithmetic.class)
              .getDeclaredConstructor()
              .newInstance();
      return new FloatKernel("vector", arithmetic, threads);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("kernel vector: cannot be loaded", e);
    }
  }
}
