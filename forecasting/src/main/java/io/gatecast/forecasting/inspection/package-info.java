/** A job and its data before any model, for people: what inspect shows, and its page. */
@NullMarked
package io.gatecast.forecasting.inspection;

import org.jspecify.annotations.NullMarked;
