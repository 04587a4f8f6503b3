/** Networks as Deeplearning4j configurations. */
@NullMarked
package io.gatecast.core.layers;

import org.jspecify.annotations.NullMarked;
