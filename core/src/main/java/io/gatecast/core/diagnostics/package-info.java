/**
 * Looks into live networks: how far a gradient reaches back through time. It changes no network and
 * trains none; it sees layers through {@code core.kernel.LayerKernel} alone, so that it works on
 * every kernel and data type.
 */
@NullMarked
package io.gatecast.core.diagnostics;

import org.jspecify.annotations.NullMarked;
