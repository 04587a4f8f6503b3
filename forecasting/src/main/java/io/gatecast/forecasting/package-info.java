/** How runs end: exit codes and faults, shared by every stage of a job. */
@NullMarked
package io.gatecast.forecasting;

import org.jspecify.annotations.NullMarked;
