/**
 * A whole network as one flat vector of parameters: its outputs, its loss, its gradient. The layers
 * come from {@code kernel}; optimisers and schedules are {@code training}'s.
 */
@NullMarked
package io.gatecast.core.network;

import org.jspecify.annotations.NullMarked;
