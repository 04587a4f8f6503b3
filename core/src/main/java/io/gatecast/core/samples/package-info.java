/** Windows for networks, and how they become arrays. */
@NullMarked
package io.gatecast.core.samples;

import org.jspecify.annotations.NullMarked;
