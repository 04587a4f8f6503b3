/** What the machine can do and what ND4J runs on. */
@NullMarked
package io.gatecast.core.runtime;

import org.jspecify.annotations.NullMarked;
