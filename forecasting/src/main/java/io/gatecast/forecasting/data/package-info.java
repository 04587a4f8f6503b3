/** From records to series that can be trusted: readers, contract, time axis. */
@NullMarked
package io.gatecast.forecasting.data;

import org.jspecify.annotations.NullMarked;
