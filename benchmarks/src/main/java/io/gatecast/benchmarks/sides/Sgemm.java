package io.gatecast.benchmarks.sides;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;

import io.gatecast.core.runtime.NativeRuntime;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One large product of matrices by OpenBLAS' {@code sgemm}: the rate that this machine's BLAS
 * reaches where nothing hinders it. It is no side: it computes nothing that another could agree on.
 */
public final class Sgemm implements AutoCloseable {
  /** Rows and columns of all three matrices: large enough for the best rate, still some 20 ms. */
  private static final int N = 1024;

  private final int threads;
  private final FloatPointer a = filled(1f / N);
  private final FloatPointer b = filled(1);
  private final FloatPointer c = filled(0);

  /**
   * Makes the matrices.
   *
   * @param threads of OpenBLAS, while it runs
   */
  public Sgemm(int threads) {
    NativeRuntime.require();
    this.threads = threads;
  }

  private static FloatPointer filled(float value) {
    FloatPointer matrix = new FloatPointer((long) N * N);
    for (long i = 0; i < (long) N * N; i++) {
      matrix.put(i, value);
    }
    return matrix;
  }

  /** Floating-point operations of one run. */
  public static double flops() {
    return 2.0 * N * N * N;
  }

  /** One product. OpenBLAS has its number of threads for the whole process: it is put back. */
  public void run() {
    int before = Nd4j.factory().blas().getMaxThreads();
    Nd4j.factory().blas().setMaxThreads(threads);
    try {
      openblas.cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, N, N, N, 1, a, N, b, N, 0, c, N);
    } finally {
      Nd4j.factory().blas().setMaxThreads(before);
    }
  }

  /** The first element of the product, which is 1: the matrices are all 1/n and all 1. */
  float product() {
    return c.get(0);
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
