package io.gatecast.reference;

import io.gatecast.reference.contract.OracleEngine;
import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import org.junit.jupiter.api.Nested;

/**
 * The contract on the oracle's own ground. Held against itself the oracle would always agree, so
 * that the comparisons are made by a naive engine that shares nothing with it; what must be true
 * whatever the numbers is asked of both.
 */
class OracleContractTest {
  @Nested
  class Naive extends RecurrentContract {
    @Override
    protected RecurrentEngine engine() {
      return new NaiveEngine();
    }

    @Override
    protected double tolerance() {
      return 1e-12;
    }
  }

  @Nested
  class Oracle extends RecurrentContract {
    @Override
    protected RecurrentEngine engine() {
      return new OracleEngine();
    }

    @Override
    protected double tolerance() {
      return 1e-12;
    }
  }
}
