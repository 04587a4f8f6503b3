package io.gatecast.forecasting.evaluation.significance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The losses of several models on several series, combined over the series at each origin: {@code
 * d_t = mean_i L_a(i,t) − mean_i L_b(i,t)} over the series i present at time t, in order of time.
 *
 * <p>Series move together, so their losses at one time are no independent evidence; averaged, they
 * count as one observation, and any correlation between them is in the variance over time that
 * {@link DieboldMariano} estimates (the overall test of equal predictive ability with
 * cross-sectional dependence: Akgun, Pirotte, Urga and Yang, 2024; Timmermann and Zhu, 2019). Each
 * time has the same weight, however many series it has. Losses should be free of the series' unit,
 * or the largest decides.
 *
 * <p>Keeps a sum and a count for each distinct time and model, not the losses. For one thread.
 */
public final class PanelLosses {
  private final TimeSlots slots = new TimeSlots();
  private final Map<String, Sums> models = new LinkedHashMap<>();

  private static final class Sums {
    private double[] sum = new double[16];
    private int[] count = new int[16];

    void add(int slot, double loss) {
      if (slot >= sum.length) {
        int size = Math.max(slot + 1, 2 * sum.length);
        sum = Arrays.copyOf(sum, size);
        count = Arrays.copyOf(count, size);
      }
      sum[slot] += loss;
      count[slot]++;
    }

    int count(int slot) {
      return slot < count.length ? count[slot] : 0;
    }
  }

  /**
   * Adds the loss of one model on one series at one origin; in any order.
   *
   * @param model name
   * @param time of the origin
   * @param loss finite, such as the mean scaled error over the horizon
   */
  public void add(String model, long time, double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalArgumentException(
          model + " at time " + time + ": expected a finite loss, found " + loss);
    }
    models.computeIfAbsent(model, any -> new Sums()).add(slots.slot(time), loss);
  }

  /**
   * The differentials of two models that were judged on the same series at the same times; which
   * series these were is not kept, but their number must agree.
   *
   * @param first model
   * @param second model
   * @return loss of the first minus loss of the second, {@code [time]}, in order of time
   * @throws IllegalArgumentException if one is unknown, or has more losses at some time
   */
  public double[] differentials(String first, String second) {
    Sums a = sums(first);
    Sums b = sums(second);
    int[] order = slots.inOrder();
    double[] differentials = new double[order.length];
    int n = 0;
    for (int slot : order) {
      int count = a.count(slot);
      if (count != b.count(slot)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "time %d: expected %s and %s judged on the same series, found %d and %d losses;"
                    + " add both for every origin, or none",
                slots.time(slot),
                first,
                second,
                count,
                b.count(slot)));
      }
      if (count > 0) {
        differentials[n++] = (a.sum[slot] - b.sum[slot]) / count;
      }
    }
    return Arrays.copyOf(differentials, n);
  }

  private Sums sums(String model) {
    Sums sums = models.get(model);
    if (sums == null) {
      throw new IllegalArgumentException(
          "model: expected one of " + models.keySet() + ", found " + model);
    }
    return sums;
  }

  /**
   * How many neighbouring differentials share a target where only every {@code stride}-th origin is
   * kept: {@code ⌈horizon / stride⌉}, the horizon to give to {@link DieboldMariano#test}.
   *
   * @param horizon steps ahead of the furthest target, at least 1
   * @param stride steps from one kept origin to the next, at least 1
   */
  public static int overlap(int horizon, int stride) {
    if (horizon < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "horizon and stride: expected at least 1, found " + horizon + " and " + stride);
    }
    return (horizon - 1) / stride + 1;
  }
}
