package io.gatecast.benchmarks;

import io.gatecast.benchmarks.recurrent.Agreement;
import io.gatecast.benchmarks.recurrent.Cells;
import io.gatecast.benchmarks.recurrent.InferenceRun;
import io.gatecast.benchmarks.recurrent.Side;
import io.gatecast.benchmarks.recurrent.Side.Work;
import io.gatecast.benchmarks.recurrent.StepFlops;
import io.gatecast.benchmarks.recurrent.TrainingStep;
import io.gatecast.benchmarks.recurrent.WorkSize;
import io.gatecast.benchmarks.recurrent.Workload;
import io.gatecast.benchmarks.sides.Gatecast;
import io.gatecast.benchmarks.sides.OnnxRuntimePeer;
import io.gatecast.benchmarks.sides.OracleSide;
import io.gatecast.benchmarks.sides.Sgemm;
import io.gatecast.benchmarks.timing.Allocation;
import io.gatecast.benchmarks.timing.Paired;
import io.gatecast.benchmarks.timing.Turns;
import io.gatecast.core.spec.CellSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Ours against a peer on one workload after another: proof first, then times. What a side cannot do
 * is said once and left out.
 */
final class Comparison {
  /** So small that thousands of timed steps leave the weights where they were. */
  static final double STANDSTILL = 1e-7;

  private final Side ours;
  private final String engine;
  private final Turns turns;
  private final Set<String> told = new HashSet<>();
  private final Set<String> proven = new HashSet<>();

  Comparison(Choice choice) {
    this(
        new Gatecast(choice.engine()),
        choice.engine(),
        new Turns(choice.effort(), System::nanoTime));
  }

  Comparison(Side ours, String engine, Turns turns) {
    this.ours = ours;
    this.engine = engine;
    this.turns = turns;
  }

  /** Our side. */
  Side ours() {
    return ours;
  }

  /** The kernel of our side. */
  String engine() {
    return engine;
  }

  /**
   * Whether every side can do some work; what a side lacks is told, once.
   *
   * @param work what
   * @param cell with which cell
   * @param sides who
   */
  boolean able(Work work, CellSpec cell, Side... sides) {
    boolean able = true;
    for (Side side : sides) {
      Optional<String> reason = side.lacks(work, cell);
      if (reason.isPresent()) {
        able = false;
        tellOnce(
            "left out: "
                + Cells.label(cell)
                + " with "
                + side.name()
                + (side == ours ? " (ours)" : "")
                + ": "
                + reason.get());
      }
    }
    return able;
  }

  /**
   * Proves and times training.
   *
   * @param cell the cell
   * @param size how large
   * @param threads of either side
   * @param peer the other side
   * @return the times of a step
   */
  Paired training(CellSpec cell, WorkSize size, int threads, Side peer) {
    proveByOracle(Work.TRAINING, cell, ours);
    proveByOracle(Work.TRAINING, cell, peer);
    Workload proof = Workload.draw(cell, size, Agreement.LEARNING_RATE);
    Agreement.inference(proof, threads, ours, peer);
    Agreement.training(proof, threads, ours, peer);
    Workload workload = Workload.draw(cell, size, STANDSTILL);
    try (TrainingStep left = ours.training(workload, threads);
        TrainingStep right = peer.training(workload, threads)) {
      return turns.time(left::step, right::step);
    }
  }

  /**
   * Proves and times our two places of the GRU's reset gate: before the product against after it.
   * No peer trains the former; what can be held against one in the timed size is its outputs.
   *
   * @param size how large
   * @param threads of both
   * @return the times of a step; the peer is ours, resetting after
   */
  Paired resets(WorkSize size, int threads) {
    CellSpec before = Cells.GRU_BEFORE;
    CellSpec after = Cells.GRU.spec();
    proveByOracle(Work.TRAINING, before, ours);
    proveByOracle(Work.TRAINING, after, ours);
    Agreement.inference(
        Workload.draw(before, size, STANDSTILL), threads, ours, new OnnxRuntimePeer());
    try (TrainingStep left = ours.training(Workload.draw(before, size, STANDSTILL), threads);
        TrainingStep right = ours.training(Workload.draw(after, size, STANDSTILL), threads)) {
      return turns.time(left::step, right::step);
    }
  }

  /**
   * Times training against OpenBLAS doing as many floating-point operations in large products. Ours
   * is held against the oracle; with a product of other matrices there is nothing to agree on.
   *
   * @param cell the cell
   * @param size how large
   * @param threads of either
   * @return the times of a step, and of as many operations of {@code sgemm}
   */
  Paired sgemm(CellSpec cell, WorkSize size, int threads) {
    proveByOracle(Work.TRAINING, cell, ours);
    try (TrainingStep left = ours.training(Workload.draw(cell, size, STANDSTILL), threads);
        Sgemm right = new Sgemm(threads)) {
      return turns
          .time(left::step, right::run)
          .withPeerTimes(StepFlops.of(cell, size) / Sgemm.flops());
    }
  }

  /**
   * Times of inference, and what one run of ours allocates.
   *
   * @param times of both sides
   * @param bytes on the heap
   */
  record Inferred(Paired times, long bytes) {}

  /**
   * Proves and times inference.
   *
   * @param cell the cell
   * @param size how large
   * @param threads of either side
   * @param peer the other side
   * @return the times of a run, and what ours allocates
   */
  Inferred inference(CellSpec cell, WorkSize size, int threads, Side peer) {
    proveByOracle(Work.INFERENCE, cell, ours);
    proveByOracle(Work.INFERENCE, cell, peer);
    Workload workload = Workload.draw(cell, size, STANDSTILL);
    Agreement.inference(workload, threads, ours, peer);
    try (InferenceRun left = ours.inference(workload, threads);
        InferenceRun right = peer.inference(workload, threads)) {
      Paired times = turns.time(left::run, right::run);
      return new Inferred(times, Allocation.perCall(left::run));
    }
  }

  /**
   * Holds one side against the oracle on small work, once for each cell: two sides may agree on
   * what is wrong.
   *
   * @param work what
   * @param cell with which cell
   * @param side who
   */
  void proveByOracle(Work work, CellSpec cell, Side side) {
    if (!proven.add(work + "/" + cell + "/" + side.name())) {
      return;
    }
    Workload small = Workload.draw(cell, WorkSize.AWKWARD, Agreement.LEARNING_RATE);
    Agreement.inference(small, 1, side, new OracleSide());
    if (work == Work.TRAINING) {
      Agreement.training(small, 1, side, new OracleSide());
    }
    String what = work == Work.TRAINING ? "outputs, losses and weights" : "outputs";
    tellOnce("proven: " + Cells.label(cell) + " with " + side.name() + ": the oracle's " + what);
  }

  private void tellOnce(String message) {
    if (told.add(message)) {
      System.err.println(message);
    }
  }
}
