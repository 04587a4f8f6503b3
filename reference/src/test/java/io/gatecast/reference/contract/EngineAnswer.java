package io.gatecast.reference.contract;

import io.gatecast.reference.State;
import io.gatecast.reference.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An engine's answer to an {@link EngineCase}. Lists have one element for each sequence of the
 * batch; a part whose {@link RecurrentEngine.Feature} the engine lacks is empty.
 *
 * @param outputs y, a matrix {@code [outputs read, output]}
 * @param last the state of each layer after the last step
 * @param weightGradient ∂L/∂weights by canonical name, summed over the batch
 * @param inputGradient ∂L/∂x, a matrix {@code [time, input]}
 * @param initialGradient ∂L/∂(the state of each layer before the first step)
 */
public record EngineAnswer(
    List<Tensor> outputs,
    List<List<State>> last,
    Map<String, Tensor> weightGradient,
    List<Tensor> inputGradient,
    List<List<State>> initialGradient) {}
