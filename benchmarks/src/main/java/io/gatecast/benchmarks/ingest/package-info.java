/** From files to windows: the works, our sides and the peers', and the heap that ours needs. */
@NullMarked
package io.gatecast.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
