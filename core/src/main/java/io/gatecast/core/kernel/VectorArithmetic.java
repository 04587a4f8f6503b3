package io.gatecast.core.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import io.gatecast.core.spec.CellSpec;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic on the JDK's Vector API: gates eight or so units at a time; products are {@link
 * VectorProducts}'.
 *
 * <p>Gates are squashed by {@link VectorTanh} before they are put together: in a loop that does
 * nothing else, no tanh waits for another.
 */
final class VectorArithmetic implements Arithmetic {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int LANE = LANES.length();

  @Override
  public int width() {
    return VectorProducts.PANEL;
  }

  @Override
  public int panel(int columns) {
    return VectorProducts.PANEL;
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
    VectorProducts.multiply(add, a, aAt, aStride, rows, b, part, c, cAt, cStride);
  }

  @Override
  public int scratch(int aColumns, int rows) {
    return VectorProducts.scratch(aColumns, rows);
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
    VectorProducts.addTransposedProduct(
        a, aAt, aStride, d, dAt, dStride, rows, parts, scratch, c, cColumns);
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
    switch (phi) {
      case TANH -> VectorTanh.tanh(g, gAt, g, gAt, n);
      case SIGMOID -> VectorTanh.sigmoid(g, gAt, n);
      case RELU -> {
        for (int k = gAt; k < gAt + n; k += LANE) {
          load(g, k).max(0f).intoArray(g, k);
        }
      }
    }
    System.arraycopy(g, gAt, h, hAt, n);
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
            case RELU -> zero.blend(dh, h.compare(GT, 0f));
          };
      da.intoArray(g, gAt + k);
      zero.intoArray(carry, carryAt + k);
    }
  }

  @Override
  public void lstm(float[] g, int gAt, float[] c, int cBefore, int cAt, float[] h, int hAt, int n) {
    VectorTanh.sigmoid(g, gAt, 3 * n);
    VectorTanh.tanh(g, gAt + 3 * n, g, gAt + 3 * n, n);
    for (int k = 0; k < n; k += LANE) {
      int fAt = gAt + k;
      int iAt = fAt + n;
      FloatVector kept = load(g, fAt).mul(load(c, cBefore + k));
      load(g, iAt).mul(load(g, iAt + 2 * n)).add(kept).intoArray(c, cAt + k);
    }
    VectorTanh.tanh(c, cAt, h, hAt, n);
    for (int k = 0; k < n; k += LANE) {
      load(g, gAt + 2 * n + k).mul(load(h, hAt + k)).intoArray(h, hAt + k);
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
    VectorTanh.tanh(c, cAt, c, cAt, n); // C of this step is not needed again
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
      FloatVector t = load(c, cAt + k);
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
    VectorTanh.sigmoid(g, gAt + n, 2 * n);
    for (int k = 0; k < n; k += LANE) {
      load(g, gAt + 2 * n + k).mul(load(h, hBefore + k)).intoArray(kept, keptAt + k);
    }
  }

  @Override
  public void gruCandidate(float[] g, int gAt, float[] h, int hBefore, int hAt, int n) {
    VectorTanh.tanh(g, gAt, g, gAt, n);
    for (int k = 0; k < n; k += LANE) {
      FloatVector proposed = load(g, gAt + k);
      FloatVector before = load(h, hBefore + k);
      load(g, gAt + n + k).mul(proposed.sub(before)).add(before).intoArray(h, hAt + k);
    }
  }

  @Override
  public void gruCandidateBackward(
      float[] g, int gAt, float[] h, int hBefore, float[] carry, int carryAt, int n) {
    for (int k = 0; k < n; k += LANE) {
      FloatVector z = load(g, gAt + n + k);
      FloatVector proposed = load(g, gAt + k);
      FloatVector dh = load(carry, carryAt + k);
      FloatVector dProposed = dh.mul(z);
      FloatVector dz = dh.mul(proposed.sub(load(h, hBefore + k)));
      dz.mul(sigmoidSlope(z)).intoArray(g, gAt + n + k);
      timesTanhSlope(dProposed, proposed).intoArray(g, gAt + k);
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
      FloatVector r = load(g, gAt + 2 * n + k);
      FloatVector d = load(dKept, dKeptAt + k);
      d.mul(load(h, hBefore + k)).mul(sigmoidSlope(r)).intoArray(g, gAt + 2 * n + k);
      load(carry, carryAt + k).add(d.mul(r)).intoArray(carry, carryAt + k);
    }
  }

  @Override
  public void gruAfter(float[] g, int gAt, float[] h, int hBefore, int hAt, int n) {
    VectorTanh.sigmoid(g, gAt + n, 2 * n);
    for (int k = 0; k < n; k += LANE) {
      int rAt = gAt + 2 * n + k;
      load(g, rAt).mul(load(g, rAt + n)).add(load(g, gAt + k)).intoArray(g, gAt + k);
    }
    VectorTanh.tanh(g, gAt, g, gAt, n);
    for (int k = 0; k < n; k += LANE) {
      FloatVector proposed = load(g, gAt + k);
      FloatVector before = load(h, hBefore + k);
      load(g, gAt + n + k).mul(proposed.sub(before)).add(before).intoArray(h, hAt + k);
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
