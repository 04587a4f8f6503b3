/** Rolling-origin tests, metrics, conformal intervals and the gate. */
@NullMarked
package io.gatecast.forecasting.evaluation;

import org.jspecify.annotations.NullMarked;
