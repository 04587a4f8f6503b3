/** When things happen: how a source writes time, and how series move through it. */
@NullMarked
package io.gatecast.forecasting.data.time;

import org.jspecify.annotations.NullMarked;
