/** What a network is, as values: layers, head, loss. No weights, no engine. */
@NullMarked
package io.gatecast.core.spec;

import org.jspecify.annotations.NullMarked;
