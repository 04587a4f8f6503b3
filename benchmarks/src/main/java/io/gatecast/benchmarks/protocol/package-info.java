/**
 * The published long-horizon protocol: its sets, windows, counting rules and numbers, the models
 * that are held against them, and what is stored of their runs.
 */
@NullMarked
package io.gatecast.benchmarks.protocol;

import org.jspecify.annotations.NullMarked;
