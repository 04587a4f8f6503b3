/** What is usual at a time of year and of day. */
@NullMarked
package io.gatecast.forecasting.model.climatology;

import org.jspecify.annotations.NullMarked;
