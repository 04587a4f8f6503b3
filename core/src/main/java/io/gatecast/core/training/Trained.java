package io.gatecast.core.training;

import io.gatecast.core.inference.RecurrentNetwork;

/**
 * A trained network and how it came about.
 *
 * @param network holds the best epoch's weights, or the current ones if no epoch ended within the
 *     time budget; the caller closes it
 * @param ending why training ended
 * @param reason the same in one sentence, with epoch, batch and step
 * @param epochs epochs ended
 * @param bestEpoch the epoch whose weights were kept, from 1; 0 if no epoch ended
 * @param validationLoss its validation loss a window; NaN if no epoch ended
 */
public record Trained(
    RecurrentNetwork network,
    Ending ending,
    String reason,
    int epochs,
    int bestEpoch,
    double validationLoss) {}
