/**
 * The oracle: recurrent networks written from their equations, in {@code double}, with the JDK
 * alone.
 *
 * <p>What it is for: every other engine of the project is held against this one, so each cell here
 * can be checked by eye against its paper and is pinned by a worked example and by golden files.
 * What it will not do: be fast, run batches, mask steps or read files.
 *
 * <p>The parts: {@link io.gatecast.reference.RecurrentCell a cell} knows one step, forward and
 * backward; {@link io.gatecast.reference.Unrolled} alone owns time and backpropagation through it;
 * {@link io.gatecast.reference.ReferenceNetwork} stacks cells and puts {@link
 * io.gatecast.reference.Dense a dense head} on top; {@link io.gatecast.reference.SegmentedNetwork}
 * lets one cell read a window in segments and answer in segments; {@link
 * io.gatecast.reference.GradientFlow} shows what of a gradient survives the way back. How networks
 * are trained is in {@code io.gatecast.reference.training}.
 *
 * <p>The canonical form, with {@code σ} the logistic function, {@code ∘} the elementwise product,
 * {@code x_t} of shape {@code [input]} and {@code h_t} of shape {@code [hidden]}: every gate holds
 * {@code input_weights [hidden, input]} (W), {@code recurrent_weights [hidden, hidden]} (U) and
 * {@code bias [hidden]} (b). Tensors are named {@code layers.<n>.<gate>.<parameter>}, with the
 * gates {@code hidden} (RNN), {@code update reset candidate} (GRU) and {@code forget input output
 * candidate} (LSTM), and {@code head.weights}, {@code head.bias}; those of segments {@code
 * segments.…}.
 *
 * <p>Nothing here is ever null, every array is copied on its way in and out, and every value but
 * {@link io.gatecast.reference.GradientSum} is immutable and so safe to share between threads.
 */
package io.gatecast.reference;
