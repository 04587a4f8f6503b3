package io.gatecast.forecasting.data;

import java.util.List;
import java.util.Map;

/**
 * What became of the rows: {@code read = accepted + repaired + rejected}.
 *
 * @param read rows read
 * @param accepted taken as they were
 * @param repaired taken after a repair
 * @param rejected left out
 * @param kinds how often each problem was met, most frequent first
 * @param problems the first of them, in order of their lines
 * @param missing steps of the time axis without a row, over all series
 */
public record ContractReport(
    int read,
    int accepted,
    int repaired,
    int rejected,
    Map<RowProblem.Kind, Integer> kinds,
    List<RowProblem> problems,
    int missing) {}
