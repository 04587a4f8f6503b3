/**
 * One recurrent layer step by step, as {@code gatecast trace} shows it: cases read, run through the
 * oracle or an engine, written as formulas with numbers or as JSON.
 */
package io.gatecast.cli.trace;
