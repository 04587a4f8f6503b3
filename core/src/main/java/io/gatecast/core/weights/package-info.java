/** Weights under canonical names, and where they lie in a network's flat vector of parameters. */
@NullMarked
package io.gatecast.core.weights;

import org.jspecify.annotations.NullMarked;
