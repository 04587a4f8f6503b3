/** The live network against the reference, in double precision. */
@NullMarked
package io.gatecast.forecasting.oracle;

import org.jspecify.annotations.NullMarked;
