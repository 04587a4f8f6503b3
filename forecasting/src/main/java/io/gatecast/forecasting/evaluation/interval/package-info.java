/** From forecasts and what came true of earlier ones to quantiles: intervals by several methods. */
@NullMarked
package io.gatecast.forecasting.evaluation.interval;

import org.jspecify.annotations.NullMarked;
