package io.gatecast.forecasting.job.draft;

/**
 * One guess of a draft.
 *
 * @param key of the job file, such as {@code source.time}
 * @param value what was guessed
 * @param because why
 */
public record Guess(String key, String value, String because) {}
