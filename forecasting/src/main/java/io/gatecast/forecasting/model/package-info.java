/** Forecasters: the recurrent network and the baselines that it has to beat. */
@NullMarked
package io.gatecast.forecasting.model;

import org.jspecify.annotations.NullMarked;
