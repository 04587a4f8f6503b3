package io.gatecast.forecasting.evaluation;

/**
 * One forecast of one step ahead beside what came true: a row of a backtest.
 *
 * @param series name
 * @param origin time of the last value that was known
 * @param target time that was forecast
 * @param step ahead, from 1
 * @param model name
 * @param fold index from 0
 * @param actual what came true, in the target's unit
 * @param mean the forecast
 * @param quantiles at the levels of {@link io.gatecast.forecasting.model.Quantiles}; not a copy
 * @param last the last value known at the origin
 */
@SuppressWarnings("ArrayRecordComponent") // a row is read once and dropped
public record ScoredForecast(
    String series,
    long origin,
    long target,
    int step,
    String model,
    int fold,
    double actual,
    double mean,
    double[] quantiles,
    double last) {}
