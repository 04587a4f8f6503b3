package io.gatecast.reference;

import io.gatecast.reference.contract.EngineAnswer;
import io.gatecast.reference.contract.EngineCase;
import io.gatecast.reference.contract.OracleEngine;
import io.gatecast.reference.contract.RecurrentContract;
import io.gatecast.reference.contract.RecurrentEngine;
import java.util.Set;
import java.util.function.Function;

/** The contract with an engine that is passed in: not for JUnit to find, but to be run by hand. */
final class EngineFromOutsideContract extends RecurrentContract {
  private final Function<EngineCase, EngineAnswer> engine;

  EngineFromOutsideContract(Function<EngineCase, EngineAnswer> engine) {
    this.engine = engine;
  }

  @Override
  protected RecurrentEngine engine() {
    return new RecurrentEngine() {
      @Override
      public Set<Feature> features() {
        return new OracleEngine().features();
      }

      @Override
      public boolean supports(CellKind kind) {
        return true;
      }

      @Override
      public EngineAnswer run(EngineCase question) {
        return engine.apply(question);
      }
    };
  }

  @Override
  protected double tolerance() {
    return 1e-9;
  }
}
