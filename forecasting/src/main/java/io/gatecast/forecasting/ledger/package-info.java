/** Issued forecasts. */
@NullMarked
package io.gatecast.forecasting.ledger;

import org.jspecify.annotations.NullMarked;
