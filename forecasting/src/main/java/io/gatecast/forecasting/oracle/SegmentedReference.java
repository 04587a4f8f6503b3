package io.gatecast.forecasting.oracle;

import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.reference.Segmentation;
import java.util.Arrays;

/** A network of segments in the reference's words, and the level that it takes from a window. */
final class SegmentedReference {
  private SegmentedReference() {}

  /** What its tensors do not say themselves. */
  static Segmentation settings(NetworkSpec spec) {
    Segments segments = spec.segments().orElseThrow();
    return new Segmentation(
        segments.length(),
        segments.channels(),
        Segmentation.Normalisation.valueOf(segments.normalisation().name()),
        spec.horizon(),
        spec.loss().outputsPerStep());
  }

  /**
   * μ of each output's channel; 0 where nothing is taken, as by a network that reads step by step.
   *
   * @param spec any network
   * @param x {@code [time][input]}
   * @param outputs that it gives
   */
  static double[] centres(NetworkSpec spec, double[][] x, int outputs) {
    double[] centres = new double[outputs];
    if (spec.segments().isEmpty()) {
      return centres;
    }
    Segments segments = spec.segments().get();
    int inputs = spec.inputs() / segments.channels();
    double[] ofChannels = new double[segments.channels()];
    for (int channel = 0; channel < ofChannels.length; channel++) {
      int target = channel * inputs;
      ofChannels[channel] =
          switch (segments.normalisation()) {
            case NONE -> 0;
            case LAST_VALUE -> x[x.length - 1][target];
            case INSTANCE -> Arrays.stream(x).mapToDouble(step -> step[target]).average().orElse(0);
          };
    }
    for (int k = 0; k < outputs; k++) {
      centres[k] = ofChannels[k / spec.loss().outputsPerStep() % ofChannels.length];
    }
    return centres;
  }
}
