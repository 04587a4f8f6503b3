package io.gatecast.core.kernel;

import static io.gatecast.core.kernel.RationalTanh.sigmoid;
import static io.gatecast.core.kernel.RationalTanh.tanh;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import io.gatecast.core.spec.CellSpec;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.openblas.global.openblas;

/**
 * The arithmetic on the BLAS that ND4J brings, for JVMs without the Vector API's module: products
 * by {@code cblas_sgemm}, called directly, as a call through ND4J costs more than these small
 * products; gates in plain loops.
 */
final class BlasArithmetic implements Arithmetic {
  @Override
  public int width() {
    return 4;
  }

  @Override
  public int panel(int columns) {
    return Math.max(1, columns);
  }

  private static FloatBuffer from(float[] array, int at) {
    return FloatBuffer.wrap(array).position(at);
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
    openblas.cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows,
        part.columns(),
        part.rows(),
        1,
        from(a, aAt + part.fromRow()),
        aStride,
        from(b.values, b.at(part.fromRow(), part.fromColumn())),
        b.columns,
        add ? 1 : 0,
        from(c, cAt + part.fromColumn()),
        cStride);
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
      openblas.cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          part.rows(),
          part.columns(),
          rows,
          1,
          from(a, aAt + part.fromRow()),
          aStride,
          from(d, dAt + part.fromColumn()),
          dStride,
          1,
          from(c, part.fromRow() * cColumns + part.fromColumn()),
          cColumns);
    }
  }

  @Override
  public void add(float[] values, int at, float[] sum, int sumAt, int n) {
    for (int k = 0; k < n; k++) {
      sum[sumAt + k] += values[at + k];
    }
  }

  private static float sigmoidSlope(float s) {
    return s - s * s;
  }

  private static float tanhSlope(float t) {
    return 1 - t * t;
  }

  @Override
  public void rnn(CellSpec.Activation phi, float[] g, int gAt, float[] h, int hAt, int n) {
    for (int k = 0; k < n; k++) {
      float a = g[gAt + k];
      float value =
          switch (phi) {
            case TANH -> tanh(a);
            case SIGMOID -> sigmoid(a);
            case RELU -> Math.max(0, a);
          };
      g[gAt + k] = value;
      h[hAt + k] = value;
    }
  }

  @Override
  public void rnnBackward(
      CellSpec.Activation phi, float[] g, int gAt, float[] carry, int carryAt, int n) {
    for (int k = 0; k < n; k++) {
      float h = g[gAt + k];
      float slope =
          switch (phi) {
            case TANH -> tanhSlope(h);
            case SIGMOID -> sigmoidSlope(h);
            case RELU -> h > 0 ? 1 : 0;
          };
      g[gAt + k] = carry[carryAt + k] * slope;
      carry[carryAt + k] = 0;
    }
  }

  @Override
  public void lstm(float[] g, int gAt, float[] c, int cBefore, int cAt, float[] h, int hAt, int n) {
    for (int k = 0; k < n; k++) {
      int at = gAt + k;
      float f = sigmoid(g[at]);
      float i = sigmoid(g[at + n]);
      float o = sigmoid(g[at + 2 * n]);
      float proposed = tanh(g[at + 3 * n]);
      float cell = f * c[cBefore + k] + i * proposed;
      g[at] = f;
      g[at + n] = i;
      g[at + 2 * n] = o;
      g[at + 3 * n] = proposed;
      c[cAt + k] = cell;
      h[hAt + k] = o * tanh(cell);
    }
  }

  @Override
  public void lstmBackward(
      float[] g,
      int gAt,
      float[] c,
      int cBefore,
      int cAt,
      float[] carryH,
      float[] carryC,
      int carryAt,
      int n) {
    for (int k = 0; k < n; k++) {
      int at = gAt + k;
      float f = g[at];
      float i = g[at + n];
      float o = g[at + 2 * n];
      float proposed = g[at + 3 * n];
      float t = tanh(c[cAt + k]);
      float dh = carryH[carryAt + k];
      float dc = carryC[carryAt + k] + dh * o * tanhSlope(t);
      g[at] = dc * c[cBefore + k] * sigmoidSlope(f);
      g[at + n] = dc * proposed * sigmoidSlope(i);
      g[at + 2 * n] = dh * t * sigmoidSlope(o);
      g[at + 3 * n] = dc * i * tanhSlope(proposed);
      carryH[carryAt + k] = 0;
      carryC[carryAt + k] = dc * f;
    }
  }

  @Override
  public void gruReset(
      float[] g, int gAt, float[] h, int hBefore, float[] kept, int keptAt, int n) {
    for (int k = 0; k < n; k++) {
      float r = sigmoid(g[gAt + 2 * n + k]);
      g[gAt + n + k] = sigmoid(g[gAt + n + k]);
      g[gAt + 2 * n + k] = r;
      kept[keptAt + k] = r * h[hBefore + k];
    }
  }

  @Override
  public void gruCandidate(float[] g, int gAt, float[] h, int hBefore, int hAt, int n) {
    for (int k = 0; k < n; k++) {
      float proposed = tanh(g[gAt + k]);
      float before = h[hBefore + k];
      g[gAt + k] = proposed;
      h[hAt + k] = before + g[gAt + n + k] * (proposed - before);
    }
  }

  @Override
  public void gruCandidateBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n) {
    for (int k = 0; k < n; k++) {
      float z = g[gAt + n + k];
      float proposed = g[gAt + k];
      float dh = carry[carryAt + k];
      g[gAt + n + k] = dh * (proposed - h[hBefore + k]) * sigmoidSlope(z);
      g[gAt + k] = dh * z * tanhSlope(proposed);
      carry[carryAt + k] = dh * (1 - z);
    }
  }

  @Override
  public void gruResetBackward(
      float[] g,
      int gAt,
      float[] h,
      int hBefore,
      float[] dKept,
      int dKeptAt,
      float[] carry,
      int carryAt,
      int n) {
    for (int k = 0; k < n; k++) {
      float r = g[gAt + 2 * n + k];
      float d = dKept[dKeptAt + k];
      g[gAt + 2 * n + k] = d * h[hBefore + k] * sigmoidSlope(r);
      carry[carryAt + k] += d * r;
    }
  }

  @Override
  public void gruAfter(float[] g, int gAt, float[] h, int hBefore, int hAt, int n) {
    for (int k = 0; k < n; k++) {
      int at = gAt + k;
      float z = sigmoid(g[at + n]);
      float r = sigmoid(g[at + 2 * n]);
      float proposed = tanh(g[at] + r * g[at + 3 * n]);
      float before = h[hBefore + k];
      g[at] = proposed;
      g[at + n] = z;
      g[at + 2 * n] = r;
      h[hAt + k] = before + z * (proposed - before);
    }
  }

  @Override
  public void gruAfterBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n) {
    for (int k = 0; k < n; k++) {
      int at = gAt + k;
      float proposed = g[at];
      float z = g[at + n];
      float r = g[at + 2 * n];
      float dh = carry[carryAt + k];
      float da = dh * z * tanhSlope(proposed);
      g[at] = da;
      g[at + n] = dh * (proposed - h[hBefore + k]) * sigmoidSlope(z);
      g[at + 2 * n] = da * g[at + 3 * n] * sigmoidSlope(r);
      g[at + 3 * n] = da * r;
      carry[carryAt + k] = dh * (1 - z);
    }
  }
}
