/**
 * The time loop of a recurrent layer. {@link io.gatecast.core.kernel.LayerKernel} is the one
 * interface; behind it are a loop in float for plain arrays, with its arithmetic on the JDK's
 * Vector API or on ND4J's BLAS, and one of plain ND4J operations for every data type and backend.
 */
@NullMarked
package io.gatecast.core.kernel;

import org.jspecify.annotations.NullMarked;
