/** The home on disk: locks, run folders, model bundles; every write is atomic. */
@NullMarked
package io.gatecast.forecasting.registry;

import org.jspecify.annotations.NullMarked;
