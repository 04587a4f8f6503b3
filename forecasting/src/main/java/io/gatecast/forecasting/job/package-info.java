/** A job as a value, its file, and the run from data to forecasts. */
@NullMarked
package io.gatecast.forecasting.job;

import org.jspecify.annotations.NullMarked;
