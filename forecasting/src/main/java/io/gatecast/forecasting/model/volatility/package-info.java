/** Models of how strongly a price moves: GARCH on its returns, HAR on its log realised variance. */
@NullMarked
package io.gatecast.forecasting.model.volatility;

import org.jspecify.annotations.NullMarked;
