package io.gatecast.core.kernel;

import io.gatecast.core.network.Batch;
import io.gatecast.core.network.NetworkChecks;
import io.gatecast.core.network.Outputs;
import io.gatecast.core.spec.NetworkSpec;
import io.gatecast.core.spec.Segments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network of segments with the weights it is given, on ND4J arrays: takes a batch through in
 * parts, so that memory is bounded. It holds nothing between calls, so that threads may share it
 * while nobody changes the weights.
 *
 * @param spec a network that reads segments
 * @param layers computes the recurrent layer
 * @param weights freed when this is closed
 * @param numbers of one gate, all steps together, that go through at once; one window at least does
 */
record SegmentedForward(NetworkSpec spec, LayerKernel layers, SegmentArrays weights, long numbers)
    implements Outputs {
  /** 32 MB in float. */
  static final long NUMBERS = 1 << 23;

  private static final float[] NO_TARGETS = {};

  /** What is done with some windows' pass, the first of which is given. */
  interface Part {
    void with(SegmentsPass pass, int from);
  }

  @Override
  public String kernel() {
    return layers.name();
  }

  @Override
  public void outputs(float[] x, int windows, int time, float[] into) {
    outputs(new Batch(windows, time, x, NO_TARGETS), into);
  }

  void outputs(Batch batch, float[] into) {
    NetworkChecks.outputs(spec, batch, into);
    inParts(
        batch,
        null,
        false,
        (pass, from) -> {
          double[] y = pass.outputs();
          for (int i = 0; i < y.length; i++) {
            into[from * spec.outputs() + i] = (float) y[i];
          }
        });
  }

  /**
   * Runs the network.
   *
   * @param batch whose windows are read
   * @param dropout what is dropped; null for nothing
   * @param keep whether the way back will be asked for
   * @param part what is done with each part; the pass is freed after it
   */
  @SuppressWarnings("try") // the scope is left, not read
  void inParts(Batch batch, @Nullable Dropout dropout, boolean keep, Part part) {
    int together = together(batch);
    try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      for (int from = 0; from < batch.size(); from += together) {
        int to = Math.min(batch.size(), from + together);
        try (SegmentsPass pass =
            new SegmentsPass(spec, layers, weights, batch, from, to, dropout, keep)) {
          part.with(pass, from);
        }
      }
    }
  }

  private int together(Batch batch) {
    Segments segments = spec.segments().orElseThrow();
    int steps = Math.max(segments.count(batch.time()), segments.count(spec.horizon()));
    int widest = Math.max(spec.top().hidden(), Math.max(spec.segmentWidth(), segments.embedding()));
    long window = (long) segments.channels() * steps * widest;
    return (int) Math.max(1, Math.min(batch.size(), numbers / window));
  }

  @Override
  public void close() {
    weights.close();
  }
}
