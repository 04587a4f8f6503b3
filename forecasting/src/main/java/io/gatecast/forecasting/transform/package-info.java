/**
 * Fit, apply, invert: what turns values into what a network learns, fitted on the train part only.
 */
@NullMarked
package io.gatecast.forecasting.transform;

import org.jspecify.annotations.NullMarked;
