package io.gatecast.benchmarks.recurrent;

import io.gatecast.core.spec.CellSpec;
import java.util.Optional;

/**
 * One way of running recurrent networks: ours or a peer's. It starts from canonical weights and
 * gives canonical weights back; its own layout is its own affair.
 *
 * <p>Libraries keep their number of threads for the whole process, so that of one side only what
 * has the same number of threads may be open at a time.
 */
public interface Side {
  /** What a side may be asked to do. */
  enum Work {
    /** {@link Side#training}, and {@link Side#inference}, which the proof asks for. */
    TRAINING,
    /** {@link Side#inference}. */
    INFERENCE
  }

  /** What results call it. */
  String name();

  /**
   * What keeps it from some work.
   *
   * @param work what it would do
   * @param cell with which cell
   * @return the reason, or nothing if it can
   */
  Optional<String> lacks(Work work, CellSpec cell);

  /**
   * Prepares training.
   *
   * @param workload what to train
   * @param threads how many it may use
   * @return ready for the first step; the caller closes it
   */
  TrainingStep training(Workload workload, int threads);

  /**
   * Prepares inference.
   *
   * @param workload what to run
   * @param threads how many it may use
   * @return ready for the first run; the caller closes it
   */
  InferenceRun inference(Workload workload, int threads);
}
