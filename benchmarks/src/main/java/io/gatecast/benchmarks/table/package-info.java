/** The table of all measurements: what it says, how it reads and where it is written. */
@NullMarked
package io.gatecast.benchmarks.table;

import org.jspecify.annotations.NullMarked;
