package io.gatecast.forecasting.data;

/**
 * One row that can be used.
 *
 * @param line in the file, from 1
 * @param series the name of its series
 * @param time days or seconds
 * @param values of the contract's columns, all finite
 */
record Row(long line, String series, long time, double[] values) {}
