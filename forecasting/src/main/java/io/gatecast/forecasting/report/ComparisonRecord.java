package io.gatecast.forecasting.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RNN, GRU and LSTM side by side on one job, each trained several times with the same budget:
 * printed with {@code --json}. Field names are a stable surface (in snake case as JSON).
 *
 * @param job name of the job
 * @param exit exit code: done, or oracle where a network failed its check
 * @param seeds of the trainings of each cell
 * @param windows to train, to validate, to test
 * @param lookback steps that a network reads
 * @param cells what each came to
 * @param bestBaseline name of the best baseline
 * @param bestBaselineMase its mean absolute scaled error
 * @param bestBaselineMaeBySteps its mean absolute error of each step ahead
 * @param seconds in all
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ComparisonRecord(
    String job,
    int exit,
    List<Long> seeds,
    List<Integer> windows,
    int lookback,
    List<Cell> cells,
    String bestBaseline,
    double bestBaselineMase,
    List<Double> bestBaselineMaeBySteps,
    double seconds) {

  /**
   * A figure over the seeds.
   *
   * @param mean over them
   * @param least of them
   * @param most of them
   */
  public record Spread(double mean, double least, double most) {
    /**
     * Of some values.
     *
     * @param values one for each seed
     */
    public static Spread of(double... values) {
      return new Spread(
          Arrays.stream(values).average().orElse(Double.NaN),
          Arrays.stream(values).min().orElse(Double.NaN),
          Arrays.stream(values).max().orElse(Double.NaN));
    }
  }

  /**
   * What one cell came to.
   *
   * @param cell kind and variant
   * @param parameters of the network
   * @param epochs trained
   * @param trainSeconds that training took
   * @param forecastMicros microseconds a forecast, all test windows at once
   * @param mae mean absolute error on the test part
   * @param mase mean absolute scaled error on the test part
   * @param coverage80 share of true values in the 80 % interval
   * @param maeBySteps mean absolute error of each step ahead
   * @param effectiveMemory steps after which less than 1 % of the gradient is left, mean over
   *     windows; null where it never falls so far, and of a network of segments
   * @param gradientFlow norm of ∂h_T/∂s_t in the last layer, {@code [lag T − t]}, mean over
   *     windows; empty of a network of segments, whose state moves by segments
   * @param oracleDifference largest relative difference of the engine from the oracle
   * @param oraclePassed whether all are within its tolerance
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Cell(
      String cell,
      long parameters,
      Spread epochs,
      Spread trainSeconds,
      Spread forecastMicros,
      Spread mae,
      Spread mase,
      Spread coverage80,
      List<Spread> maeBySteps,
      @Nullable Spread effectiveMemory,
      List<Spread> gradientFlow,
      Spread oracleDifference,
      boolean oraclePassed) {}
}
