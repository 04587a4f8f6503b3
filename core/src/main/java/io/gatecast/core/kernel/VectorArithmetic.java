package io.gatecast.core.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

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

  /** {@code (1 + τ)/2}. */
  private static FloatVector gate(FloatVector tau) {
    FloatVector half = FloatVector.broadcast(LANES, 0.5f);
    return tau.fma(half, half);
  }

  /** {@code v (1 − τ²)/4}. */
  private static FloatVector timesGateSlope(FloatVector v, FloatVector tau) {
    return timesTanhSlope(v.mul(0.25f), tau);
  }

  /** {@code v (1 − t²)}. */
  private static FloatVector timesTanhSlope(FloatVector v, FloatVector t) {
    return v.sub(v.mul(t).mul(t));
  }

  /** Blocks of gates of all rows, in place. */
  private static void squash(Step step, int block, int blocks) {
    int at = step.at() + block * step.n();
    float[] g = step.gates();
    VectorTanh.tanh(g, at, step.stride(), g, at, step.stride(), step.rows(), blocks * step.n());
  }

  @Override
  public void rnn(CellSpec.Activation phi, Step step) {
    if (phi != CellSpec.Activation.RELU) {
      squash(step, 0, 1);
    }
    float[] g = step.gates();
    float[] h = step.states();
    FloatVector zero = FloatVector.zero(LANES);
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int after = step.after() + r * step.stateStride();
      for (int k = 0; k < step.n(); k += LANE) {
        FloatVector a = load(g, at + k);
        FloatVector value =
            switch (phi) {
              case TANH -> a;
              case SIGMOID -> gate(a);
              case RELU -> a.blend(zero, a.compare(LT, 0f)); // NaN stays
            };
        value.intoArray(g, at + k);
        value.intoArray(h, after + k);
      }
    }
  }

  @Override
  public void rnnBackward(CellSpec.Activation phi, Step step, float[] carry) {
    float[] g = step.gates();
    FloatVector zero = FloatVector.zero(LANES);
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int of = r * step.n();
      for (int k = 0; k < step.n(); k += LANE) {
        FloatVector h = load(g, at + k);
        FloatVector dh = load(carry, of + k);
        FloatVector da =
            switch (phi) {
              case TANH -> timesTanhSlope(dh, h);
              case SIGMOID -> dh.mul(h.sub(h.mul(h)));
              case RELU -> zero.blend(dh, h.compare(GT, 0f));
            };
        da.intoArray(g, at + k);
        zero.intoArray(carry, of + k);
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
      int of = r * n;
      for (int k = 0; k < n; k += LANE) {
        FloatVector kept = gate(load(g, at + k)).mul(load(c, cBefore + of + k));
        FloatVector i = gate(load(g, at + n + k));
        i.mul(load(g, at + 3 * n + k)).add(kept).intoArray(c, cAfter + of + k);
      }
    }
    int after = step.after();
    VectorTanh.tanh(c, cAfter, n, h, after, step.stateStride(), step.rows(), n);
    for (int r = 0; r < step.rows(); r++) {
      int oAt = step.at() + r * step.stride() + 2 * n;
      int hAt = after + r * step.stateStride();
      for (int k = 0; k < n; k += LANE) {
        gate(load(g, oAt + k)).mul(load(h, hAt + k)).intoArray(h, hAt + k);
      }
    }
  }

  @Override
  public void lstmBackward(
      Step step, float[] c, int cBefore, int cAfter, float[] carryH, float[] carryC) {
    int n = step.n();
    float[] g = step.gates();
    VectorTanh.tanh(c, cAfter, n, c, cAfter, n, step.rows(), n); // C itself is not needed again
    FloatVector zero = FloatVector.zero(LANES);
    for (int r = 0; r < step.rows(); r++) {
      int at = step.at() + r * step.stride();
      int of = r * n;
      for (int k = 0; k < n; k += LANE) {
        int fAt = at + k;
        int iAt = fAt + n;
        int oAt = iAt + n;
        int nAt = oAt + n;
        FloatVector f = load(g, fAt);
        FloatVector i = load(g, iAt);
        FloatVector o = load(g, oAt);
        FloatVector proposed = load(g, nAt);
        FloatVector t = load(c, cAfter + of + k);
        FloatVector dh = load(carryH, of + k);
        FloatVector dc = load(carryC, of + k).add(timesTanhSlope(dh.mul(gate(o)), t));
        timesGateSlope(dc.mul(load(c, cBefore + of + k)), f).intoArray(g, fAt);
        timesGateSlope(dc.mul(proposed), i).intoArray(g, iAt);
        timesGateSlope(dh.mul(t), o).intoArray(g, oAt);
        timesTanhSlope(dc.mul(gate(i)), proposed).intoArray(g, nAt);
        zero.intoArray(carryH, of + k);
        dc.mul(gate(f)).intoArray(carryC, of + k);
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
      int to = keptAt + r * n;
      for (int k = 0; k < n; k += LANE) {
        FloatVector reset = gate(load(step.gates(), rAt + k));
        reset.mul(load(step.states(), before + k)).intoArray(kept, to + k);
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
      for (int k = 0; k < n; k += LANE) {
        FloatVector before = load(h, beforeAt + k);
        FloatVector z = gate(load(g, at + n + k));
        z.mul(load(g, at + k).sub(before)).add(before).intoArray(h, after + k);
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
      for (int k = 0; k < n; k += LANE) {
        FloatVector proposed = load(g, at + k);
        FloatVector z = load(g, at + n + k);
        FloatVector dh = load(carry, of + k);
        FloatVector dProposed = dh.mul(gate(z));
        FloatVector dz = dh.mul(proposed.sub(load(step.states(), before + k)));
        timesTanhSlope(dProposed, proposed).intoArray(g, at + k);
        timesGateSlope(dz, z).intoArray(g, at + n + k);
        dh.sub(dProposed).intoArray(carry, of + k);
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
      for (int k = 0; k < n; k += LANE) {
        FloatVector reset = load(g, rAt + k);
        FloatVector d = load(dKept, of + k);
        timesGateSlope(d.mul(load(step.states(), before + k)), reset).intoArray(g, rAt + k);
        load(carry, of + k).add(d.mul(gate(reset))).intoArray(carry, of + k);
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
      for (int k = at; k < at + n; k += LANE) {
        FloatVector reset = gate(load(g, k + 2 * n));
        reset.mul(load(g, k + 3 * n)).add(load(g, k)).intoArray(g, k);
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
      for (int k = 0; k < n; k += LANE) {
        int zAt = at + n + k;
        int rAt = zAt + n;
        int stateAt = rAt + n;
        FloatVector proposed = load(g, at + k);
        FloatVector z = load(g, zAt);
        FloatVector reset = load(g, rAt);
        FloatVector dh = load(carry, of + k);
        FloatVector dProposed = dh.mul(gate(z));
        FloatVector da = timesTanhSlope(dProposed, proposed);
        FloatVector dz = dh.mul(proposed.sub(load(step.states(), before + k)));
        da.intoArray(g, at + k);
        timesGateSlope(dz, z).intoArray(g, zAt);
        timesGateSlope(da.mul(load(g, stateAt)), reset).intoArray(g, rAt);
        da.mul(gate(reset)).intoArray(g, stateAt);
        dh.sub(dProposed).intoArray(carry, of + k);
      }
    }
  }
}
