package io.gatecast.forecasting.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatecast.forecasting.JobFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run says of itself: printed with {@code --json}, kept in the home. Field names are a
 * stable surface (in snake case as JSON); what a run did not come to is null.
 *
 * @param job name of the job
 * @param run identity of the run
 * @param exit exit code
 * @param reason how it ended, in one sentence
 * @param data what was read
 * @param rows what became of the rows
 * @param series names, in order of first appearance
 * @param models how each model did, the network first; a network that diverged is not among them
 * @param notes what a reader should know besides, a sentence each
 * @param winner the model whose forecast was issued
 * @param gate what the gate decided, and why; null in a record of an earlier version
 * @param oracle engine against oracle
 * @param forecasts the file with the forecasts
 * @param report the HTML report; none yet
 * @param seconds where time went
 * @param runtime what it ran on
 * @param fingerprint what the result depends on
 * @param error why it failed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunRecord(
    String job,
    @Nullable String run,
    int exit,
    String reason,
    @Nullable Data data,
    @Nullable Rows rows,
    @Nullable List<String> series,
    @Nullable List<Model> models,
    List<String> notes,
    @Nullable String winner,
    @Nullable Gate gate,
    @Nullable Oracle oracle,
    @Nullable String forecasts,
    @Nullable String report,
    @Nullable Seconds seconds,
    @Nullable Machine runtime,
    @Nullable Fingerprint fingerprint,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failure error) {

  /** Copies the notes; a record of an earlier version has none. */
  public RunRecord {
    notes = notes == null ? List.of() : List.copyOf(notes);
  }

  /**
   * The data's extent.
   *
   * @param file what was read: a file, several, or the like
   * @param from first time
   * @param to last time
   * @param step of the axis, in words
   * @param missing steps of the axis without a row, over all series
   * @param target column
   * @param trainWindows windows learned from
   * @param validationWindows windows that calibrate
   * @param testWindows windows that measure
   */
  public record Data(
      String file,
      String from,
      String to,
      String step,
      int missing,
      String target,
      int trainWindows,
      int validationWindows,
      int testWindows) {}

  /**
   * What became of the rows.
   *
   * @param read rows read
   * @param accepted taken as they were
   * @param repaired taken after a repair
   * @param rejected left out
   * @param reasons how often each problem was met
   * @param problems the first of them
   */
  public record Rows(
      int read,
      int accepted,
      int repaired,
      int rejected,
      Map<String, Integer> reasons,
      List<Problem> problems) {
    /** A record of an earlier version has no reasons. */
    public Rows {
      reasons = reasons == null ? Map.of() : reasons;
    }
  }

  /**
   * One row's problem.
   *
   * @param file where the row stands; null in a record of an earlier version
   * @param line in the file
   * @param column the column, may be empty
   * @param reason in words
   * @param found the text found
   * @param outcome {@code rejected}, {@code repaired} or {@code suspected}; null in a record of an
   *     earlier version
   */
  public record Problem(
      @Nullable String file,
      long line,
      String column,
      String reason,
      String found,
      @Nullable String outcome) {}

  /**
   * How a model did on the test part.
   *
   * @param name of the model
   * @param kind {@code network} or {@code baseline}
   * @param parameters trained parameters
   * @param epochs epochs trained
   * @param bestEpoch the epoch whose weights were kept
   * @param mae mean absolute error
   * @param rmse root mean squared error
   * @param mase mean absolute scaled error
   * @param maeByHorizon mean absolute error of each step ahead
   * @param coverage80 share of true values in the 80 % interval
   * @param coverage95 share of true values in the 95 % interval
   * @param measures further measures by their name, as {@link
   *     io.gatecast.forecasting.evaluation.metric.Accuracy} defines them; without those that do not
   *     apply
   */
  public record Model(
      String name,
      String kind,
      long parameters,
      int epochs,
      int bestEpoch,
      double mae,
      double rmse,
      double mase,
      List<Double> maeByHorizon,
      double coverage80,
      double coverage95,
      Map<String, Double> measures) {
    /** A record of an earlier version has no further measures. */
    public Model {
      measures = measures == null ? Map.of() : measures;
    }
  }

  /**
   * What the gate decided.
   *
   * @param verdict {@code promoted}, {@code kept} or {@code refused}
   * @param bestBaseline name of the best baseline
   * @param checks all that was asked of the network
   */
  public record Gate(String verdict, String bestBaseline, List<Check> checks) {}

  /**
   * One thing that was asked of a network.
   *
   * @param name in one word
   * @param model that was asked
   * @param passed whether it is so
   * @param finding with the numbers
   */
  public record Check(String name, String model, boolean passed, String finding) {}

  /**
   * Engine against oracle.
   *
   * @param maxRelativeDifference largest difference
   * @param tolerance what is allowed
   * @param passed whether it is within
   * @param windows compared
   */
  public record Oracle(
      double maxRelativeDifference, double tolerance, boolean passed, int windows) {}

  /**
   * Where time went, in seconds.
   *
   * @param read reading and checking
   * @param train training
   * @param backtest rolling-origin test
   * @param oracle oracle check
   * @param forecast forecasting and writing
   * @param total all of it
   */
  public record Seconds(
      double read, double train, double backtest, double oracle, double forecast, double total) {}

  /**
   * What it ran on.
   *
   * @param program version of Gatecast
   * @param java version of Java
   * @param natives ND4J's build
   * @param threads threads of native code
   * @param kernel what computed the network's layers: {@code vector}, {@code blas} or {@code
   *     portable}; null in a record of an earlier version
   * @param kernelThreads threads that shared the rows of a batch in it
   * @param seed of the job
   */
  public record Machine(
      String program,
      String java,
      String natives,
      int threads,
      @Nullable String kernel,
      int kernelThreads,
      long seed) {}

  /**
   * What the result depends on: the same three give the same forecasts.
   *
   * @param job SHA-256 of the job's settings
   * @param data SHA-256 of the data
   * @param forecasts SHA-256 of the forecasts issued
   */
  public record Fingerprint(String job, String data, String forecasts) {}

  /**
   * Why it failed.
   *
   * @param expected what was expected
   * @param found what was found
   * @param where file, line, column or key
   * @param action what to do
   */
  public record Failure(String expected, String found, String where, String action) {}

  /**
   * A run that could not come to a forecast.
   *
   * @param job name of the job, or of its file
   * @param fault why
   */
  public static RunRecord failed(String job, JobFault fault) {
    return new RunRecord(
        job,
        null,
        fault.exit().code(),
        String.valueOf(fault.getMessage()),
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new Failure(fault.expected(), fault.found(), fault.where(), fault.action()));
  }

  /**
   * The same run, ended otherwise and seen from where its files are now.
   *
   * @param exit exit code
   * @param reason in one sentence
   * @param forecasts the file with the forecasts
   * @param seconds where time went now
   */
  public RunRecord with(int exit, String reason, Path forecasts, Seconds seconds) {
    return new RunRecord(
        job,
        run,
        exit,
        reason,
        data,
        rows,
        series,
        models,
        notes,
        winner,
        gate,
        oracle,
        forecasts.toString(),
        report,
        seconds,
        runtime,
        fingerprint,
        error);
  }
}
