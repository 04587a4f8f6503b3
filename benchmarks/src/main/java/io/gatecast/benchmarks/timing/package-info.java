/** Two sides timed in turn, and what the times come to. It knows nothing of what is timed. */
@NullMarked
package io.gatecast.benchmarks.timing;

import org.jspecify.annotations.NullMarked;
