/** Series cut by time and into windows; nothing from after a forecast's origin can enter one. */
@NullMarked
package io.gatecast.forecasting.window;

import org.jspecify.annotations.NullMarked;
