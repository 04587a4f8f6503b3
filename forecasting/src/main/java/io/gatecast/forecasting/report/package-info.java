/** What a run says of itself. */
@NullMarked
package io.gatecast.forecasting.report;

import org.jspecify.annotations.NullMarked;
