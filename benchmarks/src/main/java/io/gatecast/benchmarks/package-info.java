/** Benchmarks by name, each against a peer in the same run. */
package io.gatecast.benchmarks;
