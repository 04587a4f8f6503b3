/**
 * The textbook's claims about recurrent networks as experiments: vanishing and exploding gradients,
 * clipping, and tasks that need memory.
 *
 * <p>The profile {@code experiments} runs them and writes {@code docs/recurrent-networks.md} with
 * its pictures; a claim that the numbers do not bear out fails the run, and the page stays
 * unwritten. The ordinary build runs only what is quick: the tasks' definitions, and the claims at
 * small size.
 */
package io.gatecast.reference.experiments;
