package io.gatecast.core.kernel;

import static io.gatecast.core.kernel.RationalTanh.tanh;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import io.gatecast.core.spec.CellSpec;
import java.util.List;
import org.bytedeco.openblas.global.openblas;

/**
 * The arithmetic on the BLAS that ND4J brings, for JVMs without the Vector API's module: products
 * by {@code cblas_sgemm}, called directly, as a call through ND4J costs more than these small
 * products; gates in plain loops.
 *
 * <p>BLAS reads memory off the heap: operands are copied there, which costs little beside the
 * product. Given an array of the heap, JavaCPP would copy all of it, there and back.
 */
final class BlasArithmetic implements Arithmetic {
  private final ThreadLocal<BlasRoom> lefts = ThreadLocal.withInitial(BlasRoom::new);
  private final ThreadLocal<BlasRoom> rights = ThreadLocal.withInitial(BlasRoom::new);
  private final ThreadLocal<BlasRoom> sums = ThreadLocal.withInitial(BlasRoom::new);

  @Override
  public int width() {
    return 4;
  }

  @Override
  public int panel(int columns) {
    return Math.max(1, columns);
  }

  @Override
  public PackedMatrix matrix(int depth, int columns) {
    return new BlasMatrix(this, depth, columns);
  }

  @Override
  public void multiply(
      boolean add,
      float[] a,
      int aAt,
      int aStride,
      int rows,
      PackedMatrix b,
      PackedMatrix.Part part,
      float[] c,
      int cAt,
      int cStride) {
    int k = part.rows();
    int n = part.columns();
    BlasRoom left = lefts.get().of(rows * k);
    left.copyIn(a, aAt + part.fromRow(), aStride, rows, k);
    BlasRoom sum = sums.get().of(rows * n);
    int to = cAt + part.fromColumn();
    if (add) {
      sum.copyIn(c, to, cStride, rows, n);
    }
    openblas.cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows,
        n,
        k,
        1,
        left.pointer(),
        k,
        ((BlasMatrix) b).from(part),
        b.columns,
        add ? 1 : 0,
        sum.pointer(),
        n);
    sum.copyOut(c, to, cStride, rows, n);
  }

  @Override
  public int scratch(int aColumns, int rows) {
    return 0;
  }

  @Override
  public void addTransposedProduct(
      float[] a,
      int aAt,
      int aStride,
      float[] d,
      int dAt,
      int dStride,
      int rows,
      List<PackedMatrix.Part> parts,
      float[] scratch,
      float[] c,
      int cColumns) {
    for (PackedMatrix.Part part : parts) {
      int k = part.rows();
      int n = part.columns();
      BlasRoom left = lefts.get().of(rows * k);
      left.copyIn(a, aAt + part.fromRow(), aStride, rows, k);
      BlasRoom right = rights.get().of(rows * n);
      right.copyIn(d, dAt + part.fromColumn(), dStride, rows, n);
      BlasRoom sum = sums.get().of(k * n);
      int to = part.fromRow() * cColumns + part.fromColumn();
      sum.copyIn(c, to, cColumns, k, n);
      openblas.cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          k,
          n,
          rows,
          1,
          left.pointer(),
          k,
          right.pointer(),
          n,
          1,
          sum.pointer(),
          n);
      sum.copyOut(c, to, cColumns, k, n);
    }
  }

  @Override
  public void add(float[] values, int at, float[] sum, int sumAt, int n) {
    for (int k = 0; k < n; k++) {
      sum[sumAt + k] += values[at + k];
    }
  }

  /** {@code (1 + τ)/2}. */
  private static float gate(float tau) {
    return 0.5f * tau + 0.5f;
  }

  private static float gateSlope(float tau) {
    return 0.25f * (1 - tau * tau);
  }

  private static float tanhSlope(float t) {
    return 1 - t * t;
  }

  /** In place, and in a loop that does nothing else: so the compiler vectorises it. */
  private static void tanhAll(float[] values, int from, int to) {
    for (int k = from; k < to; k++) {
      values[k] = tanh(values[k]);
    }
  }

  /** Blocks of gates of all rows, in place. */
  private static void squash(Step step, int block, int blocks) {
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride() + block * step.n();
      tanhAll(g, at, at + blocks * step.n());
    }
  }

  @Override
  public void rnn(CellSpec.Activation phi, Step step) {
    if (phi != CellSpec.Activation.RELU) {
      squash(step, 0, 1);
    }
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      for (int k = at; k < at + step.n(); k++) {
        g[k] =
            switch (phi) {
              case TANH -> g[k];
              case SIGMOID -> gate(g[k]);
              case RELU -> Math.max(0, g[k]);
            };
      }
      System.arraycopy(g, at, step.states(), step.after() + r * step.stateStride(), step.n());
    }
  }

  @Override
  public void rnnBackward(CellSpec.Activation phi, Step step, float[] carry) {
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int of = r * step.n();
      for (int k = 0; k < step.n(); k++) {
        float h = g[at + k];
        float slope =
            switch (phi) {
              case TANH -> tanhSlope(h);
              case SIGMOID -> h - h * h;
              case RELU -> h > 0 ? 1 : 0;
            };
        g[at + k] = carry[of + k] * slope;
        carry[of + k] = 0;
      }
    }
  }

  @Override
  public void lstm(Step step, float[] c, int cBefore, int cAfter) {
    squash(step, 0, 4);
    int n = step.n();
    float[] g = step.gates();
    float[] h = step.states();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int before = cBefore + r * n;
      int after = cAfter + r * n;
      int hAt = step.after() + r * step.stateStride();
      for (int k = 0; k < n; k++) {
        c[after + k] = gate(g[at + k]) * c[before + k] + gate(g[at + n + k]) * g[at + 3 * n + k];
      }
      System.arraycopy(c, after, h, hAt, n);
      tanhAll(h, hAt, hAt + n);
      for (int k = 0; k < n; k++) {
        h[hAt + k] *= gate(g[at + 2 * n + k]);
      }
    }
  }

  @Override
  public void lstmBackward(
      Step step, float[] c, int cBefore, int cAfter, float[] carryH, float[] carryC) {
    int n = step.n();
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int of = r * n;
      tanhAll(c, cAfter + of, cAfter + of + n); // C itself is not needed again
      for (int k = 0; k < n; k++) {
        float f = g[at + k];
        float i = g[at + n + k];
        float o = g[at + 2 * n + k];
        float proposed = g[at + 3 * n + k];
        float t = c[cAfter + of + k];
        float dh = carryH[of + k];
        float dc = carryC[of + k] + dh * gate(o) * tanhSlope(t);
        g[at + k] = dc * c[cBefore + of + k] * gateSlope(f);
        g[at + n + k] = dc * proposed * gateSlope(i);
        g[at + 2 * n + k] = dh * t * gateSlope(o);
        g[at + 3 * n + k] = dc * gate(i) * tanhSlope(proposed);
        carryH[of + k] = 0;
        carryC[of + k] = dc * gate(f);
      }
    }
  }

  @Override
  public void gruReset(Step step, float[] kept, int keptAt) {
    squash(step, 1, 2);
    int n = step.n();
    for (int r = 0; r < step.rows(); r++) {
      int rAt = step.at() + r * step.stride() + 2 * n;
      int before = step.before() + r * step.stateStride();
      for (int k = 0; k < n; k++) {
        kept[keptAt + r * n + k] = gate(step.gates()[rAt + k]) * step.states()[before + k];
      }
    }
  }

  @Override
  public void gruCandidate(Step step) {
    squash(step, 0, 1);
    newState(step);
  }

  /** {@code h = h' + z ∘ (h~ − h')} from h~ and τ of z, the first two gates. */
  private static void newState(Step step) {
    int n = step.n();
    float[] g = step.gates();
    float[] h = step.states();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int beforeAt = step.before() + r * step.stateStride();
      int after = step.after() + r * step.stateStride();
      for (int k = 0; k < n; k++) {
        float before = h[beforeAt + k];
        h[after + k] = before + gate(g[at + n + k]) * (g[at + k] - before);
      }
    }
  }

  @Override
  public void gruCandidateBackward(Step step, float[] carry) {
    int n = step.n();
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int before = step.before() + r * step.stateStride();
      int of = r * n;
      for (int k = 0; k < n; k++) {
        float proposed = g[at + k];
        float z = g[at + n + k];
        float dh = carry[of + k];
        g[at + k] = dh * gate(z) * tanhSlope(proposed);
        g[at + n + k] = dh * (proposed - step.states()[before + k]) * gateSlope(z);
        carry[of + k] = dh * (1 - gate(z));
      }
    }
  }

  @Override
  public void gruResetBackward(Step step, float[] dKept, float[] carry) {
    int n = step.n();
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int rAt = step.at() + r * step.stride() + 2 * n;
      int before = step.before() + r * step.stateStride();
      int of = r * n;
      for (int k = 0; k < n; k++) {
        float reset = g[rAt + k];
        float d = dKept[of + k];
        g[rAt + k] = d * step.states()[before + k] * gateSlope(reset);
        carry[of + k] += d * gate(reset);
      }
    }
  }

  @Override
  public void gruAfter(Step step) {
    squash(step, 1, 2);
    int n = step.n();
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      for (int k = at; k < at + n; k++) {
        g[k] += gate(g[k + 2 * n]) * g[k + 3 * n];
      }
    }
    squash(step, 0, 1);
    newState(step);
  }

  @Override
  public void gruAfterBackward(Step step, float[] carry) {
    int n = step.n();
    float[] g = step.gates();
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int before = step.before() + r * step.stateStride();
      int of = r * n;
      for (int k = 0; k < n; k++) {
        float proposed = g[at + k];
        float z = g[at + n + k];
        float reset = g[at + 2 * n + k];
        float dh = carry[of + k];
        float da = dh * gate(z) * tanhSlope(proposed);
        g[at + k] = da;
        g[at + n + k] = dh * (proposed - step.states()[before + k]) * gateSlope(z);
        g[at + 2 * n + k] = da * g[at + 3 * n + k] * gateSlope(reset);
        g[at + 3 * n + k] = da * gate(reset);
        carry[of + k] = dh * (1 - gate(z));
      }
    }
  }
}
