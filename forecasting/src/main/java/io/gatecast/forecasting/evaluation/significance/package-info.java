/** What of a difference between forecasts is more than chance; plain numbers in, verdicts out. */
@NullMarked
package io.gatecast.forecasting.evaluation.significance;

import org.jspecify.annotations.NullMarked;
