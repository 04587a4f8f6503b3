package io.gatecast.reference.contract;

import io.gatecast.reference.CellKind;
import java.util.Set;

/**
 * An implementation of recurrent networks, as the contract suite sees it: a function from a case to
 * an answer. An adapter of some dozen lines turns any library into one.
 */
public interface RecurrentEngine {
  /** What not every engine can do. What it does not claim is skipped, and the report says so. */
  enum Feature {
    /** Takes the layers' states before the first step, and gives those after the last one. */
    STATES,
    /** Reads the head at every step, not only at the last. */
    EVERY_STEP,
    /** Gives ∂L/∂weights. */
    WEIGHT_GRADIENTS,
    /** Gives ∂L/∂x. */
    INPUT_GRADIENTS,
    /** Gives ∂L/∂(the states before the first step); needs {@link #STATES}. */
    STATE_GRADIENTS,
    /** Takes ∂L/∂(the states after the last step); needs {@link #STATES}. */
    LAST_STATE_GRADIENTS
  }

  /**
   * What the engine can do beyond an output from zero states.
   *
   * @return the features
   */
  Set<Feature> features();

  /**
   * Whether the engine has this kind of cell.
   *
   * @param kind the kind, with its variant
   * @return whether cases may contain it
   */
  boolean supports(CellKind kind);

  /**
   * Runs one case.
   *
   * @param question the network, its weights and a batch
   * @return the answer, with the parts that the engine's features promise
   */
  EngineAnswer run(EngineCase question);
}
