package io.gatecast.core.training;

/**
 * How an epoch went.
 *
 * @param epoch from 1
 * @param epochs the most there can be
 * @param steps made in all epochs so far
 * @param trainLoss mean training loss a window over the epoch, each before its batch's step
 * @param validationLoss validation loss a window after it
 * @param best whether the validation loss is the best so far
 * @param learningRate of the epoch's last step
 * @param gradientNorm mean over the batches of the gradient's L2 norm before clipping
 * @param largestGradientNorm the largest of them
 * @param clipped share of the batches whose gradient was clipped
 * @param seconds that the epoch took with its validation; since the start, where a stopped training
 *     went on in the middle of it
 */
public record EpochReport(
    int epoch,
    int epochs,
    long steps,
    double trainLoss,
    double validationLoss,
    boolean best,
    double learningRate,
    double gradientNorm,
    double largestGradientNorm,
    double clipped,
    double seconds) {}
