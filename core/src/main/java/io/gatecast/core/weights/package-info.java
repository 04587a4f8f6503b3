/** Weights under canonical names, and the only code that knows an engine's gate order. */
@NullMarked
package io.gatecast.core.weights;

import org.jspecify.annotations.NullMarked;
