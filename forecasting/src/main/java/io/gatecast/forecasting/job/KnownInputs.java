package io.gatecast.forecasting.job;

import io.gatecast.forecasting.model.Estimator;
import io.gatecast.forecasting.model.Forecaster;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.window.FeatureSpec;
import io.gatecast.forecasting.window.Fold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model that reads no more than the target's past and what is known beyond the origin: the
 * calendar, columns declared as future, and what is the same at every step. A recursive network can
 * go on with no other.
 *
 * @param model the same with every input
 */
record KnownInputs(Estimator model) implements Estimator {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Forecaster.Kind kind() {
    return model.kind();
  }

  @Override
  public Forecaster fit(Fold fold) {
    return model.fit(reduced(fold));
  }

  @Override
  public Forecaster refit(Fold fold, Forecaster earlier) {
    return model.refit(reduced(fold), earlier);
  }

  /** Those of the target and of the inputs that are kept, so that the same windows are complete. */
  private static Map<String, Integer> fills(FeatureSpec all, List<Covariate> known, String target) {
    Set<String> kept = known.stream().map(Covariate::column).collect(Collectors.toSet());
    kept.add(target);
    Map<String, Integer> fills = new HashMap<>(all.fills());
    fills.keySet().retainAll(kept);
    return fills;
  }

  private static Fold reduced(Fold fold) {
    FeatureSpec all = fold.features();
    List<Covariate> known =
        all.covariates().stream().filter(one -> !(one instanceof Covariate.PastOnly)).toList();
    FeatureSpec features =
        new FeatureSpec(
            known,
            List.of(),
            all.transform(),
            all.transforms(),
            fills(all, known, fold.data().series().get(0).columns().get(0)),
            all.window(),
            all.calendar());
    return Fold.of(fold.data(), features, fold.split(), fold.lookback(), fold.horizon());
  }
}
