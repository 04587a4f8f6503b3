/**
 * The contract suite: what any engine for recurrent networks must compute, as tests to subclass. It
 * is published as the module's test-jar; {@code reference/README.md} shows how to use it.
 */
package io.gatecast.reference.contract;
