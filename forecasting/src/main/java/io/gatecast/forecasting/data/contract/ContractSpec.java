package io.gatecast.forecasting.data.contract;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What rows must satisfy, and what is done about those that do not.
 *
 * @param maxRejected the share of rows that may be rejected, in [0, 1]
 * @param policies for some kinds of problems; the others have their usual one
 * @param gaps about absent steps: {@code FAIL}, {@code DROP} (windows that touch one are left out)
 *     or {@code REPAIR} (a network reads the last value and a mask)
 * @param checks of whole series
 */
public record ContractSpec(
    double maxRejected, Map<Kind, Policy> policies, Policy gaps, CheckSet checks) {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if a kind does not allow its policy, or the share is none
   */
  public ContractSpec {
    // In the order of the kinds: a job is known by its settings as text.
    policies = Collections.unmodifiableMap(new TreeMap<>(policies));
    policies.forEach(
        (kind, policy) -> {
          if (!kind.allowed().contains(policy)) {
            throw new IllegalArgumentException(
                kind.label() + ": expected one of " + kind.allowed() + ", found " + policy);
          }
        });
    if (gaps == Policy.WARN) {
      throw new IllegalArgumentException("gaps: expected FAIL, DROP or REPAIR, found WARN");
    }
    if (!(maxRejected >= 0 && maxRejected <= 1)) {
      throw new IllegalArgumentException(
          "maxRejected: expected a share in [0, 1], found " + maxRejected);
    }
  }

  /**
   * Usual policies without checks of whole series.
   *
   * @param maxRejected the share of rows that may be rejected, in [0, 1]
   */
  public static ContractSpec usual(double maxRejected) {
    return new ContractSpec(maxRejected, Map.of(), Policy.DROP, CheckSet.NONE);
  }

  /**
   * The same with checks.
   *
   * @param set the checks
   */
  public ContractSpec with(CheckSet set) {
    return new ContractSpec(maxRejected, policies, gaps, set);
  }

  /**
   * What is done about a problem.
   *
   * @param kind its kind
   */
  public Policy policy(Kind kind) {
    return policies.getOrDefault(kind, kind.usual());
  }

  /**
   * What is done about a cell that cannot be read.
   *
   * @param kind its kind
   * @param required whether its row needs it; else the row is kept without it unless the job says
   *     otherwise
   */
  Policy policy(Kind kind, boolean required) {
    return Optional.ofNullable(policies.get(kind)).orElse(required ? kind.usual() : Policy.REPAIR);
  }
}
