/** The sides: ours, its peers, and the oracle. */
@NullMarked
package io.gatecast.benchmarks.sides;

import org.jspecify.annotations.NullMarked;
