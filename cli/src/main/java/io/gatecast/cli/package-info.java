/** The {@code gatecast} command: arguments in, tables or JSON out, exit codes. */
@NullMarked
package io.gatecast.cli;

import org.jspecify.annotations.NullMarked;
