package io.gatecast.forecasting.job;

import io.gatecast.core.spec.CellSpec;
import io.gatecast.core.spec.Segments;
import io.gatecast.forecasting.data.contract.ColumnSpec;
import io.gatecast.forecasting.data.contract.ContractSpec;
import io.gatecast.forecasting.data.contract.DataSpec;
import io.gatecast.forecasting.data.contract.Kind;
import io.gatecast.forecasting.data.contract.SeriesSpec;
import io.gatecast.forecasting.data.source.CsvSpec;
import io.gatecast.forecasting.data.source.DataVecSpec;
import io.gatecast.forecasting.data.source.JdbcSpec;
import io.gatecast.forecasting.data.source.SourceSpec;
import io.gatecast.forecasting.data.time.Holidays;
import io.gatecast.forecasting.data.time.TimeAxis;
import io.gatecast.forecasting.evaluation.BacktestSpec;
import io.gatecast.forecasting.model.NetworkSettings;
import io.gatecast.forecasting.transform.CalendarFeature;
import io.gatecast.forecasting.transform.ColumnTransform;
import io.gatecast.forecasting.transform.Covariate;
import io.gatecast.forecasting.transform.Derivation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A job's settings as {@code inspect} shows them: every key, with what its default came to. */
final class JobSettings {
  private JobSettings() {}

  /** Every key of a job file with its value on this data, in a job file's order. */
  static Map<String, String> of(JobSpec job, TimeAxis axis) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("job", job.name());
    settings.put("preset", job.preset().label());
    settings.put("seed", String.valueOf(job.training().seed()));
    source(job.data(), settings);
    settings.put(
        "target",
        job.data()
            .logVariance()
            .map(computed -> "{log-variance: " + computed.inputs() + "}")
            .orElse(job.target()));
    settings.put(
        "inputs", job.features().covariates().stream().map(Covariate::column).toList().toString());
    List<Derivation> derivations = job.features().derivations();
    settings.put("derive", derivations.stream().map(Derivation::label).toList().toString());
    for (ColumnSpec column : job.data().seriesColumns()) {
      settings.put("columns." + column.name(), column(job, column));
    }
    settings.put("transform", job.features().transform().label());
    settings.put("window", job.features().window().label());
    settings.put(
        "calendar", job.calendar(axis).stream().map(CalendarFeature::label).toList().toString());
    settings.put("season", String.valueOf(job.season(axis)));
    settings.put("horizon", String.valueOf(job.horizon()));
    settings.put("axis.kind", lower(job.data().axis().kind()));
    settings.put("axis.step", axis.label());
    Holidays holidays = job.data().axis().holidays();
    settings.put("axis.holidays", holidays == null ? "none" : holidays.toString());
    network(job.network(), settings);
    settings.put("training.epochs", String.valueOf(job.training().epochs()));
    settings.put("training.batch", String.valueOf(job.training().batch()));
    settings.put("training.learning_rate", String.valueOf(job.training().learningRate()));
    settings.put("training.patience", String.valueOf(job.training().patience()));
    settings.put("training.clip_norm", String.valueOf(job.training().clipNorm()));
    settings.put("split.validation", String.valueOf(job.split().validation()));
    settings.put("split.test", String.valueOf(job.split().test()));
    evaluation(job, settings);
    ContractSpec contract = job.data().contract();
    settings.put("contract.max_rejected", String.valueOf(contract.maxRejected()));
    settings.put("contract.checks", contract.checks().toString());
    settings.put("contract.gaps", contract.gaps().label());
    for (Kind kind : Kind.values()) {
      settings.put("contract." + kind.label(), contract.policy(kind).label());
    }
    return settings;
  }

  private static void network(NetworkSettings network, Map<String, String> settings) {
    settings.put("network.cell", network.cell().name());
    if (network.cell() instanceof CellSpec.Rnn rnn) {
      settings.put("network.activation", rnn.activation().label());
    }
    if (network.cell() instanceof CellSpec.Gru gru) {
      settings.put("network.reset", gru.reset().label());
    }
    settings.put("network.hidden", String.valueOf(network.hidden()));
    settings.put("network.layers", String.valueOf(network.layers()));
    settings.put("network.lookback", String.valueOf(network.lookback()));
    double dropout = network.segments().map(Segments::dropout).orElse(network.dropout());
    settings.put("network.dropout", String.valueOf(dropout));
    settings.put("network.loss", NetworkSection.label(network.loss()));
    settings.put("network.strategy", network.strategy().label());
    settings.put("network.ensemble", String.valueOf(network.ensemble()));
    settings.put(
        "network.segment",
        network.segments().map(of -> String.valueOf(of.length())).orElse("none"));
    if (network.segments().isPresent()) {
      Segments segments = network.segments().get();
      settings.put("network.embedding", String.valueOf(segments.embedding()));
      settings.put("network.normalisation", NetworkSettings.label(segments.normalisation()));
      settings.put("network.linear", String.valueOf(segments.linear() > 0));
    }
  }

  private static void evaluation(JobSpec job, Map<String, String> settings) {
    EvaluationSpec evaluation = job.evaluation();
    settings.put("baselines", Baselines.names(job).toString());
    settings.put("intervals", evaluation.intervals());
    BacktestSpec backtest = evaluation.backtest();
    settings.put("backtest.stride", String.valueOf(backtest.stride()));
    int refit = backtest.refitEvery();
    settings.put("backtest.refit_every", refit == 0 ? "never" : String.valueOf(refit));
    settings.put("backtest.window", lower(backtest.window()));
    settings.put("backtest.refit", lower(backtest.refit()));
    settings.put("backtest.embargo", String.valueOf(backtest.embargo()));
    settings.put("backtest.baselines", Baselines.tested(job).toString());
    settings.put("backtest.variants", evaluation.variants().toString());
    settings.put("gate.significance", String.valueOf(evaluation.gate().significance()));
    settings.put("gate.shortfall", String.valueOf(evaluation.gate().shortfall()));
  }

  private static void source(DataSpec data, Map<String, String> settings) {
    SourceSpec source = data.source();
    if (source instanceof CsvSpec csv) {
      settings.put("source.csv", csv.description());
      settings.put("source.delimiter", String.valueOf(csv.delimiter()));
      settings.put("source.quote", String.valueOf(csv.quote()));
      settings.put("source.encoding", csv.encoding().name().toLowerCase(Locale.ROOT));
      settings.put("source.comment", csv.comment().map(String::valueOf).orElse("none"));
    } else if (source instanceof JdbcSpec jdbc) {
      settings.put("source.jdbc.url", jdbc.description());
      settings.put("source.jdbc.query", jdbc.query());
      settings.put("source.jdbc.user", jdbc.user().orElse("none"));
      settings.put("source.jdbc.password_variable", jdbc.passwordVariable().orElse("none"));
    } else if (source instanceof DataVecSpec reader) {
      settings.put("source.reader", reader.readerClass());
      settings.put("source.files", reader.files().toString());
    }
    settings.put(
        "source.transform_process", source.transformProcess().map(Path::toString).orElse("none"));
    settings.put("source.time", String.join(", ", data.time().columns()));
    settings.put("source.time_format", data.time().form().label());
    settings.put("source.zone", data.time().zone().toString());
    settings.put(
        "source.known_at",
        data.knownAt().map(at -> String.join(", ", at.columns())).orElse("none"));
    data.knownAt().ifPresent(at -> settings.put("source.known_at_format", at.form().label()));
    SeriesSpec series = data.series();
    if (series instanceof SeriesSpec.InColumn in) {
      settings.put("source.series", in.column());
    } else {
      settings.put("source.series_of", series instanceof SeriesSpec.One ? "all" : "file");
    }
  }

  /** Only what differs from a plain number: unit, range and the like. */
  private static String column(JobSpec job, ColumnSpec column) {
    List<String> parts = new ArrayList<>();
    parts.add(column.type().label());
    column.unit().ifPresent(unit -> parts.add("in " + unit));
    if (column.least() > Double.NEGATIVE_INFINITY || column.most() < Double.POSITIVE_INFINITY) {
      parts.add("from " + column.least() + " to " + column.most());
    }
    if (!column.missing().isEmpty()) {
      parts.add("missing: " + String.join(", ", new TreeSet<>(column.missing())));
    }
    parts.add(column.required() ? "required" : "not required");
    Integer fill = job.features().fills().get(column.name());
    if (fill != null) {
      parts.add("last value carried over " + fill + " steps, with a mask");
    }
    ColumnTransform transform = job.features().transforms().get(column.name());
    if (transform != null) {
      parts.add("through " + transform.label());
    }
    for (Covariate covariate : job.features().covariates()) {
      if (covariate.column().equals(column.name()) && !(covariate instanceof Covariate.PastOnly)) {
        parts.add(covariate instanceof Covariate.Static ? "static" : "known beforehand");
      }
    }
    return String.join(", ", parts);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
