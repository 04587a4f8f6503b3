package io.gatecast.core.training;

import java.util.Map;

/** Adam and AdamW, as {@link io.gatecast.core.spec.OptimiserSpec} gives their equations. */
final class AdamOptimiser implements Optimiser {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private final float[] m;
  private final float[] v;
  private long steps;

  AdamOptimiser(double beta1, double beta2, double epsilon, double weightDecay, int parameters) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.m = new float[parameters];
    this.v = new float[parameters];
  }

  @Override
  public void update(float[] parameters, float[] gradient, double scale, double learningRate) {
    steps++;
    // η m̂ / (√v̂ + ε) with both corrections taken out of the loop.
    double correction1 = 1 - StrictMath.pow(beta1, (double) steps);
    double correction2 = 1 - StrictMath.pow(beta2, (double) steps);
    move(
        parameters,
        gradient,
        (float) scale,
        (float) (learningRate / correction1),
        (float) (1 / Math.sqrt(correction2)),
        (float) (learningRate * weightDecay));
  }

  /** One pass over memory, of plain float arithmetic, so that the compiler vectorises it. */
  private void move(float[] w, float[] g, float scale, float rate, float root, float decay) {
    float[] m = this.m;
    float[] v = this.v;
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float eps = (float) epsilon;
    for (int i = 0; i < w.length; i++) {
      float slope = scale * g[i];
      float first = keep1 * m[i] + take1 * slope;
      float second = keep2 * v[i] + take2 * slope * slope;
      m[i] = first;
      v[i] = second;
      w[i] -= decay * w[i] + rate * first / ((float) Math.sqrt(second) * root + eps);
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, float[]> memory() {
    return Map.of("m", m, "v", v);
  }

  @Override
  public void resume(long steps) {
    this.steps = steps;
  }
}
