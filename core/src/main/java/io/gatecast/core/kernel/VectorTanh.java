package io.gatecast.core.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RationalTanh} of many numbers on the JDK's Vector API.
 *
 * <p>Two vectors pass side by side, so that neither waits for its own quotient alone, and all is
 * written out in one method: what C2 would have to inline several times into one caller it stops
 * inlining at some point, and then every vector goes through the heap.
 */
final class VectorTanh {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  private static final int LANE = LANES.length();

  private VectorTanh() {}

  /**
   * {@code to = tanh(from)} of rows of n numbers, a multiple of two vectors; from and to may be the
   * same. Compared and blended to the limits, as the vectors' own min and max take care of signed
   * zeros at twice the cost; NaN stays NaN.
   */
  static void tanh(
      float[] from,
      int fromAt,
      int fromStride,
      float[] to,
      int toAt,
      int toStride,
      int rows,
      int n) {
    if (n == fromStride && n == toStride) {
      run(from, fromAt, to, toAt, rows * n);
      return;
    }
    for (int r = 0; r < rows; r++) {
      run(from, fromAt + r * fromStride, to, toAt + r * toStride, n);
    }
  }

  private static void run(float[] from, int fromAt, float[] to, int toAt, int n) {
    FloatVector most = FloatVector.broadcast(LANES, RationalTanh.FUSED_LIMIT);
    FloatVector least = FloatVector.broadcast(LANES, -RationalTanh.FUSED_LIMIT);
    FloatVector p13 = FloatVector.broadcast(LANES, RationalTanh.P13);
    FloatVector p11 = FloatVector.broadcast(LANES, RationalTanh.P11);
    FloatVector p9 = FloatVector.broadcast(LANES, RationalTanh.P9);
    FloatVector p7 = FloatVector.broadcast(LANES, RationalTanh.P7);
    FloatVector p5 = FloatVector.broadcast(LANES, RationalTanh.P5);
    FloatVector p3 = FloatVector.broadcast(LANES, RationalTanh.P3);
    FloatVector p1 = FloatVector.broadcast(LANES, RationalTanh.P1);
    FloatVector q6 = FloatVector.broadcast(LANES, RationalTanh.Q6);
    FloatVector q4 = FloatVector.broadcast(LANES, RationalTanh.Q4);
    FloatVector q2 = FloatVector.broadcast(LANES, RationalTanh.Q2);
    FloatVector q0 = FloatVector.broadcast(LANES, RationalTanh.Q0);
    for (int k = 0; k < n; k += 2 * LANE) {
      FloatVector a = FloatVector.fromArray(LANES, from, fromAt + k);
      FloatVector b = FloatVector.fromArray(LANES, from, fromAt + k + LANE);
      a = a.blend(most, a.compare(GT, most));
      b = b.blend(most, b.compare(GT, most));
      a = a.blend(least, a.compare(LT, least));
      b = b.blend(least, b.compare(LT, least));
      FloatVector a2 = a.mul(a);
      FloatVector b2 = b.mul(b);
      FloatVector p = a2.fma(p13, p11);
      FloatVector r = b2.fma(p13, p11);
      p = p.fma(a2, p9);
      r = r.fma(b2, p9);
      p = p.fma(a2, p7);
      r = r.fma(b2, p7);
      p = p.fma(a2, p5);
      r = r.fma(b2, p5);
      p = p.fma(a2, p3);
      r = r.fma(b2, p3);
      p = p.fma(a2, p1);
      r = r.fma(b2, p1);
      FloatVector q = a2.fma(q6, q4);
      FloatVector s = b2.fma(q6, q4);
      q = q.fma(a2, q2);
      s = s.fma(b2, q2);
      q = q.fma(a2, q0);
      s = s.fma(b2, q0);
      p.mul(a).div(q).intoArray(to, toAt + k);
      r.mul(b).div(s).intoArray(to, toAt + k + LANE);
    }
  }
}
