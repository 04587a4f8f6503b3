/**
 * Training: the step from gradient to parameters, early stopping with the best weights kept, and
 * checkpoints to go on from. Networks are {@code network}'s; windows are {@code samples}'.
 */
@NullMarked
package io.gatecast.core.training;

import org.jspecify.annotations.NullMarked;
