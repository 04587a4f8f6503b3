/**
 * Training for the oracle, by the book: losses, gradient clipping, optimisers, initial weights and
 * a small loop.
 *
 * <p>What it is for: to be held against. An engine that trains from the same weights on the same
 * examples must find the same losses. What it will not do: be fast, stop early, validate, schedule
 * a learning rate or save anything.
 *
 * <p>Gradients and weights are maps of tensors by canonical name. Everything here is immutable but
 * for {@link io.gatecast.reference.training.OptimizerState}, which belongs to one training and one
 * thread.
 */
package io.gatecast.reference.training;
