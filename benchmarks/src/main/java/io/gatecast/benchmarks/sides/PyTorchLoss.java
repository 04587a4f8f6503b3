package io.gatecast.benchmarks.sides;

import ai.djl.ndarray.NDArray;
import io.gatecast.core.spec.Loss;
import java.util.Optional;

/**
 * A loss in PyTorch's operators, with its derivative by hand: DJL has no operator for some of them,
 * and autograd through several would cost some percent of a small step that are not PyTorch's.
 *
 * @param loss squared, absolute or Huber's
 */
record PyTorchLoss(Loss loss) {
  PyTorchLoss {
    Optional<String> reason = lacks(loss);
    if (reason.isPresent()) {
      throw new IllegalArgumentException("loss: " + reason.get());
    }
  }

  /** Why a loss is not here; empty if it is. */
  static Optional<String> lacks(Loss loss) {
    return loss instanceof Loss.Squared
            || loss instanceof Loss.Absolute
            || loss instanceof Loss.Huber
        ? Optional.empty()
        : Optional.of("expected squared, absolute or huber(<delta>), found " + loss.label());
  }

  /**
   * The mean cost.
   *
   * @param error y − target
   */
  double mean(NDArray error) {
    NDArray cost;
    if (loss instanceof Loss.Huber huber) {
      // e² / 2 within δ, δ (|e| − δ / 2) beyond: c (|e| − c / 2) with c the smaller of |e| and δ.
      NDArray size = error.abs();
      NDArray least = size.minimum(huber.delta());
      cost = least.mul(size.sub(least.mul(0.5f)));
    } else {
      cost = loss instanceof Loss.Squared ? error.square() : error.abs();
    }
    return cost.mean().getFloat();
  }

  /**
   * The derivative of {@link #mean} with regard to y.
   *
   * @param error y − target
   */
  NDArray derivative(NDArray error) {
    float share = (float) (1.0 / error.size());
    if (loss instanceof Loss.Squared) {
      return error.mul(2 * share);
    }
    if (loss instanceof Loss.Huber huber) {
      return error.clip(-huber.delta(), huber.delta()).mul(share);
    }
    return error.sign().mul(share);
  }
}
