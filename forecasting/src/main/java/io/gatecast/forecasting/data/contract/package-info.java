/** What data must satisfy, and what became of every row of it. */
@NullMarked
package io.gatecast.forecasting.data.contract;

import org.jspecify.annotations.NullMarked;
