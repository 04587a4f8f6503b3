/** Damaged files for the tests that prove what damage may do, and what it may not. */
@NullMarked
package io.gatecast.forecasting.fuzz;

import org.jspecify.annotations.NullMarked;
