/** Linear regression of all steps ahead on the look-back, solved in closed form. */
@NullMarked
package io.gatecast.forecasting.model.linear;

import org.jspecify.annotations.NullMarked;
