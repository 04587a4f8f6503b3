/**
 * What is measured of recurrent networks, what a side must be able to do, and the proof that two
 * sides do the same.
 */
@NullMarked
package io.gatecast.benchmarks.recurrent;

import org.jspecify.annotations.NullMarked;
