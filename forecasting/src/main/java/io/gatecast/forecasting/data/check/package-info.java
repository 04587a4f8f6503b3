/**
 * Checks that look at a whole series, for stock and for weather data: what no single cell shows.
 * They suspect and propose; the contract decides and changes.
 */
@NullMarked
package io.gatecast.forecasting.data.check;

import org.jspecify.annotations.NullMarked;
