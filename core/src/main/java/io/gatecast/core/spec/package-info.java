/** What a network is, as values: sizes, cells, loss. No weights, no engine. */
@NullMarked
package io.gatecast.core.spec;

import org.jspecify.annotations.NullMarked;
