/** Trained networks at work. */
@NullMarked
package io.gatecast.core.inference;

import org.jspecify.annotations.NullMarked;
