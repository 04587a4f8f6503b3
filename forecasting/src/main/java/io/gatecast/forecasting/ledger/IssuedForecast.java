package io.gatecast.forecasting.ledger;

/**
 * One forecast of one step ahead, as issued.
 *
 * @param series name
 * @param issuedAt time of the last value that was known, ISO
 * @param targetTime time that is forecast, ISO
 * @param horizon steps ahead, from 1
 * @param mean the forecast, in the target's unit
 * @param lo80 lower end of the 80 % interval
 * @param hi80 upper end of the 80 % interval
 * @param lo95 lower end of the 95 % interval
 * @param hi95 upper end of the 95 % interval
 * @param model name of the model that gave it
 */
public record IssuedForecast(
    String series,
    String issuedAt,
    String targetTime,
    int horizon,
    double mean,
    double lo80,
    double hi80,
    double lo95,
    double hi95,
    String model) {}
