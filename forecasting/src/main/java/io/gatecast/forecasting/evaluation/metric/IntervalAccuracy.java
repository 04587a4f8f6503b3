package io.gatecast.forecasting.evaluation.metric;

/**
 * How good the central interval {@code [l, u]} between the quantiles of levels α/2 and 1 − α/2 was.
 *
 * <p>Coverage alone is met by intervals of any width, so read it beside the width, or take the
 * interval score, which a forecaster minimises by giving the true quantiles.
 *
 * @param nominal {@code 1 − α}, the share of true values that it should hold
 * @param coverage {@code mean 1{l ≤ y ≤ u}}, the share that it held; bounds count as inside
 * @param width {@code mean (u − l)}, in the target's unit
 * @param winkler the interval score {@code mean (u − l) + 2/α (l − y) 1{y < l} + 2/α (y − u) 1{y >
 *     u}}, in the target's unit; equal to 2/α times the two quantiles' pinball losses. Winkler, A
 *     decision-theoretic approach to interval estimation, 1972; Gneiting and Raftery, Strictly
 *     proper scoring rules, prediction, and estimation, 2007
 */
public record IntervalAccuracy(double nominal, double coverage, double width, double winkler) {}
