/** Training with early stopping. */
@NullMarked
package io.gatecast.core.training;

import org.jspecify.annotations.NullMarked;
