package io.gatecast.forecasting.transform;

import io.gatecast.forecasting.Names;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is subtracted from a window, after its columns were transformed, so that a network need not
 * learn where a series stands: last-value subtraction as in NLinear (Zeng et al., 2023). It knows
 * one window and learns nothing.
 */
public enum WindowTransform {
  /** Nothing. */
  NONE(false, false),
  /** The value at the origin, from the targets: a forecast is the change since it. */
  SUBTRACT_LAST(false, true),
  /** The value at the origin, from the targets and from each input column its own. */
  SUBTRACT_LAST_FROM_ALL(true, true);

  private final boolean inputs;
  private final boolean targets;

  WindowTransform(boolean inputs, boolean targets) {
    this.inputs = inputs;
    this.targets = targets;
  }

  /**
   * What is subtracted from a column's values of a window's look-back.
   *
   * @param last the column's transformed value at the origin
   * @return it, or 0
   */
  public double inputBase(double last) {
    return inputs ? last : 0;
  }

  /**
   * What is subtracted from the targets of a window and added to a forecast.
   *
   * @param last the target's transformed value at the origin
   * @return it, or 0
   */
  public double targetBase(double last) {
    return targets ? last : 0;
  }

  /**
   * A column's look-back as a network reads it.
   *
   * @param window transformed values, the origin's last
   * @return as many
   */
  public double[] inputs(double[] window) {
    return window.length == 0 ? new double[0] : plus(window, -inputBase(window[window.length - 1]));
  }

  /**
   * Targets as a network learns them.
   *
   * @param targets transformed values after the origin
   * @param last the target's transformed value at the origin
   * @return as many
   */
  public double[] targets(double[] targets, double last) {
    return plus(targets, -targetBase(last));
  }

  /**
   * Goes back from a network's outputs.
   *
   * @param outputs one for each step after the origin
   * @param last the target's transformed value at the origin
   * @return transformed values, for {@link FittedColumn#invert}
   */
  public double[] invert(double[] outputs, double last) {
    return plus(outputs, targetBase(last));
  }

  private static double[] plus(double[] values, double shift) {
    return Arrays.stream(values).map(value -> value + shift).toArray();
  }

  /** The name as job files write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a name.
   *
   * @param label as {@link #label} gives it
   * @throws IllegalArgumentException if there is none of that name
   */
  public static WindowTransform of(String label) {
    for (WindowTransform transform : values()) {
      if (transform.label().equals(label)) {
        return transform;
      }
    }
    throw new IllegalArgumentException(
        "expected a window transform, found \""
            + label
            + "\": "
            + Names.nearest(label, Arrays.stream(values()).map(WindowTransform::label).toList()));
  }
}
