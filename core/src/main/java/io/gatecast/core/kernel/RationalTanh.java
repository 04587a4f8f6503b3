package io.gatecast.core.kernel;

/**
 * tanh as a rational function {@code x P(x²) / Q(x²)} of degrees 13 and 6 up to the limit at which
 * the quotient is ±1 and tanh as good as that; right to some units in the last place, free of
 * branches, and so twenty times as fast as {@link Math#tanh}. The coefficients are those of Eigen
 * and XNNPACK.
 */
final class RationalTanh {
  /** Where the quotient is exactly 1 as plain floats compute it. */
  static final float LIMIT = 7.905311f;

  /** Where it is exactly 1 with fused multiplications and additions, p and q from the top down. */
  static final float FUSED_LIMIT = 7.9988117f;

  static final float P13 = -2.7607684E-16f;
  static final float P11 = 2.000188E-13f;
  static final float P9 = -8.604672E-11f;
  static final float P7 = 5.1222973E-8f;
  static final float P5 = 0.0000148572235f;
  static final float P3 = 0.00063726195f;
  static final float P1 = 0.0048935246f;
  static final float Q6 = 0.0000011982584f;
  static final float Q4 = 0.00011853471f;
  static final float Q2 = 0.0022684347f;
  static final float Q0 = 0.004893525f;

  private RationalTanh() {}

  static float tanh(float a) {
    float x = Math.max(-LIMIT, Math.min(LIMIT, a));
    float x2 = x * x;
    float p = ((((((P13 * x2 + P11) * x2 + P9) * x2 + P7) * x2 + P5) * x2 + P3) * x2 + P1) * x;
    float q = ((Q6 * x2 + Q4) * x2 + Q2) * x2 + Q0;
    return p / q;
  }
}
