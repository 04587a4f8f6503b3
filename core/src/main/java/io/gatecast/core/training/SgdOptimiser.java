package io.gatecast.core.training;

import java.util.Map;

/**
 * Stochastic gradient descent with momentum, as {@link io.gatecast.core.spec.OptimiserSpec} gives
 * its equations.
 */
final class SgdOptimiser implements Optimiser {
  private final float momentum;
  private final float[] velocity;
  private long steps;

  SgdOptimiser(double momentum, int parameters) {
    this.momentum = (float) momentum;
    this.velocity = new float[parameters];
  }

  @Override
  public void update(float[] parameters, float[] gradient, double scale, double learningRate) {
    steps++;
    move(parameters, gradient, (float) scale, (float) learningRate);
  }

  private void move(float[] w, float[] g, float scale, float rate) {
    float[] v = velocity;
    for (int i = 0; i < w.length; i++) {
      float moved = momentum * v[i] + scale * g[i];
      v[i] = moved;
      w[i] -= rate * moved;
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, float[]> memory() {
    return Map.of("velocity", velocity);
  }

  @Override
  public void resume(long steps) {
    this.steps = steps;
  }
}
