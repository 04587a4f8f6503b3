package io.gatecast.forecasting.inspection;

import io.gatecast.forecasting.data.contract.ContractReport;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.Problem;
import io.gatecast.forecasting.data.contract.Problem.Outcome;
import io.gatecast.forecasting.inspection.Inspection.Finding;
import io.gatecast.forecasting.report.RunRecord;
import io.gatecast.forecasting.report.RunRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Groups what the contract met by kind and outcome. The contract counts kinds; where one kind had
 * several outcomes and more problems than the contract keeps, the outcomes stay together.
 */
final class InspectedProblems {
  private InspectedProblems() {}

  static List<Finding> of(ContractReport report, ContractSpec contract) {
    Map<Kind, Map<Outcome, List<Problem>>> kept = new EnumMap<>(Kind.class);
    for (Problem problem : report.problems()) {
      kept.computeIfAbsent(problem.kind(), kind -> new EnumMap<>(Outcome.class))
          .computeIfAbsent(problem.outcome(), outcome -> new ArrayList<>())
          .add(problem);
    }
    List<Finding> findings = new ArrayList<>();
    kept.forEach(
        (kind, outcomes) -> {
          int total = report.kinds().getOrDefault(kind, 0);
          int told = outcomes.values().stream().mapToInt(List::size).sum();
          if (outcomes.size() == 1 || told == total) {
            outcomes.forEach(
                (outcome, problems) ->
                    findings.add(
                        finding(
                            kind,
                            outcome.label(),
                            outcomes.size() == 1 ? total : problems.size(),
                            problems.get(0),
                            contract)));
          } else {
            String all =
                outcomes.keySet().stream().map(Outcome::label).collect(Collectors.joining(", "));
            Problem first = outcomes.values().iterator().next().get(0);
            findings.add(finding(kind, all, total, first, contract));
          }
        });
    findings.sort(
        Comparator.comparing(Finding::suspicion)
            .thenComparing(Comparator.comparingInt(Finding::count).reversed()));
    return List.copyOf(findings);
  }

  private static Finding finding(
      Kind kind, String outcome, int count, Problem first, ContractSpec contract) {
    RunRecord.Problem shown = RunRecords.problem(first);
    return new Finding(
        kind.label(), kind.text(), outcome, contract.policy(kind).label(), count, shown);
  }
}
