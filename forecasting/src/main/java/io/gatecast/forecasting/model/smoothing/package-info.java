/** Exponential smoothing as a family of state-space models, chosen by AICc: a baseline. */
@NullMarked
package io.gatecast.forecasting.model.smoothing;

import org.jspecify.annotations.NullMarked;
