/** Accuracy measures of forecasts, added up one observation at a time in constant memory. */
@NullMarked
package io.gatecast.forecasting.evaluation.metric;

import org.jspecify.annotations.NullMarked;
