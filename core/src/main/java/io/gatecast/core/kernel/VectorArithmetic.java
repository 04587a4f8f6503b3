package io.gatecast.core.kernel;

import io.gatecast.core.spec.CellSpec;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic on the JDK's Vector API: products of matrices packed into panels of two vectors'
 * width, and gates eight or so units at a time.
 *
 * <p>A panel's numbers lie in the order in which a product reads them, and stay in the first cache
 * while all rows pass by; six rows by two vectors of sums are held in registers.
 */
final class VectorArithmetic implements Arithmetic {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int LANE = LANES.length();
  private static final int PANEL = 2 * LANE;

  @Override
  public int width() {
    return PANEL;
  }

  @Override
  public float[] pack(float[] matrix, int rows, int columns) {
    float[] packed = new float[matrix.length];
    for (int p = 0; p < columns; p += PANEL) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(matrix, r * columns + p, packed, p * rows + r * PANEL, PANEL);
      }
    }
    return packed;
  }

  @Override
  public void multiplyAdd(
      float[] a,
      int aAt,
      int aStride,
      int rows,
      int k,
      float[] packed,
      int columns,
      float[] c,
      int cAt,
      int cStride) {
    for (int p = 0; p < columns; p += PANEL) {
      int panel = p * k;
      int r = 0;
      for (; r + 6 <= rows; r += 6) {
        sixRows(a, aAt + r * aStride, aStride, k, packed, panel, c, cAt + r * cStride + p, cStride);
      }
      for (; r + 2 <= rows; r += 2) {
        twoRows(a, aAt + r * aStride, aStride, k, packed, panel, c, cAt + r * cStride + p, cStride);
      }
      if (r < rows) {
        oneRow(a, aAt + r * aStride, k, packed, panel, c, cAt + r * cStride + p);
      }
    }
  }

  private static void sixRows(
      float[] a, int a0, int aStride, int k, float[] b, int panel, float[] c, int c0, int cStride) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    int c1 = c0 + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
    int c5 = c4 + cStride;
    FloatVector s00 = FloatVector.fromArray(LANES, c, c0);
    FloatVector s01 = FloatVector.fromArray(LANES, c, c0 + LANE);
    FloatVector s10 = FloatVector.fromArray(LANES, c, c1);
    FloatVector s11 = FloatVector.fromArray(LANES, c, c1 + LANE);
    FloatVector s20 = FloatVector.fromArray(LANES, c, c2);
    FloatVector s21 = FloatVector.fromArray(LANES, c, c2 + LANE);
    FloatVector s30 = FloatVector.fromArray(LANES, c, c3);
    FloatVector s31 = FloatVector.fromArray(LANES, c, c3 + LANE);
    FloatVector s40 = FloatVector.fromArray(LANES, c, c4);
    FloatVector s41 = FloatVector.fromArray(LANES, c, c4 + LANE);
    FloatVector s50 = FloatVector.fromArray(LANES, c, c5);
    FloatVector s51 = FloatVector.fromArray(LANES, c, c5 + LANE);
    for (int i = 0; i < k; i++) {
      int at = panel + i * PANEL;
      FloatVector b0 = FloatVector.fromArray(LANES, b, at);
      FloatVector b1 = FloatVector.fromArray(LANES, b, at + LANE);
      FloatVector x = FloatVector.broadcast(LANES, a[a0 + i]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = FloatVector.broadcast(LANES, a[a1 + i]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = FloatVector.broadcast(LANES, a[a2 + i]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = FloatVector.broadcast(LANES, a[a3 + i]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      x = FloatVector.broadcast(LANES, a[a4 + i]);
      s40 = x.fma(b0, s40);
      s41 = x.fma(b1, s41);
      x = FloatVector.broadcast(LANES, a[a5 + i]);
      s50 = x.fma(b0, s50);
      s51 = x.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANE);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANE);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANE);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANE);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANE);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + LANE);
  }

  private static void twoRows(
      float[] a, int a0, int aStride, int k, float[] b, int panel, float[] c, int c0, int cStride) {
    int a1 = a0 + aStride;
    int c1 = c0 + cStride;
    FloatVector s00 = FloatVector.fromArray(LANES, c, c0);
    FloatVector s01 = FloatVector.fromArray(LANES, c, c0 + LANE);
    FloatVector s10 = FloatVector.fromArray(LANES, c, c1);
    FloatVector s11 = FloatVector.fromArray(LANES, c, c1 + LANE);
    for (int i = 0; i < k; i++) {
      int at = panel + i * PANEL;
      FloatVector b0 = FloatVector.fromArray(LANES, b, at);
      FloatVector b1 = FloatVector.fromArray(LANES, b, at + LANE);
      FloatVector x = FloatVector.broadcast(LANES, a[a0 + i]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = FloatVector.broadcast(LANES, a[a1 + i]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANE);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANE);
  }

  private static void oneRow(float[] a, int a0, int k, float[] b, int panel, float[] c, int c0) {
    FloatVector s0 = FloatVector.fromArray(LANES, c, c0);
    FloatVector s1 = FloatVector.fromArray(LANES, c, c0 + LANE);
    for (int i = 0; i < k; i++) {
      int at = panel + i * PANEL;
      FloatVector x = FloatVector.broadcast(LANES, a[a0 + i]);
      s0 = x.fma(FloatVector.fromArray(LANES, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(LANES, b, at + LANE), s1);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + LANE);
  }

  @Override
  public void addTransposedProduct(
      float[] a,
      int aAt,
      int aStride,
      int aColumns,
      float[] d,
      int dAt,
      int dStride,
      int dColumns,
      int rows,
      float[] c,
      int cStride) {
    float[] panel = new float[rows * PANEL];
    for (int p = 0; p < dColumns; p += PANEL) {
      for (int r = 0; r < rows; r++) {
        int from = dAt + r * dStride + p;
        load(d, from).intoArray(panel, r * PANEL);
        load(d, from + LANE).intoArray(panel, r * PANEL + LANE);
      }
      int i = 0;
      for (; i + 6 <= aColumns; i += 6) {
        sixColumns(a, aAt + i, aStride, panel, rows, c, i * cStride + p, cStride);
      }
      for (; i < aColumns; i++) {
        oneColumn(a, aAt + i, aStride, panel, rows, c, i * cStride + p);
      }
    }
  }

  private static void sixColumns(
      float[] a, int aAt, int aStride, float[] b, int rows, float[] c, int c0, int cStride) {
    int c1 = c0 + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
    int c5 = c4 + cStride;
    FloatVector s00 = FloatVector.fromArray(LANES, c, c0);
    FloatVector s01 = FloatVector.fromArray(LANES, c, c0 + LANE);
    FloatVector s10 = FloatVector.fromArray(LANES, c, c1);
    FloatVector s11 = FloatVector.fromArray(LANES, c, c1 + LANE);
    FloatVector s20 = FloatVector.fromArray(LANES, c, c2);
    FloatVector s21 = FloatVector.fromArray(LANES, c, c2 + LANE);
    FloatVector s30 = FloatVector.fromArray(LANES, c, c3);
    FloatVector s31 = FloatVector.fromArray(LANES, c, c3 + LANE);
    FloatVector s40 = FloatVector.fromArray(LANES, c, c4);
    FloatVector s41 = FloatVector.fromArray(LANES, c, c4 + LANE);
    FloatVector s50 = FloatVector.fromArray(LANES, c, c5);
    FloatVector s51 = FloatVector.fromArray(LANES, c, c5 + LANE);
    for (int r = 0; r < rows; r++) {
      int at = r * PANEL;
      int row = aAt + r * aStride;
      FloatVector b0 = FloatVector.fromArray(LANES, b, at);
      FloatVector b1 = FloatVector.fromArray(LANES, b, at + LANE);
      FloatVector x = FloatVector.broadcast(LANES, a[row]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = FloatVector.broadcast(LANES, a[row + 1]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = FloatVector.broadcast(LANES, a[row + 2]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = FloatVector.broadcast(LANES, a[row + 3]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
      x = FloatVector.broadcast(LANES, a[row + 4]);
      s40 = x.fma(b0, s40);
      s41 = x.fma(b1, s41);
      x = FloatVector.broadcast(LANES, a[row + 5]);
      s50 = x.fma(b0, s50);
      s51 = x.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANE);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANE);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANE);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANE);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANE);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + LANE);
  }

  private static void oneColumn(
      float[] a, int aAt, int aStride, float[] b, int rows, float[] c, int c0) {
    FloatVector s0 = FloatVector.fromArray(LANES, c, c0);
    FloatVector s1 = FloatVector.fromArray(LANES, c, c0 + LANE);
    for (int r = 0; r < rows; r++) {
      int at = r * PANEL;
      int row = aAt + r * aStride;
      FloatVector x = FloatVector.broadcast(LANES, a[row]);
      s0 = x.fma(FloatVector.fromArray(LANES, b, at), s0);
      s1 = x.fma(FloatVector.fromArray(LANES, b, at + LANE), s1);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + LANE);
  }

  @Override
  public void add(float[] values, int at, float[] sum, int sumAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      load(sum, sumAt + k).add(load(values, at + k)).intoArray(sum, sumAt + k);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(LANES, array, at);
  }

  /** {@link RationalTanh}. */
  private static FloatVector tanh(FloatVector a) {
    FloatVector x = a.min(RationalTanh.LIMIT).max(-RationalTanh.LIMIT);
    FloatVector x2 = x.mul(x);
    FloatVector p = x2.mul(RationalTanh.P13).add(RationalTanh.P11);
    p = p.fma(x2, FloatVector.broadcast(LANES, RationalTanh.P9));
    p = p.fma(x2, FloatVector.broadcast(LANES, RationalTanh.P7));
    p = p.fma(x2, FloatVector.broadcast(LANES, RationalTanh.P5));
    p = p.fma(x2, FloatVector.broadcast(LANES, RationalTanh.P3));
    p = p.fma(x2, FloatVector.broadcast(LANES, RationalTanh.P1));
    FloatVector q = x2.mul(RationalTanh.Q6).add(RationalTanh.Q4);
    q = q.fma(x2, FloatVector.broadcast(LANES, RationalTanh.Q2));
    q = q.fma(x2, FloatVector.broadcast(LANES, RationalTanh.Q0));
    return p.mul(x).div(q).min(1f).max(-1f);
  }

  private static FloatVector sigmoid(FloatVector a) {
    return tanh(a.mul(0.5f)).mul(0.5f).add(0.5f);
  }

  /** {@code s (1 − s)}. */
  private static FloatVector sigmoidSlope(FloatVector s) {
    return s.sub(s.mul(s));
  }

  /** {@code v (1 − t²)}. */
  private static FloatVector timesTanhSlope(FloatVector v, FloatVector t) {
    return v.sub(v.mul(t).mul(t));
  }

  @Override
  public void rnn(CellSpec.Activation phi, float[] g, int gAt, float[] h, int hAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      FloatVector a = load(g, gAt + k);
      FloatVector value =
          switch (phi) {
            case TANH -> tanh(a);
            case SIGMOID -> sigmoid(a);
            case RELU -> a.max(0f);
          };
      value.intoArray(g, gAt + k);
      value.intoArray(h, hAt + k);
    }
  }

  @Override
  public void rnnBackward(
      CellSpec.Activation phi, float[] g, int gAt, float[] carry, int carryAt, int n) {
    FloatVector zero = FloatVector.zero(LANES);
    for (int k = 0; k < n; k += LANE) {
      FloatVector h = load(g, gAt + k);
      FloatVector dh = load(carry, carryAt + k);
      FloatVector da =
          switch (phi) {
            case TANH -> timesTanhSlope(dh, h);
            case SIGMOID -> dh.mul(sigmoidSlope(h));
            case RELU -> zero.blend(dh, h.compare(jdk.incubator.vector.VectorOperators.GT, 0f));
          };
      da.intoArray(g, gAt + k);
      zero.intoArray(carry, carryAt + k);
    }
  }

  @Override
  public void lstm(float[] g, int gAt, float[] c, int cBefore, int cAt, float[] h, int hAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      int fAt = gAt + k;
      int iAt = fAt + n;
      int oAt = iAt + n;
      int nAt = oAt + n;
      FloatVector f = sigmoid(load(g, fAt));
      FloatVector i = sigmoid(load(g, iAt));
      FloatVector o = sigmoid(load(g, oAt));
      FloatVector proposed = tanh(load(g, nAt));
      FloatVector cell = f.mul(load(c, cBefore + k)).add(i.mul(proposed));
      f.intoArray(g, fAt);
      i.intoArray(g, iAt);
      o.intoArray(g, oAt);
      proposed.intoArray(g, nAt);
      cell.intoArray(c, cAt + k);
      o.mul(tanh(cell)).intoArray(h, hAt + k);
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
    FloatVector zero = FloatVector.zero(LANES);
    for (int k = 0; k < n; k += LANE) {
      int fAt = gAt + k;
      int iAt = fAt + n;
      int oAt = iAt + n;
      int nAt = oAt + n;
      FloatVector f = load(g, fAt);
      FloatVector i = load(g, iAt);
      FloatVector o = load(g, oAt);
      FloatVector proposed = load(g, nAt);
      FloatVector t = tanh(load(c, cAt + k));
      FloatVector dh = load(carryH, carryAt + k);
      FloatVector dc = load(carryC, carryAt + k).add(timesTanhSlope(dh.mul(o), t));
      dc.mul(load(c, cBefore + k)).mul(sigmoidSlope(f)).intoArray(g, fAt);
      dc.mul(proposed).mul(sigmoidSlope(i)).intoArray(g, iAt);
      dh.mul(t).mul(sigmoidSlope(o)).intoArray(g, oAt);
      timesTanhSlope(dc.mul(i), proposed).intoArray(g, nAt);
      zero.intoArray(carryH, carryAt + k);
      dc.mul(f).intoArray(carryC, carryAt + k);
    }
  }

  @Override
  public void gruReset(
      float[] g, int gAt, float[] h, int hBefore, float[] kept, int keptAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      FloatVector r = sigmoid(load(g, gAt + n + k));
      sigmoid(load(g, gAt + k)).intoArray(g, gAt + k);
      r.intoArray(g, gAt + n + k);
      r.mul(load(h, hBefore + k)).intoArray(kept, keptAt + k);
    }
  }

  @Override
  public void gruCandidate(float[] g, int gAt, float[] h, int hBefore, int hAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      FloatVector proposed = tanh(load(g, gAt + 2 * n + k));
      FloatVector before = load(h, hBefore + k);
      proposed.intoArray(g, gAt + 2 * n + k);
      load(g, gAt + k).mul(proposed.sub(before)).add(before).intoArray(h, hAt + k);
    }
  }

  @Override
  public void gruCandidateBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      FloatVector z = load(g, gAt + k);
      FloatVector proposed = load(g, gAt + 2 * n + k);
      FloatVector dh = load(carry, carryAt + k);
      FloatVector dProposed = dh.mul(z);
      FloatVector dz = dh.mul(proposed.sub(load(h, hBefore + k)));
      dz.mul(sigmoidSlope(z)).intoArray(g, gAt + k);
      timesTanhSlope(dProposed, proposed).intoArray(g, gAt + 2 * n + k);
      dh.sub(dProposed).intoArray(carry, carryAt + k);
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
    for (int k = 0; k < n; k += LANE) {
      FloatVector r = load(g, gAt + n + k);
      FloatVector d = load(dKept, dKeptAt + k);
      d.mul(load(h, hBefore + k)).mul(sigmoidSlope(r)).intoArray(g, gAt + n + k);
      load(carry, carryAt + k).add(d.mul(r)).intoArray(carry, carryAt + k);
    }
  }

  @Override
  public void gruAfter(float[] g, int gAt, float[] h, int hBefore, int hAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      int zAt = gAt + n + k;
      int rAt = zAt + n;
      FloatVector z = sigmoid(load(g, zAt));
      FloatVector r = sigmoid(load(g, rAt));
      FloatVector proposed = tanh(load(g, gAt + k).add(r.mul(load(g, rAt + n))));
      FloatVector before = load(h, hBefore + k);
      proposed.intoArray(g, gAt + k);
      z.intoArray(g, zAt);
      r.intoArray(g, rAt);
      z.mul(proposed.sub(before)).add(before).intoArray(h, hAt + k);
    }
  }

  @Override
  public void gruAfterBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      int zAt = gAt + n + k;
      int rAt = zAt + n;
      int stateAt = rAt + n;
      FloatVector proposed = load(g, gAt + k);
      FloatVector z = load(g, zAt);
      FloatVector r = load(g, rAt);
      FloatVector dh = load(carry, carryAt + k);
      FloatVector dProposed = dh.mul(z);
      FloatVector da = timesTanhSlope(dProposed, proposed);
      da.intoArray(g, gAt + k);
      dh.mul(proposed.sub(load(h, hBefore + k))).mul(sigmoidSlope(z)).intoArray(g, zAt);
      da.mul(load(g, stateAt)).mul(sigmoidSlope(r)).intoArray(g, rAt);
      da.mul(r).intoArray(g, stateAt);
      dh.sub(dProposed).intoArray(carry, carryAt + k);
    }
  }
}
