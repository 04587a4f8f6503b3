/** Guesses a job file from unknown CSV files, and says what it guessed and why. */
@NullMarked
package io.gatecast.forecasting.job.draft;

import org.jspecify.annotations.NullMarked;
