package io.gatecast.forecasting.window;

import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Derivation;
import io.gatecast.forecasting.transform.WindowTransform;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a network reads of a series, and in what form. The target's past is always read, first.
 *
 * @param covariates further columns, of the source or derived
 * @param derivations new columns from others; text columns need none, they become one column for
 *     each category
 * @param transform of the target, and of each number of the source among the covariates that has no
 *     other
 * @param transforms of some columns
 * @param fills of some columns: over how many absent steps the last value is carried; a column that
 *     says which values were truly there goes with each
 * @param window what is subtracted from each window
 * @param calendar cycles of the calendar
 */
public record FeatureSpec(
    List<Covariate> covariates,
    List<Derivation> derivations,
    ColumnTransform transform,
    Map<String, ColumnTransform> transforms,
    Map<String, Integer> fills,
    WindowTransform window,
    List<CalendarFeature> calendar) {
  /** Copies the collections. */
  public FeatureSpec {
    covariates = List.copyOf(covariates);
    derivations = List.copyOf(derivations);
    // In an order of their own: a job is known by its settings as text.
    transforms = Collections.unmodifiableMap(new TreeMap<>(transforms));
    fills = Collections.unmodifiableMap(new TreeMap<>(fills));
    calendar = List.copyOf(calendar);
  }

  /**
   * The transform of a column of the source.
   *
   * @param column its name
   */
  public ColumnTransform transformOf(String column) {
    return transforms.getOrDefault(column, transform);
  }

  /**
   * A target through a transform, beside past values of other columns through the same one.
   *
   * @param transform of all columns
   * @param window what is subtracted from each window
   * @param inputs names of the other columns
   * @param calendar cycles of the calendar
   */
  public static FeatureSpec of(
      ColumnTransform transform,
      WindowTransform window,
      List<String> inputs,
      List<CalendarFeature> calendar) {
    return new FeatureSpec(
        inputs.stream().<Covariate>map(Covariate.PastOnly::new).toList(),
        List.of(),
        transform,
        Map.of(),
        Map.of(),
        window,
        calendar);
  }
}
